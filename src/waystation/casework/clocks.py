"""How long each kind of record is kept: a clock says from which day it runs, for how long, and what then happens.

Every room that keeps something registers its clocks when it is ready. What is about a grown person is never erased by a
clock alone: it comes up for review. Automatic clocks only take words and times that nobody needs any more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, TextChoices, Value
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text
from waystation.people.models import Person


class Then(TextChoices):
    """What a clock leads to."""

    REVIEW = "review", _("a coordinator looks at it")
    ANONYMISE = "anonymise", _("it is erased with its key, and a nameless count stays")
    SEAL = "seal", _("it is sealed to the offline key")
    ERASE = "erase", _("it is erased")
    WORDS = "words", _("its words are erased, the day and the kind stay")


YEAR = 365
Rows = Callable[[datetime], "QuerySet[Person]"]
"""Whose records are due, given the moment before which the clock must have started: people with `since`."""
Act = Callable[[datetime], int]
"""Do the next chunk of an automatic clock, given that moment; how many rows it did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """One kind of record.

    `says` names it, `since` the day from which it runs, `days` how long as declared here. People's records (`rows`)
    come up for review; anything else is done by `act`; with neither, another part of the program keeps this clock and
    it stands here to be told. `order` is the place in lists.
    """

    code: str
    says: Text
    since: Text
    days: int
    then: Then
    rows: Rows | None = None
    act: Act | None = None
    order: int = 50
    fixed: bool = False
    """No organisation can change it: another part of the program keeps it."""

    @property
    def is_reviewed(self) -> bool:
        """Whether people decide when it is over, and not the clock by itself."""
        return self.rows is not None

    @property
    def slug(self) -> str:
        """The code as it stands in an address."""
        return self.code.replace(".", "-")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Work in another room that keeps people from being sealed away or coming up for erasure (tracing, an open case).

    `rows` gives rows with a `person` that it holds, `says` is a sentence for who wants to seal them. Such people are
    not dormant; with `keeps` they do not come up for erasure either, however long ago they were met.
    """

    code: str
    says: Text
    rows: "Callable[[], QuerySet[Any]]"
    keeps: bool = False


_clocks: dict[str, Clock] = {}
_blocks: dict[str, Block] = {}


def register(one: Clock) -> None:
    """Declare a clock. One of the same code replaces it. Raises ValueError for one that is kept in two ways."""
    if one.rows and one.act:
        raise ValueError(f"Clock {one.code} is either reviewed or automatic.")
    _clocks[one.code] = one


def register_block(block: Block) -> None:
    """Declare what keeps people. One of the same code replaces it."""
    _blocks[block.code] = block


def all_clocks() -> tuple[Clock, ...]:
    """Every clock, in order."""
    return tuple(sorted(_clocks.values(), key=lambda one: (one.order, one.code)))


def reviewed() -> tuple[Clock, ...]:
    """The clocks whose people come up for review."""
    return tuple(one for one in all_clocks() if one.rows)


def get(code: str) -> Clock | None:
    """A clock by its code."""
    return _clocks.get(code)


def blocks() -> tuple[Block, ...]:
    """Everything that keeps people."""
    return tuple(_blocks.values())


def blocked(people: Sequence[UUID]) -> dict[UUID, Text]:
    """Who among the people is kept by work in another room, and by which. One query, however many rooms there are."""
    parts = [
        block.rows().order_by().filter(person__in=list(people)).values_list("person_id", Value(block.code))
        for block in _blocks.values()
    ]
    if not parts or not people:
        return {}
    return {person: _blocks[code].says for person, code in parts[0].union(*parts[1:])}
