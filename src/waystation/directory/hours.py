"""Opening times as rules (RFC 5545, the parts that HSDS 3.0 uses): which days, from when until when, open at a moment?

Pure arithmetic: no tables, no words. A rule is in the wall time of its place; a day is told by when the door opens, so
that a night from Friday 22:00 to 04:00 belongs to Friday. Where the clock jumps, a time that does not exist counts as
the same span after midnight, and of a time that exists twice the door opens at the first and closes at the second.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
AHEAD = 400
"""Days looked ahead for the next opening: a yearly gap is found, a rule that never comes again ends."""
ALWAYS = timedelta(days=7)
"""Open for so long without a break: open day and night."""
_PART = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
ONE_DAY = timedelta(days=1)

Closed = Sequence[tuple[date, date]]
"""First and last day of each time off."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """When a door is open. `days` are (which, weekday): 0 for each, 2 for the second of a month, -1 for the last."""

    opens_at: time
    closes_at: time
    freq: str = "WEEKLY"
    every: int = 1
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    starts: date | None = None
    ends: date | None = None

    def on(self, day: date) -> bool:
        """Whether the door opens on this day."""
        if (self.starts and day < self.starts) or (self.ends and day > self.ends):
            return False
        if self.freq == "WEEKLY":
            return self._in_week(day)
        if self.freq == "MONTHLY":
            return self._in_month(day)
        return day == self.starts

    def _in_week(self, day: date) -> bool:
        if self.every > 1 and self.starts:
            weeks = (_monday(day) - _monday(self.starts)).days // 7
            if weeks % self.every:
                return False
        if self.days:
            return any(weekday == day.weekday() for _which, weekday in self.days)
        return self.starts is None or day.weekday() == self.starts.weekday()

    def _in_month(self, day: date) -> bool:
        if self.every > 1 and self.starts:
            months = (day.year - self.starts.year) * 12 + day.month - self.starts.month
            if months % self.every:
                return False
        length = calendar.monthrange(day.year, day.month)[1]
        if self.month_days and not {day.day, day.day - length - 1} & set(self.month_days):
            return False
        if self.days:
            return any(_is_that(which, weekday, day, length) for which, weekday in self.days)
        return bool(self.month_days) or (self.starts is not None and day.day == self.starts.day)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How it stands at a moment: open until then, or closed and opening then; both empty: not known to open again."""

    is_open: bool = False
    until: datetime | None = None
    opens: datetime | None = None
    always: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one moment to another."""

    start: datetime
    end: datetime


def spans(rules: Sequence[Rule], closed: Closed, zone: tzinfo, day: date) -> list[Span]:
    """The times a door is open that begin on this day, in order, in UTC. None on a day off."""
    if any(first <= day <= last for first, last in closed):
        return []
    found = []
    for rule in rules:
        if rule.on(day):
            ends_on = day if rule.closes_at > rule.opens_at else day + ONE_DAY
            start = datetime.combine(day, rule.opens_at, tzinfo=zone).astimezone(UTC)
            end = datetime.combine(ends_on, rule.closes_at, tzinfo=zone).replace(fold=1).astimezone(UTC)
            if end > start:
                found.append(Span(start, end))
    return sorted(found)


def standing(rules: Sequence[Rule], closed: Closed, zone: tzinfo, now: datetime) -> Standing:
    """Open or closed at a moment, and until when. Times that touch or overlap are one."""
    yesterday = now.astimezone(zone).date() - ONE_DAY
    rules = [rule for rule in rules if rule.ends is None or rule.ends >= yesterday]
    if not rules:
        return Standing()
    for day in _days_from(yesterday):
        for span in spans(rules, closed, zone, day):
            if span.start > now:
                return Standing(opens=span.start)
            if span.end > now:
                until = _until(rules, closed, zone, day, span.end)
                return Standing(is_open=True, until=until, always=until - now > ALWAYS)
    return Standing()


def is_open(rules: Sequence[Rule], closed: Closed, zone: tzinfo, now: datetime) -> bool:
    """Whether the door is open at a moment, without looking any further."""
    today = now.astimezone(zone).date()
    return any(
        span.start <= now < span.end for day in (today - ONE_DAY, today) for span in spans(rules, closed, zone, day)
    )


def _until(rules: Sequence[Rule], closed: Closed, zone: tzinfo, first: date, end: datetime) -> datetime:
    """How far a span reaches that ends at `end`, with all that touch it; no farther than two weeks."""
    for day in _days_from(first, 15):
        for span in spans(rules, closed, zone, day):
            if span.start <= end:
                end = max(end, span.end)
    return end


def read_days(text: str) -> tuple[tuple[int, int], ...]:
    """`MO,2TU,-1FR` as (which, weekday). Raises ValueError."""
    found = []
    for part in text.upper().replace(" ", "").split(","):
        if part:
            match = _PART.fullmatch(part)
            if match is None or abs(int(match[1] or 0)) > 5:
                raise ValueError(part)
            found.append((int(match[1] or 0), DAYS.index(match[2])))
    return tuple(found)


def write_days(days: Sequence[tuple[int, int]]) -> str:
    """(which, weekday) as `MO,2TU,-1FR`."""
    return ",".join(f"{which or ''}{DAYS[weekday]}" for which, weekday in days)


def read_month_days(text: str) -> tuple[int, ...]:
    """`1,15,-1` as days of a month. Raises ValueError."""
    found = tuple(int(part) for part in text.replace(" ", "").split(",") if part)
    if any(not 1 <= abs(day) <= 31 for day in found):
        raise ValueError(text)
    return found


def last_of(rule: Rule, count: int) -> date | None:
    """The day of the `count`-th opening of a rule that has a first day; None where it never comes to so many."""
    if rule.starts is None or count < 1:
        return None
    for number, day in enumerate(_days_from(rule.starts, AHEAD * 10)):
        if rule.on(day):
            count -= 1
            if not count:
                return rule.starts + number * ONE_DAY
    return None


def _days_from(first: date, most: int = AHEAD) -> Iterator[date]:
    for number in range(most):
        yield first + number * ONE_DAY


def _monday(day: date) -> date:
    return day - day.weekday() * ONE_DAY


def _is_that(which: int, weekday: int, day: date, length: int) -> bool:
    if weekday != day.weekday():
        return False
    if which == 0:
        return True
    if which > 0:
        return (day.day - 1) // 7 + 1 == which
    return (length - day.day) // 7 + 1 == -which
