"""A post's day goes only where its table leads, and eight weeks of it stand as they were."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.supplies.factories import moved, thing
from waystation.casework.actions import HelpDraft, record_urgent
from waystation.casework.models import Unnamed
from waystation.casework.supplies import actions as supplies
from waystation.casework.tally import actions, queries
from waystation.casework.tally.actions import OpeningDraft
from waystation.casework.tally.codes import TABLE, Act, State
from waystation.casework.tally.models import Opening
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.kernel.states import WrongState
from waystation.organisations.models import Post
from waystation.web.charts import columns

EIGHT = OpeningDraft(at=time(8), planned_from=time(8), planned_to=time(16))


def yesterday() -> Any:
    return clock.today() - timedelta(days=1)


def test_a_day_is_opened_and_closed_and_its_hours_are_kept(actors: dict[str, Actor], node: Post) -> None:
    by = actors["volunteer"]
    actions.open_post(by=by, day=yesterday(), draft=EIGHT)
    row = actions.close_post(by=by, day=yesterday(), at=time(16, 30))
    assert (row.state, timezone.localtime(row.opened_at).time(), row.planned_to) == (State.CLOSED, time(8), time(16))
    with pytest.raises(WrongState):
        actions.open_post(by=by, day=yesterday(), draft=EIGHT)
    assert actions.reopen(by=by, day=yesterday()).closed_at is None


def test_a_post_that_closes_after_midnight_closes_the_next_day(actors: dict[str, Actor]) -> None:
    by, day = actors["volunteer"], clock.today() - timedelta(days=3)
    actions.open_post(by=by, day=day, draft=OpeningDraft(at=time(20)))
    row = actions.close_post(by=by, day=day, at=time(1))
    assert row.closed_at == timezone.make_aware(datetime.combine(day + timedelta(days=1), time(1)))


def test_what_is_still_to_come_and_what_is_long_gone_is_refused(actors: dict[str, Actor]) -> None:
    by = actors["volunteer"]
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=15)):
        with pytest.raises(Invalid) as refused:
            actions.open_post(by=by, day=day, draft=EIGHT)
        assert "day" in refused.value.fields
    actions.open_post(by=by, day=yesterday(), draft=OpeningDraft(at=time(23, 59)))
    with pytest.raises(Invalid) as refused:
        actions.open_post(by=by, day=clock.today(), draft=OpeningDraft(at=_later()))
    assert "at" in refused.value.fields


def _later() -> time:
    moment = timezone.localtime(clock.now()) + timedelta(hours=1)
    if moment.date() != clock.today():
        pytest.skip("no hour of today is left")
    return moment.time()


def test_who_may_not_open(actors: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        actions.open_post(by=actors["administrator"], day=yesterday(), draft=EIGHT)


def test_a_post_that_is_not_opened_says_why(actors: dict[str, Actor]) -> None:
    by = actors["volunteer"]
    with pytest.raises(Invalid):
        actions.not_opened(by=by, day=yesterday(), why="lazy")
    assert actions.not_opened(by=by, day=yesterday(), why="weather").state == State.NOT_OPENED
    assert actions.open_post(by=by, day=yesterday(), draft=EIGHT).why_not == ""


@given(acts=st.lists(st.sampled_from(Act.values), max_size=7))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_goes_only_where_the_table_leads(actors: dict[str, Actor], acts: list[str]) -> None:
    by, day = actors["volunteer"], yesterday()
    Opening.objects.all().delete()
    do: dict[str, Any] = {
        Act.OPEN: lambda: actions.open_post(by=by, day=day, draft=EIGHT),
        Act.CLOSE: lambda: actions.close_post(by=by, day=day, at=time(16)),
        Act.NOT_OPENED: lambda: actions.not_opened(by=by, day=day, why="rest"),
        Act.REOPEN: lambda: actions.reopen(by=by, day=day),
    }
    state: str = TABLE.first
    for act in acts:
        if TABLE.allows(state, act):
            do[act]()
            state = TABLE.after(state, act)
            assert Opening.objects.get().state == state
        else:
            with pytest.raises(WrongState):
                do[act]()
    assert TABLE.reachable() == set(State.values)


def counted_on(by: Actor, days_ago: int, count: int) -> None:
    day = clock.today() - timedelta(days=days_ago)
    Unnamed.objects.create(
        post_id=by.post_id, day=day, sex="male", age_band="18-24", count=count, by=by.account_id, at=clock.now()
    )


def test_eight_weeks_by_day_and_by_week_hold_the_same_people(actors: dict[str, Actor], node: Post) -> None:
    by = actors["volunteer"]
    for days_ago, count in ((0, 3), (1, 5), (8, 7), (30, 11), (100, 99)):
        counted_on(by, days_ago, count)
    actions.open_post(by=by, day=yesterday(), draft=EIGHT)
    weeks, days = (queries.trend(by, node.pk, by_week=by_week) for by_week in (True, False))
    assert len(weeks) == 8
    assert len(days) == 7 * 7 + clock.today().weekday() + 1
    for periods in (weeks, days):
        assert sum(period.people for period in periods) == 26
        assert sum(period.days_open for period in periods) == 1
    assert days[-1].people == 3
    assert all(week.first.weekday() == 0 for week in weeks)


def test_a_chart_of_nothing_and_a_chart_of_something() -> None:
    assert columns([]).top == 0
    assert [column.height for column in columns([("a", 0), ("b", 0)]).columns] == ["0", "0"]
    chart = columns([("a", 1), ("b", 4)])
    assert [(column.y, column.height) for column in chart.columns] == [("75", "25"), ("0", "100")]
    assert (chart.width, chart.first, chart.last) == ("20", "a", "b")


def test_the_pages_of_a_day(client_for: Callable[..., Client], actors: dict[str, Actor], node: Post) -> None:
    client = client_for("volunteer")
    day = yesterday()
    answer = client.post(
        f"/tally/post/open/?day={day}", {"at": "08:00", "planned_from": "08:00", "planned_to": "16:00"}
    )
    assert answer.headers["Location"] == f"/tally/?day={day}"
    counted_on(actors["volunteer"], 1, 12)
    record_urgent(by=actors["volunteer"], draft=HelpDraft(given=["food"], at=clock.now() - timedelta(days=1)))
    page = client.get(f"/tally/?day={day}").content.decode()
    assert "12 people" in page
    assert "planned 08:00 to 16:00" in page
    assert "Besides, 1 meeting" in page
    late = client.post("/tally/post/close/", {"at": "08:00"})
    assert late.status_code == 409
    assert f"{day},People,Male,18 to 24 years,12" in client.get(f"/tally/csv/?day={day}").content.decode()
    assert client.get("/tally/?day=nonsense").status_code == 200
    assert client.get("/tally/?day=2011-99-99").status_code == 200
    trend = client.get("/tally/trend/").content.decode()
    assert trend.count("<rect") == 16
    assert ",1,12," in client.get("/tally/trend/csv/").content.decode()


def test_without_a_post_the_pages_say_so(client_for: Callable[..., Client], node: Post) -> None:
    client = client_for("volunteer", post=None)
    for path in ("/tally/", "/tally/trend/", "/tally/phone/", "/tally/post/open/", "/stock/"):
        assert "Choose your post" in client.get(path).content.decode()
    assert client.get("/tally/csv/").status_code == 404


def test_things_given_stand_on_the_page(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    item = thing(actors["coordinator"], "Socks")
    supplies.receive(by=actors["volunteer"], draft=moved(item, 9))
    supplies.issue(by=actors["volunteer"], draft=moved(item, 4))
    page = client_for("volunteer").get("/tally/").content.decode()
    assert "Socks" in page
    assert "<bdi>4</bdi>" in page
