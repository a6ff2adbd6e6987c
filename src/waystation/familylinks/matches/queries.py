"""The only door to possible matches."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from waystation.familylinks.lists import queries as lists
from waystation.familylinks.matches.comparing import Side, of_listed, of_people
from waystation.familylinks.matches.models import Match, MatchDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.vault import open_document


def visible_to(actor: Actor) -> QuerySet[Match]:
    """Possible matches this actor may see."""
    return Match.objects.filter(policies.rows(actor, "matches.work"))


def get_for(actor: Actor, match_id: UUID, *, lock: bool = False) -> Match:
    """One possible match. Raises NotFound."""
    rows = visible_to(actor).select_related("request__person", "person", "listed__of")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=match_id).first()
    if row is None:
        raise NotFound
    return row


def document_of(row: Match, *, by: Actor) -> MatchDocument:
    """What was written about it."""
    return open_document(row, MatchDocument, by=by)


def of_request(row: TracingRequest, *, by: Actor) -> QuerySet[Match]:
    """What was looked into for a request."""
    return visible_to(by).filter(request=row).select_related("person", "listed__of")


def looked_into(rows: Iterable[TracingRequest]) -> dict[UUID, set[UUID]]:
    """Whom somebody has looked into already, by request."""
    found: dict[UUID, set[UUID]] = {row.pk: set() for row in rows}
    pairs = Match.objects.filter(request__in=found).values_list("request_id", "person_id", "listed_id")
    for request, person, listed in pairs:
        found[request] |= {number for number in (person, listed) if number is not None}
    return found


def side_of(row: Match, *, by: Actor) -> Side:
    """What is known of the person found. Raises NotFound where they are gone."""
    if row.person is not None:
        (side,) = of_people([row.person], by=by, company=True)
        return side
    if row.listed is None:
        raise NotFound
    return of_listed(row.listed, lists.document_of(row.listed, by=by))
