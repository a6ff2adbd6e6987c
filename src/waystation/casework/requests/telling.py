"""What a request tells, both ways: from a record to the fields of a message and back. Nothing is fetched or written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.casework import arrivals
from waystation.casework.handover import told
from waystation.casework.requests.codes import FIND_CHOICES, FIND_WIRE, MET, PARTS, PLACE, TELL_WIRE
from waystation.kernel.errors import Invalid, Text
from waystation.people.places import COUNTRIES
from waystation.people.tongues import LANGUAGES
from waystation.web.components.cldr import day

DAYS = ("birth_date", "first_met", "last_met")
LABELS: Mapping[str, Text] = {**dict(FIND_CHOICES), **dict(PARTS)}
_OWN: Mapping[str, Text] = {
    "place": LABELS[PLACE],
    "first_met": _("First met"),
    "last_met": _("Last met"),
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """Everything that could be told of one person, opened."""

    record: told.Known
    first_met: date | None = None
    last_met: date | None = None


def to_find(record: told.Known, find_by: Iterable[str], place: str) -> dict[str, Any]:
    """By what they may find the person: what was agreed and is known, and nothing else."""
    agreed = set(find_by)
    found = told.content(record, [code for code in agreed if code in FIND_WIRE and code != PLACE])
    return found | ({"place": place} if place and PLACE in agreed else {})


def to_tell(known: Known, parts: Iterable[str]) -> dict[str, Any]:
    """What is told: the parts that were chosen and are known, and nothing else."""
    chosen = set(parts)
    found = told.content(known.record, [code for code in chosen if code != MET])
    days = {"first_met": known.first_met, "last_met": known.last_met} if MET in chosen else {}
    return found | {name: one.isoformat() for name, one in days.items() if one}


def lines(said: Mapping[str, Any]) -> list[tuple[str, Text, str]]:
    """Fields of a message line by line: code, label, value in the language active now."""
    own = [(name, label, in_words(name, said[name])) for name, label in _OWN.items() if said.get(name)]
    return [*told.lines(said), *own]


def in_words(name: str, value: Any) -> str:
    """One field's value for a person to read."""
    if name in {"first_met", "last_met"}:
        return day(date.fromisoformat(value))
    return told.in_words(name, value)


def label_of(name: str) -> Text:
    """A field of a message in words."""
    return _OWN.get(name) or told.label_of(name)


def part_of(name: str) -> str:
    """The part under which a field is told."""
    return next(code for code, fields in TELL_WIRE.items() if name in fields)


def checked(said: Mapping[str, Any]) -> dict[str, Any]:
    """What came, fit to be shown: days that are days; languages and countries that are known here.

    Raises Invalid for a day that is none.
    """
    for name in DAYS:
        if name in said:
            _require_day(name, said[name])
    kept = {name: arrivals.cleaned(value) for name, value in said.items()}
    if "languages" in kept:
        kept["languages"] = [code for code in kept["languages"] if code in LANGUAGES]
    if kept.get("origin") not in COUNTRIES:
        kept.pop("origin", None)
    return {name: value for name, value in kept.items() if value not in ("", [], None)}


def day_of(text: str) -> date:
    """A day as it is written in a message. Raises Invalid."""
    return _require_day("day", text)


def _require_day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise Invalid({name: text}) from problem
