"""What a phone sends, read row by row: what cannot be read is answered with its reason and harms no other row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from waystation.casework.tally.actions import Answer, ContactDraft
from waystation.casework.tally.codes import Verdict
from waystation.kernel.errors import Invalid, Text

MOST_THINGS = 60
UNREADABLE: Text = _("This count cannot be read. Drop it, and count again.")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as it came: its id as text, and what it says, or nothing."""

    id: str
    draft: ContactDraft | None


@dataclass(frozen=True, kw_only=True)
class Batch:
    """All that came at once, with the phone's clock."""

    now: datetime | None
    rows: tuple[Row, ...]


def read(body: bytes) -> Batch:
    """What a phone sent. Raises Invalid for what is no batch at all."""
    try:
        sent = json.loads(body)
    except (UnicodeDecodeError, ValueError, RecursionError):
        sent = None
    rows = sent.get("contacts") if isinstance(sent, dict) else None
    if not isinstance(rows, list):
        raise Invalid({"contacts": _("This could not be read. Load the page anew; nothing on the phone is lost.")})
    return Batch(now=_moment(sent.get("now")), rows=tuple(_row(row) for row in rows))


def in_answer(batch: Batch, answers: list[Answer]) -> list[dict[str, Any]]:
    """An answer for each row, in the order they came."""
    given = iter(answers)
    return [_answer(row, next(given) if row.draft else None) for row in batch.rows]


def _answer(row: Row, answer: Answer | None) -> dict[str, Any]:
    verdict = answer.verdict if answer else Verdict.REFUSED
    why: Mapping[str, Text] = answer.why if answer else {"": UNREADABLE}
    return {
        "id": row.id,
        "verdict": verdict.value,
        "says": " ".join(str(says) for says in why.values()) or str(verdict.label),
        "mend": sorted(why),
    }


def _row(row: Any) -> Row:
    name = str(row.get("id", ""))[:36] if isinstance(row, dict) else ""
    try:
        return Row(id=name, draft=_draft(row))
    except (KeyError, TypeError, ValueError, AttributeError):
        return Row(id=name, draft=None)


def _draft(row: Mapping[str, Any]) -> ContactDraft:
    at, day = _moment(row["at"]), row.get("day")
    if at is None or type(row["people"]) is not int:
        raise ValueError
    return ContactDraft(
        id=UUID(row["id"]),
        post_id=UUID(row["post"]),
        at=at,
        sex=_text(row["sex"]),
        age_band=_text(row["age_band"]),
        people=row["people"],
        services=tuple(map(_text, _few(row.get("services", [])))),
        items=tuple(map(UUID, _few(row.get("items", [])))),
        day=_day(day) if day else None,
        taken_back=row.get("taken_back") is True,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _few(values: Any) -> list[Any]:
    if not isinstance(values, list) or len(values) > MOST_THINGS:
        raise TypeError
    return values


def _day(value: Any) -> date:
    day = parse_date(_text(value))
    if day is None:
        raise ValueError
    return day


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = parse_datetime(value)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
