"""Every write on what is offered to us."""

import json
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases import queries as cases
from waystation.casework.cases.codes import CaseState
from waystation.casework.followups import actions as followups
from waystation.casework.handover import moving, queries, writing
from waystation.casework.handover.codes import (
    ARRIVAL_WITHIN,
    CORRECTION_TABLE,
    TAKER,
    BackFor,
    HandoverClock,
    News,
    Refusal,
    TakerAct,
    Taking,
)
from waystation.casework.handover.enclosures import coming
from waystation.casework.handover.models import Correction, Offered
from waystation.casework.problems import NotAgreed
from waystation.casework.talk import cleaned_words
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.kernel.states import WrongState
from waystation.people import cleaning


@action("handover.work")
def accept(*, by: Actor, offered_id: UUID) -> Offered:
    """Say that we take the case over; what is known comes next, and is registered in this name.

    Raises NotFound, WrongState, Invalid once the offer is over.
    """
    row = queries.offered_for(by, offered_id, lock=True)
    TAKER.after(row.state, TakerAct.ACCEPT)
    if row.until is not None and row.until < clock.today():
        raise Invalid({}, _("This offer is over. Ask them to offer it again."))
    if by.post_id is None:
        raise Invalid({}, _("Choose the post where you are, then accept."))
    row.accepted_by = by.account_id
    moving.take(by, row, TakerAct.ACCEPT, "accepted_by")
    moving.tell(by, row, "handover.answer", {"answer": "accept"})
    moving.remind(by, row, HandoverClock.CONTENT, clock.now() + ARRIVAL_WITHIN)
    return row


@action("handover.work")
def refuse(*, by: Actor, offered_id: UUID, reason: str) -> Offered:
    """Say that we do not take it over, and why. Who is trusted no more is not told, and is rid of all the same.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.offered_for(by, offered_id, lock=True)
    TAKER.after(row.state, TakerAct.REFUSE)
    errors: cleaning.Errors = {}
    cleaning.require_code(Refusal, reason, "reason", errors)
    cleaning.refuse(errors)
    row.refused = reason
    moving.take(by, row, TakerAct.REFUSE, "refused")
    moving.tell_surely(by, row, "handover.answer", answer="refuse", reason=reason)
    return row


@action("handover.work")
def ask(*, by: Actor, offered_id: UUID, words: str) -> Offered:
    """Ask something before deciding. Raises NotFound, WrongState, Invalid."""
    row = queries.offered_for(by, offered_id, lock=True)
    if row.state not in {Taking.OFFERED, Taking.ACCEPTED}:
        raise WrongState
    said = cleaned_words(words)
    moving.say(row, said, at=clock.now(), theirs=False)
    moving.tell(by, row, "handover.answer", {"answer": "ask", "words": said})
    moving.note(by, "handover.ask", row)
    return row


@action("handover.work")
def give_back(*, by: Actor, offered_id: UUID, reason: str) -> Offered:
    """Give the case back. We stay responsible until they confirm that they have it.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.offered_for(by, offered_id, lock=True)
    TAKER.after(row.state, TakerAct.GIVE_BACK)
    errors: cleaning.Errors = {}
    cleaning.require_code(BackFor, reason, "reason", errors)
    cleaning.refuse(errors)
    case = cases.get_for(by, row.case_id or row.pk, lock=True)
    if case.state == CaseState.CLOSED:
        raise Invalid({}, _("This case is closed. Open it again first."))
    if queries.standing(case) is not None:
        raise Invalid({}, _("This case is being handed over already. Take that offer back first."))
    row.back_for = reason
    moving.take(by, row, TakerAct.GIVE_BACK, "back_for")
    coming.stop(by, row)
    moving.tell(by, row, "handover.give_back", {"reason": reason})
    return row


@action("handover.work")
def tell_news(*, by: Actor, offered_id: UUID, news: str) -> Offered:
    """Tell who handed it over how the person fares, once each. Raises NotFound, WrongState, Invalid, NotAgreed."""
    row = queries.offered_for(by, offered_id, lock=True)
    errors: cleaning.Errors = {}
    cleaning.require_code(News, news, "news", errors)
    cleaning.refuse(errors)
    if row.state != Taking.TAKEN:
        raise WrongState
    if not row.tell_back:
        raise NotAgreed
    if news not in row.told_back:
        row.told_back = [*row.told_back, news]
        row.save(update_fields=["told_back"])
        moving.tell(by, row, "handover.feedback", {"news": news})
        moving.note(by, "handover.news", row)
    return row


@action("handover.work")
def seen_to(*, by: Actor, offered_id: UUID) -> Offered:
    """Somebody spoke with the person who took the consent back, or knows that the case is gone. Raises NotFound."""
    row = queries.offered_for(by, offered_id, lock=True)
    for kind in (HandoverClock.RECALLED, HandoverClock.GONE):
        followups.finish_follow_up(by=by, kind=kind, subject=row.pk)
    moving.note(by, "handover.seen_to", row)
    return row


@action("handover.work")
def decide(*, by: Actor, correction_id: UUID, act: str) -> Correction:
    """Take a correction over, or leave what stands here. Raises NotFound, WrongState, Invalid, Conflict."""
    found = queries.correction_for(by, correction_id)
    if act not in {"use", "leave"}:
        raise Invalid({"act": _("Choose one of the answers offered.")})
    if act == "use" and found.offered.state != Taking.TAKEN:
        raise WrongState
    found.state, found.decided_by = CORRECTION_TABLE.after(found.state, act), by.account_id
    if act == "use":
        value = json.loads(queries.value_of(found, by=by))
        person, case = found.offered.person_id, found.offered.case_id
        writing.write(by=by, person_id=person, case_id=case, name=found.name, said={found.name: value})
    found.save(update_fields=["state", "decided_by"])
    if not found.offered.corrections.filter(state="waiting").exists():
        followups.finish_follow_up(by=by, kind=HandoverClock.CORRECTION, subject=found.offered_id)
    moving.note(by, f"handover.correction.{act}", found.offered)
    return found
