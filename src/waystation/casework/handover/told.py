"""What a handover tells: from a record to the fields of a message, and from such fields to a record. Nothing is fetched
here or written."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waystation.casework.arrivals import IDENTITY
from waystation.casework.cases.documents import CaseDocument
from waystation.casework.handover.codes import WIRE, Told
from waystation.casework.handover.documents import Part
from waystation.casework.handover.enclosures import words as enclosures
from waystation.kernel.errors import Text
from waystation.people.codes import InterviewerSex
from waystation.people.documents import IdentityDocument
from waystation.people.places import country_name
from waystation.web.components.cldr import day, language_name

_CASE = ("reason", "wishes", "assessment")


@dataclass(frozen=True, kw_only=True)
class Known:
    """Everything that a handover could tell, opened."""

    identity: IdentityDocument
    case: CaseDocument
    goals: tuple[str, ...]


def content(known: Known, agreed: Iterable[str]) -> dict[str, Any]:
    """The fields of a message: what was agreed and is known, and nothing else."""
    wanted = {name for code in agreed if code in WIRE for name in WIRE[code]}
    return {name: value for name, value in _values(known).items() if name in wanted and value}


def _values(known: Known) -> dict[str, Any]:
    values: dict[str, Any] = {name: _plain(getattr(known.identity, own)) for name, own in IDENTITY.items()}
    return values | {name: getattr(known.case, name) for name in _CASE} | {"plan": list(known.goals)}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def lines(said: Mapping[str, Any]) -> list[tuple[str, Any, str]]:
    """Fields of a message line by line: code, label, value in the language active now; empty ones stay away."""
    found = []
    for code in Told:
        words = _words(code, [in_words(name, said[name]) for name in WIRE[code] if said.get(name)])
        if words:
            found.append((code.value, code.label, words))
    return found


def _words(code: Told, values: Sequence[str]) -> str:
    if code == Told.NAME:
        full = " ".join(values[:2])
        return _(", ").join([full, *values[2:]])
    return values[-1] if values else ""


def in_words(name: str, value: Any) -> str:
    """One field's value for a person to read."""
    return _SAID[name](value) if name in _SAID else str(value)


_SAID: Mapping[str, Callable[[Any], str]] = {
    "languages": lambda codes: _(", ").join(language_name(code) for code in codes),
    "plan": "\n".join,
    "names": lambda names: _(", ").join(names),
    "origin": country_name,
    "speak_with": lambda code: str(InterviewerSex(code).label) if code in InterviewerSex.values else code,
    "birth_date": lambda text: day(date.fromisoformat(text)),
    "files": enclosures.lines,
}


_PARTS: Mapping[str, Text] = {
    "given_name": gettext_lazy("Given name"),
    "family_name": gettext_lazy("Family name"),
    "names": gettext_lazy("Also called"),
    "birth_year": gettext_lazy("Year of birth"),
    "birth_date": gettext_lazy("Date of birth"),
}


def label_of(name: str) -> Text:
    """A field of a message in words."""
    return _PARTS.get(name) or next(code.label for code in Told if name in WIRE[code])


def case_texts(said: Mapping[str, Any]) -> dict[str, str]:
    """What a message tells of the case itself."""
    return {name: said[name] for name in _CASE if name in said}


def of_identity(name: str) -> bool:
    """Whether a field stands in the person's record and not in the case."""
    return name in IDENTITY


def present(name: str, known: Known) -> Any:
    """What stands here now for a field."""
    return _values(known)[name]


def kept(said: Mapping[str, Any]) -> tuple[Part, ...]:
    """Fields as they are remembered."""
    return tuple(Part(name=name, value=json.dumps(said[name])) for name in sorted(said))


def remembered(parts: Iterable[Part]) -> dict[str, Any]:
    """The inverse of `kept`."""
    return {part.name: json.loads(part.value) for part in parts}


def changed(before: Iterable[Part], now: Mapping[str, Any]) -> dict[str, Any]:
    """What is said otherwise now than it was sent; what is empty now is no correction."""
    sent = {part.name: part.value for part in before}
    return {name: value for name, value in now.items() if sent.get(name) != json.dumps(value)}
