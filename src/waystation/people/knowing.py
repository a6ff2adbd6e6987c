"""What other rooms want known at once about a person, on top of the page: each registers it when it is ready."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text
from waystation.people.models import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing to know now: in our words, then as it was typed; `readers` says who sees it where not everyone does."""

    says: Text
    words: str = ""
    readers: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ToKnow:
    """One kind of thing to know.

    `rows` have a `person`; they come with the page's own query, so they cost none: `fields` maps their names to columns
    of `parts.COLUMNS`. `lines` turns them into words for one reader.
    """

    key: str
    rows: Callable[[], "QuerySet[Any]"]
    fields: Mapping[str, str]
    lines: Callable[[Actor, Person, Sequence[Any]], Sequence[Line]]


_known: dict[str, ToKnow] = {}


def register(to_know: ToKnow) -> None:
    """Add a kind of thing to know. A key registered again replaces it."""
    _known[to_know.key] = to_know


def all_of_them() -> tuple[ToKnow, ...]:
    """All that was registered, in order of keys."""
    return tuple(_known[key] for key in sorted(_known))


def lines(by: Actor, person: Person, rows: Mapping[str, Sequence[Any]]) -> list[Line]:
    """What this reader must know now about a person, from rows by key."""
    return [line for one in all_of_them() if rows.get(one.key) for line in one.lines(by, person, rows[one.key])]


def about(by: Actor, person: Person) -> list[Line]:
    """The same on a page of another room, which did not read the rows. One query for each kind."""
    return lines(by, person, {one.key: list(one.rows().filter(person=person)) for one in all_of_them()})
