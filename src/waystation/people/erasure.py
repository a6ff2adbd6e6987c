"""What hangs on a person in other rooms and goes with them: each room says it here, once, when it is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from waystation.kernel.errors import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """One line of what will be lost: words for many (`Needs recorded`) and the rows, which are counted all at once."""

    label: Text
    rows: QuerySet[Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one room keeps about people.

    `losses` tells what would be lost; `erase` deletes or empties the rows, inside the transaction of the erasure and
    before the keys go. Rows that stay must be nameless.
    """

    key: str
    losses: Callable[[Sequence[UUID]], Sequence[Loss]]
    erase: Callable[[Sequence[UUID]], None]


_parts: dict[str, Part] = {}


def register_part(part: Part) -> None:
    """Tell what a room keeps about people. A key told again replaces what was told before."""
    _parts[part.key] = part


def parts() -> tuple[Part, ...]:
    """All that was told, in order of keys."""
    return tuple(_parts[key] for key in sorted(_parts))
