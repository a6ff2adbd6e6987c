"""What hangs on a person in other rooms and goes with them, what may stand against an erasure, and who bears witness:
each room says it here, once, when it is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Text
from waystation.kernel.journal import Detail


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """One line of what will be lost: words for many (`Needs recorded`) and the rows, which are counted all at once.

    `seen`: which of such rows an actor may know of at all; without it all do who see the person.
    """

    label: Text
    rows: QuerySet[Any]
    seen: Callable[[Actor], QuerySet[Any]] | None = None

    def seen_by(self, actor: Actor) -> QuerySet[Any]:
        """The rows that this actor may know of."""
        return self.rows if self.seen is None else self.rows.filter(pk__in=self.seen(actor).values("pk"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one room keeps about people.

    `losses` tells what would be lost; `erase` deletes or empties the rows, inside the transaction of the erasure and
    before the keys go. Rows that stay must be nameless.
    """

    key: str
    losses: Callable[[Sequence[UUID]], Sequence[Loss]]
    erase: Callable[[Sequence[UUID]], None]


class HeldBack(Conflict):
    """Something stands against the erasure; the message says what. That the person asked for it stays noted."""

    code = "held-back"
    keeps = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """What may stand against an erasure.

    `refusal` gives the problem in words, or None; `note_wish` keeps in mind that the person themself asks for it.
    """

    key: str
    refusal: Callable[[Sequence[UUID]], HeldBack | None]
    note_wish: Callable[[Actor, Sequence[UUID]], None]


Witness = Callable[[Actor, Sequence[UUID], str, Sequence[tuple[Text, int]]], Detail]
"""Told of each erasure in its transaction: by whom, of which records, why, how much of what. What it gives stands in
the log beside the act, so nothing of the person may be in it."""

_parts: dict[str, Part] = {}
_guards: dict[str, Guard] = {}
_witnesses: dict[str, Witness] = {}


def register_part(part: Part) -> None:
    """Tell what a room keeps about people. A key told again replaces what was told before."""
    _parts[part.key] = part


def parts() -> tuple[Part, ...]:
    """All that was told, in order of keys."""
    return tuple(_parts[key] for key in sorted(_parts))


def register_guard(guard: Guard) -> None:
    """Tell what may stand against an erasure. A key told again replaces what was told before."""
    _guards[guard.key] = guard


def register_witness(key: str, witness: Witness) -> None:
    """Be told of every erasure."""
    _witnesses[key] = witness


def refusal(ids: Sequence[UUID]) -> HeldBack | None:
    """The first thing that stands against erasing these records, or None."""
    return next((problem for guard in _guards.values() if (problem := guard.refusal(ids))), None)


def note_wish(by: Actor, ids: Sequence[UUID]) -> None:
    """The person asks for it, and something stands against it: whoever stands against it keeps the wish in mind."""
    for guard in _guards.values():
        if guard.refusal(ids):
            guard.note_wish(by, ids)


def witnessed(by: Actor, ids: Sequence[UUID], reason: str, losses: Sequence[tuple[Text, int]]) -> Detail:
    """What the witnesses of an erasure want to stand in the log."""
    return {name: said for witness in _witnesses.values() for name, said in witness(by, ids, reason, losses).items()}
