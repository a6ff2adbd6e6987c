"""The only door to lists and their people."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from waystation.familylinks.lists.codes import State
from waystation.familylinks.lists.documents import FaultDocument, ListDocument, ListedDocument
from waystation.familylinks.lists.models import Fault, ListedPerson, PersonList
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor, Via
from waystation.kernel.errors import NotAllowed, NotFound
from waystation.vault import open_document, open_documents, stream_for_count, stream_for_index


class Listed(NamedTuple):
    """What a matcher needs to know of a listed person."""

    id: UUID
    names: tuple[str, ...]
    sex: str
    birth_year: int | None
    country: str
    mother: str
    father: str
    place: str


def lists(actor: Actor) -> QuerySet[PersonList]:
    """Lists this actor may see."""
    return PersonList.objects.filter(policies.rows(actor, "lists.view"))


def list_for(actor: Actor, list_id: UUID, *, lock: bool = False) -> PersonList:
    """One list. Raises NotFound."""
    rows = lists(actor)
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=list_id).first()
    if row is None:
        raise NotFound
    return row


def visible_to(actor: Actor) -> QuerySet[ListedPerson]:
    """People of lists in use that this actor may see, placeholders among them."""
    return ListedPerson.objects.filter(policies.rows(actor, "lists.view"), _in_use())


def get_for(actor: Actor, listed_id: UUID) -> ListedPerson:
    """One person of a list, with the list. Raises NotFound."""
    row = visible_to(actor).select_related("of").filter(pk=listed_id).first()
    if row is None:
        raise NotFound
    return row


def document_of(row: ListedPerson, *, by: Actor) -> ListedDocument:
    """What the list tells of a person. Raises NotAllowed, BudgetSpent, NodeLocked, PersonErased."""
    return open_document(row, ListedDocument, by=by)


def documents(rows: Iterable[ListedPerson], *, by: Actor) -> dict[UUID, ListedDocument]:
    """What lists tell of some people, by id. Raises NotAllowed, BudgetSpent, NodeLocked."""
    return open_documents(list(rows), ListedDocument, by=by)


def words_of(row: PersonList, *, by: Actor) -> ListDocument:
    """The words about a list; of one that has ended nothing is left."""
    return open_document(row, ListDocument, by=by) if row.sealed else ListDocument()


def faults_of(row: PersonList, *, by: Actor) -> list[tuple[Fault, FaultDocument]]:
    """What could not be taken as it stood, in order of lines."""
    return opened_faults(list(row.faults.all()), by=by)


def opened_faults(rows: Sequence[Fault], *, by: Actor) -> list[tuple[Fault, FaultDocument]]:
    """Some faults with what stood there."""
    said = open_documents(rows, FaultDocument, by=by)
    return [(row, said.get(row.pk, FaultDocument())) for row in rows]


def all_listed(*, by: Actor) -> Iterator[Listed]:
    """Everybody in lists that are in use, for an index in memory; shown to nobody as it is.

    Ask `changes.newest()` first and `changes.since` that number afterwards. `by` is the system's own actor. Raises
    NotAllowed for any other; NodeLocked, also midway.
    """
    for number, document in stream_for_index(_for_index(by), ListedDocument):
        yield _listed(number, document)


def listed(ids: Sequence[UUID], *, by: Actor) -> Iterator[Listed]:
    """The same of some people: those that `changes.since` says came. Who is gone meanwhile is left out."""
    for row, document in stream_for_count(_for_index(by).filter(pk__in=ids), ListedDocument):
        yield _listed(row.pk, document)


def _for_index(by: Actor) -> QuerySet[ListedPerson]:
    if by.via is not Via.SYSTEM:
        raise NotAllowed
    in_time = Q(until__isnull=True) | Q(until__gte=clock.today())
    return ListedPerson.objects.filter(_in_use(), in_time, emptied_at__isnull=True)


def _in_use() -> Q:
    """Of lists that stand; a last day that has passed ends one at once, the clock erases it within the hour."""
    return Q(of__state=State.STANDING, of__until__gte=clock.today())


def _listed(number: UUID, said: ListedDocument) -> Listed:
    known = (said.names, said.sex, said.birth_year, said.country, said.mother, said.father, said.place)
    return Listed(number, *known)
