"""The only door to requests, and what would leave in each direction."""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localdate

from waystation.casework.cases import queries as cases
from waystation.casework.cases.codes import CaseState
from waystation.casework.cases.documents import CaseDocument
from waystation.casework.cases.models import Case
from waystation.casework.followups.codes import State
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover import queries as handover
from waystation.casework.handover import told
from waystation.casework.requests import telling
from waystation.casework.requests.codes import LIMITS, ON_THE_ROAD, WAITING, RequestClock
from waystation.casework.requests.documents import AskedDocument, FoundDocument, TheirDocument
from waystation.casework.requests.models import Found, OurRequest, TheirRequest
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, NotFound
from waystation.people import coverage
from waystation.people import queries as people
from waystation.people.codes import Purpose
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Person
from waystation.vault import open_document, open_documents

DAY = timedelta(days=1)


def ours(actor: Actor) -> QuerySet[OurRequest]:
    """What this actor may see of what we ask."""
    return OurRequest.objects.filter(policies.rows(actor, "requests.view"))


def theirs(actor: Actor) -> QuerySet[TheirRequest]:
    """What this actor may see of what is asked of us; a withdrawal whose question has not come is nobody's matter."""
    return TheirRequest.objects.filter(policies.rows(actor, "requests.view")).exclude(case_kind="")


def ours_for(actor: Actor, number: UUID, *, lock: bool = False) -> OurRequest:
    """One request of ours. Raises NotFound."""
    rows = ours(actor).select_related("person", "peer", "consent")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def theirs_for(actor: Actor, number: UUID, *, lock: bool = False) -> TheirRequest:
    """One request to us. Raises NotFound."""
    rows = theirs(actor).select_related("person", "peer")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def of_person(person: Person, *, by: Actor) -> list[OurRequest]:
    """What was asked about somebody, the newest first."""
    rows = ours(by).filter(person__in=people.one_person_ids(person)).select_related("peer")
    return list(rows.order_by("-made_at", "pk").defer("sealed"))


def found_for(actor: Actor, number: UUID) -> Found:
    """One field that came, locked. Raises NotFound."""
    rows = Found.objects.select_for_update(of=("self",)).select_related("request__person")
    row = rows.filter(pk=number, request__in=ours(actor)).first()
    if row is None:
        raise NotFound
    return row


def asked_of(row: OurRequest, *, by: Actor) -> AskedDocument:
    """What we ask, and what was said about it."""
    return open_document(row, AskedDocument, by=by)


def said_by(row: TheirRequest, *, by: Actor) -> TheirDocument:
    """What they ask, and whom they mean; nothing once it is forgotten."""
    return open_document(row, TheirDocument, by=by) if row.sealed else TheirDocument()


def value_of(found: Found, *, by: Actor) -> Any:
    """What a field says."""
    return json.loads(open_document(found, FoundDocument, by=by).value)


def found_of(row: OurRequest, *, by: Actor) -> list[tuple[Found, Any]]:
    """What they told, field by field, with the value."""
    rows = list(row.found.select_related("request"))
    opened = open_documents(rows, FoundDocument, by=by)
    return [(one, json.loads(opened[one.pk].value)) for one in rows if one.pk in opened]


def question(row: OurRequest, *, by: Actor) -> dict[str, Any]:
    """What they are asked first: nothing by which one could know who it is."""
    person, document = people.get_for(by, row.person_id), asked_of(row, by=by)
    when = {"when": document.when} if document.when else {}
    return {
        "case_kind": row.case_kind,
        "why": row.why,
        "age_band": person.age_band,
        "sex": person.sex,
        "languages": list(people.identity_of(person, by=by).languages),
        "parts": list(document.parts),
        "until": row.until.isoformat(),
        **when,
    }


def leaving(row: OurRequest, *, by: Actor) -> dict[str, Any]:
    """Exactly by what they could find the person now."""
    document, person = asked_of(row, by=by), people.get_for(by, row.person_id)
    record = told.Known(identity=people.identity_of(person, by=by), case=CaseDocument(), goals=())
    return telling.to_find(record, document.find_by, document.place)


def statement(consent: Consent, *, by: Actor) -> dict[str, Any]:
    """The consent as it is stated to who is asked."""
    said = open_document(consent, ConsentDocument, by=by)
    return {
        "consent_on": localdate(consent.given_at).isoformat(),
        "consent_until": (consent.expires_on or clock.today()).isoformat(),
        "consent_given_by": said.given_by,
        "consent_language": said.language,
        "consent_read_back": said.read_back,
    }


def case_about(row: OurRequest | TheirRequest, person: Person, *, by: Actor) -> Case | None:
    """The person's case of the field that is asked about: of the same compartment, an open one first."""
    found = [case for case in cases.of_person(person, by=by) if case.compartment_of_row == row.compartment_of_row]
    return next((case for case in found if case.kind == row.case_kind), next(iter(found), None))


def open_case_about(row: OurRequest, person: Person, *, by: Actor) -> Case | None:
    """As `case_about`, where something may still be written."""
    case = case_about(row, person, by=by)
    return case if case is not None and case.state != CaseState.CLOSED else None


def known(row: OurRequest | TheirRequest, person: Person, *, by: Actor) -> telling.Known:
    """Everything that could be told of somebody in answer to a request, or stands here beside what came."""
    case = case_about(row, person, by=by)
    record = (
        handover.known(case, by=by, person=person)
        if case is not None
        else told.Known(identity=people.identity_of(person, by=by), case=CaseDocument(), goals=())
    )
    return telling.Known(
        record=record,
        first_met=localdate(person.registered_at),
        last_met=localdate(person.last_met_at) if person.last_met_at else None,
    )


def standing(row: TheirRequest, person: Person, kind: str, *, by: Actor) -> Consent | None:
    """The consent given here under which they may be told now."""
    try:
        return coverage.consent_for(by, person, purpose=Purpose.REFERRAL, recipient_kind=kind, recipient=row.peer.name)
    except ConsentMissing:
        return None


def words_of(consent: Consent, *, by: Actor) -> str:
    """What was noted when a consent was given: what it is about, in words."""
    return open_document(consent, ConsentDocument, by=by).note


def ours_too_many(peer_id: UUID) -> bool:
    """Whether this organisation has as many questions of ours as one may ask."""
    rows = OurRequest.objects.filter(peer=peer_id)
    asked = rows.filter(state__in=ON_THE_ROAD).count()
    return asked >= LIMITS.open_at_once or sent_today(rows) >= LIMITS.a_day


def sent_today(rows: "QuerySet[OurRequest]") -> int:
    """How many were asked within a day, whatever became of them."""
    return rows.filter(asked_at__gte=clock.now() - DAY).count()


def theirs_too_many(peer_id: UUID) -> bool:
    """Whether they have asked as much as one organisation may."""
    rows = TheirRequest.objects.filter(peer=peer_id).exclude(case_kind="")
    open_ones = rows.filter(state__in=WAITING).count()
    return open_ones >= LIMITS.open_at_once or rows.filter(came_at__gte=clock.now() - DAY).count() >= LIMITS.a_day


def names_of(rows: Iterable[OurRequest], *, by: Actor) -> dict[UUID, str]:
    """Whom requests are about, by request, for one page."""
    shown = list(rows)
    identities = people.identities([row.person for row in shown], by=by)
    return {row.pk: identities[row.person_id].display_name for row in shown if row.person_id in identities}


def owes_word(row: TheirRequest) -> bool:
    """Whether somebody must still tell them that the consent was taken back."""
    return FollowUp.objects.filter(kind=RequestClock.TELL, subject=row.pk, state=State.OPEN).exists()
