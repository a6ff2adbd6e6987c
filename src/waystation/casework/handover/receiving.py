"""Taking over: content becomes a registered person and an open case, in the name of who accepted."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from waystation.casework import arrivals
from waystation.casework.cases import actions as cases
from waystation.casework.cases.codes import FIRST_CONTACT_WITHIN, KINDS, CaseKind
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.cases.models import Case
from waystation.casework.handover import moving, told
from waystation.casework.handover.codes import (
    CORRECTION_WITHIN,
    ENDED,
    FIELDS,
    LONGEST_OFFER,
    TAKER,
    CorrectionState,
    HandoverClock,
    TakerAct,
)
from waystation.casework.handover.documents import CorrectionDocument
from waystation.casework.handover.enclosures import coming as enclosures
from waystation.casework.handover.models import Correction, Offered
from waystation.casework.handover.problems import Recalled
from waystation.casework.problems import NobodyToTake, NotAccepted, TooLate, TooManyWaiting
from waystation.casework.road import MOST_WAITING
from waystation.exchange.kinds import Received
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.people import actions as people
from waystation.people.drafts import MemberDraft, RegistrationDraft
from waystation.people.models import Membership
from waystation.vault import seal


def take(row: Offered, received: Received) -> None:
    """Register the person, open the case, say that we are responsible.

    Raises NotAccepted, Recalled, NobodyToTake, Invalid.
    """
    if not TAKER.allows(row.state, TakerAct.TAKE):
        raise NotAccepted
    if row.recalled_at is not None:
        raise Recalled
    said = {name: received.body[name] for name in FIELDS if name in received.body}
    by = arrivals.who_accepted(row.accepted_by)
    row.tell_back, row.group = received.body["feedback"], _group(received)
    try:
        row.person_id = _registered(by, row, said)
        row.case = _opened(by, row, said)
    except NotAllowed as problem:
        raise NobodyToTake from problem
    moving.take(by, row, TakerAct.TAKE, "tell_back", "group", "person", "case")
    moving.tell(by, row, "handover.taken", {})
    enclosures.announce(received.by, row, received.body.get("files", ()))
    _remind_of_corrections(by, row)


def correct(row: Offered, received: Received) -> None:
    """Keep each field that they say otherwise until somebody has looked at both.

    Raises Recalled, TooLate, TooManyWaiting, Invalid for no day at all.
    """
    if row.recalled_at is not None:
        raise Recalled
    if row.state in ENDED:
        raise TooLate
    if row.corrections.filter(state=CorrectionState.WAITING).count() >= MOST_WAITING:
        raise TooManyWaiting
    arrivals.identity(received.body)
    for name in FIELDS:
        if name in received.body and row.sealed:
            found = Correction(offered=row, name=name, said_at=min(received.at, received.came_at))
            seal(found, "sealed", CorrectionDocument(value=json.dumps(arrivals.cleaned(received.body[name]))))
            found.save(force_insert=True)
    moving.note(received.by, "handover.heard.correct", row)
    if row.person_id is not None:
        _remind_of_corrections(received.by, row)


def _remind_of_corrections(by: Actor, row: Offered) -> None:
    if row.corrections.filter(state="waiting").exists():
        moving.remind(by, row, HandoverClock.CORRECTION, clock.now() + CORRECTION_WITHIN)


def _registered(by: Actor, row: Offered, said: dict[str, Any]) -> UUID:
    draft = RegistrationDraft(identity=arrivals.identity(said), sex=row.sex, age_band=row.age_band)
    if row.group is None:
        return people.register(by=by, draft=draft).person.pk
    household = _household(row)
    (made,) = people.register_household(by=by, drafts=[MemberDraft(person=draft)], household_id=household)
    return made.person.pk


def _household(row: Offered) -> UUID | None:
    """The household of those who came in the same group before."""
    before = Offered.objects.filter(peer=row.peer_id, group=row.group, person__isnull=False).values("person")
    found: UUID | None = (
        Membership.objects.filter(person__in=before, left_on__isnull=True).values_list("household", flat=True).first()
    )
    return found


def _opened(by: Actor, row: Offered, said: dict[str, Any]) -> Case:
    if not by.opens(KINDS[CaseKind(row.case_kind)].compartment) or row.person_id is None:
        raise NotAllowed
    texts = told.case_texts(said)
    draft = cases.CaseDraft(
        kind=row.case_kind, risk=row.risk, reason=texts.get("reason", ""), wishes=texts.get("wishes", "")
    )
    case = cases.open_case(by=by, person_id=row.person_id, draft=draft)
    if "assessment" in texts:
        only = {"assessment": texts["assessment"]}
        case = cases.write(by=by, case_id=case.pk, revision=case.revision, texts=only)
    for goal in said.get("plan", ()):
        cases.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal=goal))
    return case


def _group(received: Received) -> UUID | None:
    raw = received.body.get("group")
    if raw is None:
        return None
    try:
        return UUID(bytes=raw)
    except ValueError as problem:
        raise Invalid({"group": ""}) from problem


def day_of(text: str) -> date:
    """Until when an offer stands, as it is written in a message; no longer than any may. Raises Invalid."""
    try:
        said = date.fromisoformat(text)
    except ValueError as problem:
        raise Invalid({"until": text}) from problem
    today = clock.today()
    return min(max(said, today - timedelta(days=1)), today + LONGEST_OFFER)


def decide_by(row: Offered) -> datetime:
    """When an offer must be decided: as soon as someone must be there, and while it stands."""
    soon = clock.now() + FIRST_CONTACT_WITHIN.get(row.risk, timedelta(days=7))
    return min(soon, clock.end_of(row.until)) if row.until else soon
