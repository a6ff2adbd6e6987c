"""Whoever comes after a request was written may be the one: looked for each hour, and told once as something to do."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from waystation.casework.followups import actions as followups
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.matches import comparing
from waystation.familylinks.matches.codes import MatchClock
from waystation.familylinks.matches.index import Sought, service
from waystation.familylinks.matches.models import Match, Noticed
from waystation.familylinks.tracing.codes import LOOKING
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.actors import Compartment
from waystation.people.documents import ConsentDocument, IdentityDocument
from waystation.people.models import Consent
from waystation.vault import stream_for_count
from waystation.vault.actors import system_actor
from waystation.vault.sealing import open_for_keeping

WORTH_TELLING = 0.3
"""From which probability an officer is told without having looked."""


def notice() -> int:
    """Open something to do for each request with somebody new who may be the one; how many. Raises NodeLocked."""
    index = service.ready()
    if index is None:
        return 0
    rows = TracingRequest.objects.filter(state__in=LOOKING).select_related("person")
    return sum(_notice_one(index, row, said) for row, said in stream_for_count(rows, RequestDocument))


def _notice_one(index: Sought, row: TracingRequest, said: RequestDocument) -> bool:
    near = [one for one in comparing.propose(index, row, said) if one.probability >= WORTH_TELLING]
    known = set(Noticed.objects.filter(request=row).values_list("other", flat=True))
    known |= {number for pair in Match.objects.filter(request=row).values_list("person", "listed") for number in pair}
    own = [one.id for one in near if not one.listed]
    hidden = comparing.together(row, own) | _barring(row, own)
    new = [one.id for one in near if one.id not in known and one.id not in hidden]
    if not new:
        return False
    with transaction.atomic():
        Noticed.objects.bulk_create([Noticed(request=row, other=number) for number in new], ignore_conflicts=True)
        if not FollowUp.objects.filter(kind=MatchClock.LOOK, subject=row.pk, state="open").exists():
            followups.open_follow_up(
                by=system_actor(),
                kind=MatchClock.LOOK,
                subject=row.pk,
                compartment=Compartment.FAMILY_LINKS,
                owner=row.owner,
            )
    return True


def _barring(row: TracingRequest, ids: Sequence[UUID]) -> set[UUID]:
    """Who of these does not wish to be found by this enquirer."""
    answers: dict[UUID, list[tuple[Consent, ConsentDocument]]] = {}
    for consent in Consent.objects.filter(person__in=ids).order_by("given_at"):
        answers.setdefault(consent.person_id, []).append((consent, open_for_keeping(consent, ConsentDocument)))
    if not answers:
        return set()
    enquirer = open_for_keeping(row.person, IdentityDocument).all_names
    return {person for person, said in answers.items() if comparing.is_hidden(said, enquirer)}
