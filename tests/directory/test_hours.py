"""Opening times: every moment agrees with a slow reading of the same rule, over midnights, clock changes, months."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.directory import hours
from waystation.directory.hours import Rule, Standing, standing

ROME = ZoneInfo("Europe/Rome")
ZONES = [ZoneInfo(name) for name in ("Europe/Rome", "Africa/Nairobi", "America/New_York", "Asia/Kathmandu", "UTC")]
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
WORKDAYS = tuple((0, weekday) for weekday in range(5))


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


def at(rules: list[Rule], text: str, closed: hours.Closed = ()) -> Standing:
    return standing(rules, closed, ROME, rome(text))


def nine_to_five(**said: object) -> Rule:
    return Rule(opens_at=time(9), closes_at=time(17), days=WORKDAYS, **said)  # type: ignore[arg-type]


def test_a_weekday_has_an_end_and_a_weekend_a_monday() -> None:
    assert at([nine_to_five()], "2026-11-27 12:00").until == rome("2026-11-27 17:00")
    assert at([nine_to_five()], "2026-11-27 17:00") == Standing(opens=rome("2026-11-30 09:00"))
    assert at([nine_to_five()], "2026-11-27 08:59") == Standing(opens=rome("2026-11-27 09:00"))


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    night = Rule(opens_at=time(21), closes_at=time(2), days=((0, 4),))
    assert at([night], "2026-11-28 01:59").until == rome("2026-11-28 02:00")
    assert not at([night], "2026-11-29 01:00").is_open
    assert at([night], "2026-11-27 23:00", [(date(2026, 11, 27), date(2026, 11, 27))]) == Standing(
        opens=rome("2026-12-04 21:00")
    )
    assert at([night], "2026-11-28 01:00", [(date(2026, 11, 28), date(2026, 11, 28))]).is_open


def test_day_and_night_has_no_end() -> None:
    always = Rule(opens_at=time(0), closes_at=time(0))
    assert at([always], "2026-03-29 02:30").always


def test_times_that_touch_are_one() -> None:
    rules = [
        Rule(opens_at=time(9), closes_at=time(13)),
        Rule(opens_at=time(13), closes_at=time(20)),
        Rule(opens_at=time(20), closes_at=time(1), days=((0, 4),)),
    ]
    assert at(rules, "2026-11-27 10:00").until == rome("2026-11-28 01:00")


def test_where_the_clock_jumps_nobody_waits_for_an_hour_that_is_not() -> None:
    early = Rule(opens_at=time(2, 30), closes_at=time(4))
    assert at([early], "2026-03-29 00:00").opens == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    late = Rule(opens_at=time(2, 15), closes_at=time(2, 45))
    stands = at([late], "2026-10-25 02:20")
    assert stands.until == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("byday", "days"),
    [
        ("1MO", [date(2026, 11, 2), date(2026, 12, 7)]),
        ("-1FR", [date(2026, 11, 27), date(2026, 12, 25)]),
        ("5SU", [date(2026, 11, 29), date(2027, 1, 31)]),
        ("2TU,4TU", [date(2026, 11, 10), date(2026, 11, 24)]),
    ],
)
def test_days_of_the_month(byday: str, days: list[date]) -> None:
    rule = Rule(opens_at=time(9), closes_at=time(10), freq="MONTHLY", days=hours.read_days(byday))
    found = [day for number in range(120) if rule.on(day := date(2026, 11, 1) + timedelta(days=number))]
    assert found[: len(days)] == days


def test_every_second_week_is_counted_from_its_first_day() -> None:
    rule = nine_to_five(every=2, starts=date(2026, 11, 4))
    assert [day for day in range(1, 22) if rule.on(date(2026, 11, day))] == [4, 5, 6, 16, 17, 18, 19, 20]


def test_a_count_ends_on_its_last_day() -> None:
    assert hours.last_of(nine_to_five(starts=date(2026, 11, 27)), 3) == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["XX", "9MO", "MO;TU", "M"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        hours.read_days(text)


times = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
weekdays = st.tuples(st.just(0), st.integers(0, 6))
in_month = st.tuples(st.sampled_from([-2, -1, 0, 1, 2, 3, 4, 5]), st.integers(0, 6))
starts = st.dates(FIRST, LAST)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    freq = draw(st.sampled_from(["WEEKLY", "MONTHLY", ""]))
    days = draw(st.lists(in_month if freq == "MONTHLY" else weekdays, max_size=3, unique=True).map(tuple))
    first = draw(starts) if not freq or draw(st.booleans()) else None
    return Rule(
        opens_at=draw(times),
        closes_at=draw(times),
        freq=freq,
        every=draw(st.integers(1, 3)) if first else 1,
        days=days,
        month_days=draw(st.lists(st.sampled_from([1, 15, 31, -1, -7]), max_size=2).map(tuple)) if freq else (),
        starts=first,
        ends=draw(st.none() | st.just(first + timedelta(days=draw(st.integers(0, 400))))) if first else None,
    )


def is_open(found: list[Rule], closed: hours.Closed, zone: ZoneInfo, moment: datetime) -> bool:
    """The slow reading: any opening of the last two days that holds the moment."""
    day = moment.astimezone(zone).date()
    return any(
        span.start <= moment < span.end
        for back in range(3)
        for span in hours.spans(found, closed, zone, day - timedelta(days=back))
    )


@given(
    found=st.lists(rules(), min_size=1, max_size=3),
    closed=st.lists(st.tuples(starts, st.integers(0, 9)).map(lambda off: (off[0], off[0] + timedelta(off[1])))),
    zone=st.sampled_from(ZONES),
    now=st.integers(0, 700 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
)
@settings(max_examples=300, deadline=None)
def test_every_standing_agrees_with_a_slow_reading(
    found: list[Rule], closed: list[tuple[date, date]], zone: ZoneInfo, now: datetime
) -> None:
    stands = standing(found, closed, zone, now)
    assert stands.is_open is is_open(found, closed, zone, now)
    assert stands.is_open is hours.is_open(found, closed, zone, now)
    assert stands.opens is None or not stands.is_open
    if stands.until and not stands.always:
        assert stands.until > now
        assert not is_open(found, closed, zone, stands.until)
        assert is_open(found, closed, zone, stands.until - timedelta(seconds=30))
    if stands.opens:
        assert stands.opens > now
        assert is_open(found, closed, zone, stands.opens)
        step = (stands.opens - now) / 40
        assert not any(is_open(found, closed, zone, now + number * step) for number in range(40))


@given(days=st.lists(in_month, unique=True, max_size=6).map(tuple))
def test_days_are_read_as_they_are_written(days: tuple[tuple[int, int], ...]) -> None:
    assert hours.read_days(hours.write_days(days)) == days
