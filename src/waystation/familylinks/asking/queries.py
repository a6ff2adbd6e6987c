"""The only door to what is asked on the road, by us and of us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from waystation.exchange.circles import rules
from waystation.exchange.models import KnownCircle
from waystation.exchange.queries import names_of
from waystation.familylinks.asking.documents import ClaimDocument, WordDocument
from waystation.familylinks.asking.models import (
    Asking,
    Bars,
    Claim,
    OwnPublication,
    Publishing,
    Suspended,
    TheirPublication,
    Word,
)
from waystation.familylinks.tracing import queries as requests
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.vault import open_document, open_documents


@dataclass(frozen=True, kw_only=True, slots=True)
class CircleLine:
    """A circle as its publications stand: ours, and how many others publish in it."""

    id: UUID
    name: str
    wished: bool
    own: OwnPublication | None
    others: int


def claims(actor: Actor) -> "QuerySet[Claim]":
    """Claims this actor may see."""
    return Claim.objects.filter(policies.rows(actor, "asking.answer"))


def bars(actor: Actor) -> "QuerySet[Bars]":
    """By whom people whom this actor may see never want to be found."""
    return Bars.objects.filter(policies.rows(actor, "asking.answer"))


def askings(actor: Actor) -> "QuerySet[Asking]":
    """What is asked about requests that this actor may see."""
    return Asking.objects.filter(request__in=requests.visible_to(actor))


def claim_for(actor: Actor, claim_id: UUID, *, lock: bool = False) -> Claim:
    """One claim. Raises NotFound."""
    rows = claims(actor).select_related("peer", "person", "answered")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=claim_id).first()
    if row is None:
        raise NotFound
    return row


def document_of(row: Claim, *, by: Actor) -> ClaimDocument:
    """What was written about it; of one that is long over nothing is left."""
    return open_document(row, ClaimDocument, by=by) if row.sealed else ClaimDocument()


def documents_of(rows: Sequence[Claim], *, by: Actor) -> dict[UUID, ClaimDocument]:
    """The same of several, by claim."""
    return open_documents(rows, ClaimDocument, by=by)


def asking_of(row: TracingRequest) -> Asking | None:
    """Whether the road is asked about the person sought; the caller has seen the request."""
    return Asking.objects.filter(request=row).first()


def words_of(row: TracingRequest, *, by: Actor) -> list[tuple[Word, WordDocument]]:
    """Words that came for a request, the oldest first."""
    rows = Word.objects.filter(policies.rows(by, "asking.ask"), question__asking__request=row)
    found = list(rows.select_related("question__peer", "question__asking__request"))
    texts = open_documents(found, WordDocument, by=by)
    return [(one, texts[one.pk]) for one in found if one.pk in texts]


def word_for(actor: Actor, word_id: UUID, *, lock: bool = False) -> Word:
    """One. Raises NotFound."""
    rows = Word.objects.filter(policies.rows(actor, "asking.ask"))
    rows = rows.select_related("question__peer", "question__asking__request__person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=word_id).first()
    if row is None:
        raise NotFound
    return row


def circles() -> list[CircleLine]:
    """The circles that bind us now. Three queries."""
    wished = set(Publishing.objects.values_list("circle", flat=True))
    own = {row.circle: row for row in OwnPublication.objects.filter(ended_at__isnull=True).defer("tags", "file")}
    whole = TheirPublication.objects.filter(is_whole=True, until__gt=clock.now())
    others = dict(whole.values_list("circle").annotate(Count("pk")).order_by())
    return [
        CircleLine(
            id=one.id,
            name=one.name,
            wished=one.id in wished,
            own=own.get(one.id),
            others=others.get(one.id, 0),
        )
        for one in rules.joined()
        if one.until > clock.now()
    ]


def suspended() -> "QuerySet[Suspended]":
    """Nodes that are answered no more."""
    return Suspended.objects.filter(lifted_at__isnull=True).select_related("peer").order_by("at")


def circle_name(circle_id: UUID) -> str:
    """What a circle is called; nothing when nobody knows it any more."""
    return KnownCircle.objects.filter(pk=circle_id).values_list("name", flat=True).first() or ""


def next_hour(moment: datetime) -> datetime:
    """The next full hour: when answers leave together."""
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def peer_named(peer_id: UUID) -> str:
    """What a node is called. Raises NotFound."""
    name = names_of([peer_id]).get(peer_id)
    if name is None:
        raise NotFound
    return name
