"""Whom the claims of the hour mean. Not when they come: how the log grows then would tell the sender that somebody fits
(its size stands in every receipt)."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction

from waystation.casework.followups import actions as followups
from waystation.exchange.identity import exchange_actor
from waystation.exchange.models import Peer
from waystation.familylinks.asking import finding, holding, queries
from waystation.familylinks.asking.codes import DECIDE_WITHIN, AskingClock, ClaimState
from waystation.familylinks.asking.documents import ClaimDocument, SaidDocument
from waystation.familylinks.asking.models import Answered, Claim, OwnPublication
from waystation.familylinks.asking.protocol import questions
from waystation.kernel import clock
from waystation.kernel.actors import Compartment
from waystation.people import queries as people
from waystation.vault import PersonErased, new_person_key, seal
from waystation.vault.sealing import open_for_keeping


def look() -> None:
    """Look at every claim that came; of a publication that is over nobody is meant. Raises NodeLocked."""
    for number in Answered.objects.filter(sealed__isnull=False).order_by("number").values_list("pk", flat=True):
        with transaction.atomic():
            row = Answered.objects.select_for_update().get(pk=number)
            if row.sealed is not None:
                _look_at(row)


def _look_at(row: Answered) -> None:
    meant: list[UUID] = []
    with suppress(PersonErased):
        said = open_for_keeping(row, SaidDocument)
        meant = _meant(row, said)
        for person in meant:
            _claimed(row, said, person)
    row.meant, row.sealed = bool(meant), None
    row.save(update_fields=["meant", "sealed"])


def _meant(row: Answered, said: SaidDocument) -> list[UUID]:
    """Whom a claim means and who may be found still."""
    own = OwnPublication.objects.filter(pk=row.publication_id).defer("tags").get()
    whose = holding.people_of(own, list(dict.fromkeys(said.tags)))
    survivors = people.survivors({person for some in whose for person in some})
    meant = questions.meant({survivors[one] for one in some if one in survivors} for some in whose)
    circle = queries.circle_name(own.circle)
    return [person for person in meant if finding.is_findable(person, circle)]


def _claimed(answered: Answered, said: SaidDocument, person: UUID) -> None:
    """An officer hears of it, unless the person barred who asks, or it is a search of which we heard before."""
    ids, peer = people.one_person_ids(person), Peer.objects.get(pk=answered.peer_id)
    if finding.is_barred(ids, peer_id=peer.pk, country=peer.country) or finding.withholds(ids, peer.name):
        return
    before = Claim.objects.filter(peer=peer, person__in=ids, case=said.case)
    if before.exclude(state=ClaimState.LAPSED).exists():
        return
    row = Claim(
        answered=answered,
        peer=peer,
        person_id=person,
        case=said.case,
        state_at=clock.now(),
        came_at=clock.now(),
    )
    new_person_key(row.pk)
    seal(row, "sealed", ClaimDocument(relation=said.relation, checked_by=said.checked_by))
    row.save(force_insert=True)
    followups.open_follow_up(
        by=exchange_actor(),
        kind=AskingClock.DECIDE,
        subject=row.pk,
        compartment=Compartment.FAMILY_LINKS,
        due_at=clock.now() + DECIDE_WITHIN,
    )
