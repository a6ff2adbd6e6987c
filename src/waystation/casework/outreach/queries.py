"""The only door to outreach."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from waystation.casework.outreach.codes import MONTHS_SHOWN, Fear
from waystation.casework.outreach.models import (
    Contact,
    Door,
    DoorDocument,
    Place,
    PlaceDocument,
    Round,
    RoundDocument,
)
from waystation.casework.suppression import suppress
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.vault import open_documents

D = TypeVar("D", DoorDocument, PlaceDocument, RoundDocument)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Counts by month and column, small ones hidden (None); the last of each line and the last line are totals."""

    heads: tuple[str, ...]
    months: tuple[date, ...]
    cells: tuple[tuple[int | None, ...], ...]


def rounds(actor: Actor) -> QuerySet[Round]:
    """Rounds. Raises NotAllowed."""
    policies.require(actor, "outreach.go")
    return Round.objects.select_related("place", "door", "post")


def round_for(actor: Actor, round_id: UUID, *, lock: bool = False) -> Round:
    """One round. Raises NotFound."""
    rows = rounds(actor)
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=round_id).first()
    if row is None:
        raise NotFound
    return row


def opened(rows: Iterable[Any], document: type[D], *, by: Actor) -> dict[UUID, D]:
    """What is sealed in rows of one kind, by id. Raises NodeLocked, BudgetSpent."""
    return open_documents(list(rows), document, by=by)


def doors(actor: Actor) -> list[tuple[Door, DoorDocument]]:
    """Who opens doors for us, with the longest unvisited first. Raises NotAllowed."""
    policies.require(actor, "outreach.plan")
    return _pairs(list(Door.objects.order_by("-is_active", "seen_on")), DoorDocument, actor)


def places(actor: Actor) -> list[tuple[Place, PlaceDocument]]:
    """Where people are. Raises NotAllowed."""
    policies.require(actor, "outreach.plan")
    return _pairs(list(Place.objects.order_by("-is_active", "kind", "pk")), PlaceDocument, actor)


def _pairs(rows: Sequence[Any], document: type[D], actor: Actor) -> list[tuple[Any, D]]:
    texts = opened(rows, document, by=actor)
    return [(row, texts[row.pk]) for row in rows if row.pk in texts]


def fears_by_month(actor: Actor) -> Figures:
    """How many people named each fear, by month; a contact names each fear once. Raises NotAllowed."""
    policies.require(actor, "outreach.go")
    counted: Counter[tuple[date, str]] = Counter()
    for day, fears in _contacts().values_list("day", "fears"):
        counted.update((day.replace(day=1), fear) for fear in set(fears) & set(Fear.values))
    months = sorted({month for month, _fear in counted})
    heads = tuple(fear for fear in Fear.values if any(counted[month, fear] for month in months))
    return _figures(counted, heads, months)


def contacts_by_month(actor: Actor) -> Figures:
    """Contacts by month, through those who open doors and without. Raises NotAllowed."""
    policies.require(actor, "outreach.go")
    rows = _contacts().values_list("day", "through_door")
    counted = Counter((day.replace(day=1), "through" if through else "alone") for day, through in rows)
    return _figures(counted, ("through", "alone"), sorted({month for month, _head in counted}))


def _contacts() -> QuerySet[Contact]:
    since = (clock.today() - timedelta(days=30 * MONTHS_SHOWN)).replace(day=1)
    return Contact.objects.filter(day__gte=since)


def _figures(counted: Counter[tuple[date, str]], heads: tuple[str, ...], months: list[date]) -> Figures:
    shown = suppress([[counted[month, head] for head in heads] for month in months])
    return Figures(heads=heads, months=tuple(months), cells=tuple(tuple(line) for line in shown))
