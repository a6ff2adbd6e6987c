"""Kinds of follow-up: each room registers its own when it is ready, so that no room needs to know another."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse

from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpKind:
    """One kind: its code (`referral.answer`), words for it, where its work is done, who works on it.

    `page` is the name of an address that takes the follow-up's subject, or nothing when it is not `of_one`;
    `permission` is a declared name. With `only_when_late` it is shown to nobody before its time is over: it tells
    somebody else that what should have happened did not. `names` says what subjects that are nobody (a thing in stock)
    are called, by subject.
    """

    code: str
    says: Text
    page: str
    of_one: bool = True
    permission: str = "followups.work"
    only_when_late: bool = False
    names: Callable[[Iterable[UUID]], Mapping[UUID, str]] | None = None

    def url(self, subject: UUID) -> str:
        """Where the work on a subject is done."""
        return reverse(self.page, args=[subject] if self.of_one else [])


_kinds: dict[str, FollowUpKind] = {}


def register(kind: FollowUpKind) -> None:
    """Declare a kind; registered again it is replaced."""
    _kinds[kind.code] = kind


def register_all(clocks: type[TextChoices], *, page: str, permission: str) -> None:
    """Declare every clock of a room whose work is done on one page."""
    for clock in clocks:
        register(FollowUpKind(code=clock.value, says=clock.label, page=page, permission=permission))


def kind_of(code: str) -> FollowUpKind:
    """A declared kind. Raises KeyError."""
    return _kinds[code]


def codes_for(actor: Actor) -> list[str]:
    """The kinds this actor works on."""
    return sorted(kind.code for kind in _kinds.values() if policies.permits(actor, kind.permission))


def codes_only_when_late() -> list[str]:
    """The kinds that show only once their time is over."""
    return sorted(kind.code for kind in _kinds.values() if kind.only_when_late)
