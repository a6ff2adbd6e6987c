"""The only door to tracing requests."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from waystation.accounts.models import Account
from waystation.accounts.queries import with_handles
from waystation.familylinks.tracing.codes import OPEN
from waystation.familylinks.tracing.documents import NewsDocument, RequestDocument
from waystation.familylinks.tracing.models import Told, TracingRequest
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.vault import open_document, open_documents


def visible_to(actor: Actor) -> QuerySet[TracingRequest]:
    """Requests this actor may see."""
    return TracingRequest.objects.filter(policies.rows(actor, "tracing.work"))


def get_for(actor: Actor, request_id: UUID, *, lock: bool = False) -> TracingRequest:
    """One request with its enquirer. Raises NotFound."""
    handle = Account.objects.filter(pk=OuterRef("owner")).values("handle")[:1]
    rows = visible_to(actor).select_related("person", "post").annotate(owner_handle=Subquery(handle))
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=request_id).first()
    if row is None:
        raise NotFound
    return row


def document_of(row: TracingRequest, *, by: Actor) -> RequestDocument:
    """Who is sought, and how they lost each other. Raises NotAllowed, BudgetSpent, NodeLocked."""
    return open_document(row, RequestDocument, by=by)


def documents_of(rows: Iterable[TracingRequest], *, by: Actor) -> dict[UUID, RequestDocument]:
    """The same of many, by id."""
    return open_documents(list(rows), RequestDocument, by=by)


def of_person(person: Person, *, by: Actor) -> QuerySet[TracingRequest]:
    """What a person asks for, as far as this actor may know that they ask."""
    rows = TracingRequest.objects.filter(policies.rows(by, "tracing.known"))
    return rows.filter(person__in=people.one_person_ids(person))


def open_for(actor: Actor) -> QuerySet[TracingRequest]:
    """Requests whose enquirers are owed news."""
    return visible_to(actor).filter(state__in=OPEN)


def told_of(row: TracingRequest, *, by: Actor) -> list[tuple[Told, NewsDocument]]:
    """What the enquirer was told, the newest first."""
    rows = list(with_handles(row.told.select_related("request")).order_by("-at", "id"))
    texts = open_documents(rows, NewsDocument, by=by)
    return [(one, texts.get(one.pk, NewsDocument())) for one in rows]


def numbers(requests: Iterable[UUID]) -> dict[UUID, str]:
    """What stands in a list of work instead of anybody's name: the numbers of requests."""
    return dict(TracingRequest.objects.filter(pk__in=list(requests)).values_list("pk", "number"))
