"""The only door to circles for readers."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, QuerySet

from waystation.exchange.circles import documents
from waystation.exchange.circles.documents import Circle, Signed
from waystation.exchange.circles.rules import joined
from waystation.exchange.models import KnownCircle
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound


def visible_to(actor: Actor) -> "QuerySet[KnownCircle]":
    """All circles we know, with how many versions of each do not hold yet, for whoever may see other nodes."""
    rows = KnownCircle.objects.filter(policies.rows(actor, "exchange.view"))
    return rows.annotate(waiting=Count("drafts"))


def get_for(actor: Actor, circle_id: UUID, *, lock: bool = False) -> KnownCircle:
    """One circle. Raises NotFound."""
    rows = KnownCircle.objects.filter(policies.rows(actor, "exchange.view"), pk=circle_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound
    return row


def versions(row: KnownCircle) -> Iterator[Signed]:
    """What holds, then what does not hold yet, by number."""
    if row.number:
        yield documents.stored(bytes(row.file))
    for draft in row.drafts.all():
        yield documents.stored(bytes(draft.file))


def version(row: KnownCircle, digest: str) -> Signed:
    """One of these. Raises NotFound."""
    found = next((one for one in versions(row) if one.circle.digest == digest), None)
    if found is None:
        raise NotFound
    return found


def others_of_number(row: KnownCircle, signed: Signed) -> Iterator[Signed]:
    """Other versions under the number of one."""
    for other in versions(row):
        if other.circle.number == signed.circle.number and other.circle.raw != signed.circle.raw:
            yield other


def binding(peer_id: UUID, us: UUID) -> list[Circle]:
    """The circles that bind us with a node."""
    return [one for one in joined() if {peer_id, us} <= one.nodes]
