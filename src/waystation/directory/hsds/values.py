"""One value out of a file: what it means here, or why it cannot be taken."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, TypeVar
from uuid import UUID

from waystation.directory import hours
from waystation.directory.actions import is_address, is_email
from waystation.directory.codes import Why
from waystation.directory.hsds.tables import Row
from waystation.directory.models import LINE, BadRow
from waystation.people import cleaning
from waystation.people.tongues import FROM_SHORT, LANGUAGES

T = TypeVar("T")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")


class Bad(Exception):  # noqa: N818 - it is not our mistake
    """A value that cannot be taken."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.value)


@dataclass
class Reading:
    """One row while it is looked at, with what is wrong in it."""

    table: str
    number: int
    row: Row
    wrong: list[tuple[str, Why]] = field(default_factory=list)
    fatal: bool = False

    def get(self, name: str, read: Callable[[Any], T], empty: T) -> T:
        """A value that may be missing; one that cannot be read is noted and left empty."""
        value = self.row.get(name)
        if value in (None, ""):
            return empty
        try:
            return read(value)
        except Bad as problem:
            self.wrong.append((name, problem.why))
            return empty

    def need(self, name: str, read: Callable[[Any], T]) -> T | None:
        """A value without which the row cannot be taken."""
        before = len(self.wrong)
        found: T | None = self.get(name, read, None)
        if found is None:
            self.fatal = True
            if len(self.wrong) == before:
                self.wrong.append((name, Why.MISSING))
        return found

    def refuse(self, name: str, why: Why) -> None:
        """The row cannot be taken."""
        self.wrong.append((name, why))
        self.fatal = True

    def bad_rows(self) -> list[BadRow]:
        """What is kept of it, by field."""
        return [
            BadRow(
                table=self.table,
                number=self.number,
                field=name[:40],
                why=why.value,
                said=str(self.row.get(name, ""))[:LINE],
                taken=not self.fatal,
                row={key: str(value) for key, value in self.row.items()},
            )
            for name, why in self.wrong
        ]


def identifier(value: Any) -> UUID:
    """A UUID."""
    try:
        return UUID(str(value))
    except ValueError as problem:
        raise Bad(Why.NOT_ID) from problem


def line(most: int) -> Callable[[Any], str]:
    """One line of so many characters."""
    return _text(cleaning.line, most)


def note(most: int) -> Callable[[Any], str]:
    """Several lines of so many characters."""
    return _text(cleaning.note, most)


def number(least: float, most: float) -> Callable[[Any], float]:
    """A number in bounds."""

    def read(value: Any) -> float:
        try:
            found = float(value)
        except (TypeError, ValueError) as problem:
            raise Bad(Why.NOT_NUMBER) from problem
        if not least <= found <= most:
            raise Bad(Why.OUT_OF_RANGE)
        return found

    return read


def whole(least: int, most: int) -> Callable[[Any], int]:
    """A whole number in bounds."""
    read_number = number(least, most)

    def read(value: Any) -> int:
        found = read_number(value)
        if found != int(found):
            raise Bad(Why.NOT_NUMBER)
        return int(found)

    return read


def day(value: Any) -> date:
    """A day."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as problem:
        raise Bad(Why.NOT_DAY) from problem


def clock_time(value: Any) -> time:
    """A time of day on the wall of its place; an offset that stands behind it tells the same wall."""
    match = _TIME.fullmatch(str(value).strip())
    if match is None or int(match[1]) > 24 or int(match[2]) > 59:
        raise Bad(Why.NOT_TIME)
    return time(int(match[1]) % 24, int(match[2]))


def one_of(codes: Any) -> Callable[[Any], str]:
    """A code of a list."""

    def read(value: Any) -> str:
        if value not in codes:
            raise Bad(Why.NOT_IN_LIST)
        return str(value)

    return read


def weekdays(value: Any) -> str:
    """Days as calendars write them."""
    try:
        return hours.write_days(hours.read_days(str(value)))
    except ValueError as problem:
        raise Bad(Why.NOT_RULE) from problem


def month_days(value: Any) -> str:
    """Days of a month."""
    try:
        return ",".join(map(str, hours.read_month_days(str(value))))
    except ValueError as problem:
        raise Bad(Why.NOT_RULE) from problem


def language(value: Any) -> str:
    """A language as ISO 639-3, from two letters, three, or a tag (`pt-BR`)."""
    plain = str(value).strip().lower().split("-")[0]
    found = plain if plain in LANGUAGES else FROM_SHORT.get(plain, "")
    if not found:
        raise Bad(Why.NOT_LANGUAGE)
    return found


def telephone(value: Any) -> str:
    """A number as `+` and digits."""
    try:
        found = cleaning.phone(str(value).strip().strip('"'))
    except ValueError as problem:
        raise Bad(Why.NOT_NUMBER) from problem
    if not found:
        raise Bad(Why.NOT_NUMBER)
    return found


def address(value: Any) -> str:
    """Where a browser can go."""
    if not is_address(str(value)):
        raise Bad(Why.NOT_IN_LIST if len(str(value)) <= LINE else Why.TOO_LONG)
    return str(value)


def email(value: Any) -> str:
    """Where one can write."""
    if not is_email(str(value)):
        raise Bad(Why.NOT_IN_LIST)
    return str(value)


def _text(clean: Callable[[str], str], most: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        found = clean(str(value))
        if len(found) > most:
            raise Bad(Why.TOO_LONG)
        return found

    return read
