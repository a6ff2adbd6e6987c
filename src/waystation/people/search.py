"""Finding people by name in any script, alias, telephone or card code, in an index that exists only while unlocked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waystation.kernel.actors import Actor
from waystation.people.documents import IdentityDocument
from waystation.people.drafts import RegistrationDraft
from waystation.people.models import Person


@dataclass(frozen=True, kw_only=True)
class Found:
    """One person found: why (codes of `waystation.names` reasons, or `card`, `phone`), how near (0 to 1)."""

    person: Person
    identity: IdentityDocument
    reasons: tuple[str, ...]
    score: float
    last_met_at: datetime | None
    last_met_post_id: UUID | None


def find(
    text: str,
    *,
    by: Actor,
    limit: int = 5,
    sex: str = "",
    birth_year: int | None = None,
    origin: str = "",
) -> list[Found]:
    """The nearest people to a name in any script, an alias, a telephone number or a card code, best first.

    Only people the actor may see; only those given back are opened, counted and journalled. Raises NodeLocked,
    BudgetSpent, Invalid (field `card_code`) for a card code with a wrong character.
    """
    raise NotImplementedError


def duplicates_of(draft: RegistrationDraft, *, by: Actor, limit: int = 5) -> list[Found]:
    """People already registered who may be the one being registered, with why. As `find`."""
    raise NotImplementedError


def progress() -> tuple[int, int]:
    """How many people the index holds of how many there are."""
    raise NotImplementedError


def is_ready() -> bool:
    """Whether the whole index stands."""
    done, total = progress()
    return done >= total


def announce(people: Iterable[tuple[Person, IdentityDocument]]) -> None:
    """What an action just wrote, so that this process need not open it again; counts once the transaction commits."""


def forget(person_ids: Iterable[UUID]) -> None:
    """Erased people leave this process's index when the transaction commits."""


def listen() -> None:
    """Build when the node unlocks, drop when it locks."""
