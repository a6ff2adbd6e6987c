"""Entries of the log as lines for a reader: what is alike and follows at once stands in one line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from waystation.audit import staff, words
from waystation.audit.models import Leaf
from waystation.kernel.errors import Text

TOGETHER = timedelta(minutes=10)
Details = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One or more entries that follow each other: same account, same act, same door, within ten minutes.

    `first` and `last` are entry numbers, `at` the time of the latest, `record` what the first one happened to, where
    the reader may know; `details` what they say (only in a person's
    history, where the reader may open them), each different one once.
    """

    first: int
    last: int
    at: datetime
    account: UUID
    who: str
    role: str
    action: str
    says: Text
    via: Text
    reason: Text
    record: UUID | None = None
    times: int = 1
    details: Details = ()

    @property
    def parts(self) -> list[Text]:
        """Which parts of a record were opened, in words."""
        return words.parts(str(detail["table"]) for detail in self.details if "table" in detail)


def line_of(leaf: Leaf, known: Mapping[UUID, str], details: Details = (), record: UUID | None = None) -> Line:
    """One entry as a line."""
    return Line(
        first=leaf.index,
        last=leaf.index,
        at=leaf.at,
        account=leaf.account,
        who=staff.who(leaf.account, known),
        role=staff.role_in_words(leaf.role),
        action=leaf.action,
        says=words.in_words(leaf.action),
        via=words.door(leaf.via),
        reason=words.reason(leaf.reason),
        record=record,
        details=details,
    )


def gathered(lines: Iterable[Line]) -> list[Line]:
    """Lines that are alike and follow each other, as one. Newest first, as they come."""
    together: list[Line] = []
    for line in lines:
        if together and _alike(together[-1], line):
            newer = together[-1]
            more = tuple(detail for detail in line.details if detail not in newer.details)
            together[-1] = replace(
                newer, first=line.first, times=newer.times + line.times, details=(*newer.details, *more)
            )
        else:
            together.append(line)
    return together


def _alike(newer: Line, older: Line) -> bool:
    same = (newer.account, newer.action, newer.via, newer.reason) == (
        older.account,
        older.action,
        older.via,
        older.reason,
    )
    return same and abs(newer.at - older.at) <= TOGETHER
