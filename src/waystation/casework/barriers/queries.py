"""The only door to barriers, and the count of them that names nobody."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from waystation.casework.barriers.codes import MONTHS_SHOWN, Denied, Kind
from waystation.casework.barriers.counting import Figures, Met
from waystation.casework.barriers.counting import figures as counted
from waystation.casework.barriers.models import Barrier, BarrierDocument
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.vault import open_documents

CHUNK = 500
COUNTED = ("person_id", "country", "kind", "denied", "day", "people")


def visible_to(actor: Actor) -> QuerySet[Barrier]:
    """Barriers this actor may read."""
    return Barrier.objects.filter(policies.rows(actor, "barriers.follow"))


def get_for(actor: Actor, barrier_id: UUID, *, lock: bool = False) -> Barrier:
    """One barrier. Raises NotFound."""
    rows = visible_to(actor).select_related("person", "post")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=barrier_id).first()
    if row is None:
        raise NotFound
    return row


def of_person(person: Person, *, by: Actor) -> QuerySet[Barrier]:
    """What a person met, as far as this actor may read it, the newest first."""
    return visible_to(by).filter(person__in=people.one_person_ids(person))


def opened(rows: Iterable[Barrier], *, by: Actor) -> dict[UUID, BarrierDocument]:
    """Their words, by id. Raises NotAllowed, BudgetSpent, NodeLocked."""
    return open_documents(list(rows), BarrierDocument, by=by)


def figures(actor: Actor) -> Figures:
    """What kept people from help in the last months, in numbers. Raises NotAllowed."""
    policies.require(actor, "barriers.figures")
    since = (clock.today() - timedelta(days=30 * (MONTHS_SHOWN - 1))).replace(day=1)
    return counted(_met(since))


def _met(since: date) -> Iterator[Met]:
    """People without a name as many as were told; every other person once, by what they met last."""
    last: dict[UUID, Met] = {}
    rows = Barrier.objects.filter(day__gte=since).order_by("day", "made_at", "pk").values_list(*COUNTED)
    named: list[tuple[UUID, Met]] = []
    for person, country, kind, denied, day, many in rows:
        line = Met(country=country, kind=Kind(kind), denied=Denied(denied), month=day.replace(day=1), people=many)
        if person is None:
            yield line
        else:
            named.append((person, line))
    roots: dict[UUID, UUID] = {}
    for chunk in _chunks({person for person, _line in named}):
        roots |= people.survivors(chunk)
    for person, line in named:
        last[roots.get(person, person)] = line
    yield from last.values()


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
