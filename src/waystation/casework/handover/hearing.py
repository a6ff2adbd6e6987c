"""What happens when a message about a handover comes, or when we learn how one of ours ended.

Messages come once each, in any order. What comes too late for the state something is in changes nothing.
"""

from uuid import UUID

from waystation.casework.cases import handing
from waystation.casework.cases.codes import KINDS, CaseKind, Risk
from waystation.casework.codes import NEEDS
from waystation.casework.followups import actions as followups
from waystation.casework.handover import moving, receiving
from waystation.casework.handover.codes import (
    BACK_WITHIN,
    GIVER,
    QUESTION_WITHIN,
    SEND_WITHIN,
    TAKER,
    TELL_WITHIN,
    WITH_US,
    BackFor,
    GiverAct,
    Giving,
    HandoverClock,
    News,
    Refusal,
    TakerAct,
    Taking,
)
from waystation.casework.handover.documents import OfferedDocument
from waystation.casework.handover.enclosures import coming, going
from waystation.casework.handover.models import Given, Offered
from waystation.casework.handover.problems import UnknownHandover
from waystation.casework.problems import NotAgreed, TooLate, TooManyWaiting
from waystation.casework.referrals.codes import Service
from waystation.casework.road import MOST_WAITING
from waystation.exchange.identity import exchange_actor
from waystation.exchange.kinds import Answered, Received
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.people.codes import AgeBand, Sex
from waystation.people.tongues import LANGUAGES
from waystation.vault import new_person_key, seal

GONE = ("refused", "given_up")
EXPECTED = (Taking.ACCEPTED, *WITH_US)
"""States in which somebody here expects to help."""
ENDED_BEFORE = (Giving.WITHDRAWN, Giving.REFUSED, Giving.FAILED)


def offer(received: Received) -> None:
    """Somebody asks whether we take a case over. Raises TooManyWaiting, Invalid for codes that are not ours."""
    if _known(received) is not None:
        return
    if Offered.objects.filter(peer=received.peer_id, state=Taking.OFFERED).count() >= MOST_WAITING:
        raise TooManyWaiting
    body = received.body
    row = Offered(
        peer_id=received.peer_id,
        exchange=exchange_of(received),
        state_at=clock.now(),
        came_at=clock.now(),
        until=receiving.day_of(body["until"]),
        **{name: body[name] for name in ("case_kind", "risk", "age_band", "sex")},
    )
    for codes, value in ((CaseKind, row.case_kind), (Risk, row.risk), (AgeBand, row.age_band), (Sex, row.sex)):
        if value not in codes.values:
            raise Invalid({"": str(value)})
    row.compartment = KINDS[CaseKind(row.case_kind)].compartment
    new_person_key(row.pk)
    lists = {
        name: tuple(code for code in body.get(name, ()) if code in known)
        for name, known in (("languages", LANGUAGES), ("needs", NEEDS), ("asked", Service.values))
    }
    seal(row, "sealed", OfferedDocument(**lists))
    row.save(force_insert=True)
    moving.remind(received.by, row, HandoverClock.DECIDE, receiving.decide_by(row))
    moving.note(received.by, "handover.heard.offer", row)


def answer(received: Received) -> None:
    """They accept, refuse or ask; or they answer what we asked. Raises UnknownHandover, TooLate, Invalid."""
    act = {"accept": _accepted, "refuse": _refused, "ask": _asked, "reply": _replied}.get(received.body["answer"])
    if act is None:
        raise Invalid({"answer": received.body["answer"]})
    act(received)


def _accepted(received: Received) -> None:
    row = _given(received)
    if row.state in ENDED_BEFORE:
        raise TooLate
    if not GIVER.allows(row.state, GiverAct.ACCEPT):
        return
    moving.give(received.by, row, GiverAct.ACCEPT)
    moving.remind(received.by, row, HandoverClock.SEND, clock.now() + SEND_WITHIN)


def _refused(received: Received) -> None:
    row = _given(received)
    if not GIVER.allows(row.state, GiverAct.REFUSE):
        return
    reason = received.body.get("reason", "")
    row.refused = reason if reason in Refusal.values else Refusal.OTHER
    moving.give(received.by, row, GiverAct.REFUSE, "refused")
    moving.remind(received.by, row, HandoverClock.BACK, clock.now() + BACK_WITHIN)


def _asked(received: Received) -> None:
    row = _given(received)
    moving.say(row, received.body.get("words", ""), at=received.came_at, theirs=True)
    if row.state in {Giving.OFFERED, Giving.ACCEPTED}:
        moving.remind(received.by, row, HandoverClock.QUESTION, clock.now() + QUESTION_WITHIN)
    moving.note(received.by, "handover.heard.ask", row)


def _replied(received: Received) -> None:
    row = _offered(received)
    moving.say(row, received.body.get("words", ""), at=received.came_at, theirs=True)
    moving.note(received.by, "handover.heard.reply", row)


def content(received: Received) -> None:
    """What was agreed has come: the person is registered, the case is open, and we are responsible.

    Raises UnknownHandover, NotAccepted, NobodyToTake, Invalid.
    """
    receiving.take(_offered(received), received)


def taken(received: Received) -> None:
    """They have registered the person and opened the case."""
    row = _given(received)
    if GIVER.allows(row.state, GiverAct.TAKE):
        _with_them(received.by, row)


def give_back(received: Received) -> None:
    """The case is ours again, as soon as this is written. Raises UnknownHandover, TooLate."""
    row = _given(received)
    if row.state == Giving.BACK:
        return
    if not GIVER.allows(row.state, GiverAct.BACK):
        raise TooLate
    reason = received.body["reason"]
    row.back_for = reason if reason in BackFor.values else BackFor.OTHER
    moving.call_back(received.by, row)
    going.stop(received.by, row, tell=False)
    moving.give(received.by, row, GiverAct.BACK, "back_for")
    _ours_again(received.by, row)


def withdraw(received: Received) -> None:
    """They take the offer back; before it came, that is kept until it comes.

    What we had taken over ends here too, for a case has one owner. But somebody may rely on us, and whoever takes it
    back may be brought back from an older copy, or mean harm: so somebody here looks.
    """
    row = _known(received)
    if row is None:
        _before_its_offer(received)
    elif TAKER.allows(row.state, TakerAct.WITHDRAW):
        if row.state in WITH_US and row.case is not None:
            handing.close(by=received.by, case=row.case)
        if row.state in EXPECTED:
            moving.remind(received.by, row, HandoverClock.GONE, clock.now() + BACK_WITHIN)
        moving.take(received.by, row, TakerAct.WITHDRAW)
        coming.stop(received.by, row)


def recall(received: Received) -> None:
    """The person took the consent back there. What has not come is not taken any more; who has the case asks the person
    what may stay. Raises UnknownHandover."""
    row = _offered(received)
    if row.recalled_at is not None:
        return
    row.recalled_at = min(received.at, received.came_at)
    row.save(update_fields=["recalled_at"])
    if row.state in WITH_US:
        moving.remind(received.by, row, HandoverClock.RECALLED, clock.now() + TELL_WITHIN)
    moving.note(received.by, "handover.heard.recall", row)


def correct(received: Received) -> None:
    """What they say otherwise now, side by side with what stands here. Raises UnknownHandover."""
    receiving.correct(_offered(received), received)


def feedback(received: Received) -> None:
    """How the person fares. Raises UnknownHandover, NotAgreed, Invalid."""
    row = _given(received)
    if not row.tell_back:
        raise NotAgreed
    news = received.body["news"]
    if news not in News.values:
        raise Invalid({"news": news})
    name = f"{news}_at"
    if getattr(row, name) is None:
        setattr(row, name, min(received.at, received.came_at))
        row.save(update_fields=[name])
    moving.note(received.by, "handover.heard.feedback", row)


def offer_answered(ended: Answered) -> None:
    """An offer that they could not take, or that nobody can open any more: we stay responsible."""
    row = _own(ended)
    if row is not None and ended.state in GONE and GIVER.allows(row.state, GiverAct.FAIL):
        row.refused = ended.reason
        by = exchange_actor()
        moving.give(by, row, GiverAct.FAIL, "refused")
        moving.remind(by, row, HandoverClock.BACK, clock.now() + BACK_WITHIN)


def content_answered(ended: Answered) -> None:
    """It came, or had no effect there and we are responsible again. Given up: nobody knows, so somebody must ask."""
    row = _own(ended)
    if row is None or row.state != Giving.SENT:
        return
    by = exchange_actor()
    if ended.state == "given_up":
        followups.finish_follow_up(by=by, kind=HandoverClock.ARRIVAL, subject=row.pk)
        moving.remind(by, row, HandoverClock.ARRIVAL, clock.now(), immediate=True)
    elif ended.state == "refused":
        row.refused = ended.reason
        moving.call_back(by, row)
        going.stop(by, row, tell=False)
        moving.give(by, row, GiverAct.FAIL, "refused")
        _ours_again(by, row)
        moving.tell_surely(by, row, "handover.withdraw")
    elif not ended.reason:
        _with_them(by, row)


def answer_answered(ended: Answered) -> None:
    """Our acceptance came too late: nothing will come. Where nobody knows whether an answer came, it is said again."""
    row = _theirs(ended)
    if row is None:
        return
    by = exchange_actor()
    if ended.state == "refused" and TAKER.allows(row.state, TakerAct.LOSE):
        moving.take(by, row, TakerAct.LOSE)
    elif ended.state == "given_up" and row.state == Taking.ACCEPTED:
        moving.tell_surely(by, row, "handover.answer", answer="accept")
    elif ended.state == "given_up" and row.state == Taking.REFUSED:
        moving.tell_surely(by, row, "handover.answer", answer="refuse", reason=row.refused)


def give_back_answered(ended: Answered) -> None:
    """They have it again, or cannot take it back: then we go on. Where nobody knows, it is said again."""
    row = _theirs(ended)
    if row is None or row.state != Taking.GIVING_BACK:
        return
    by = exchange_actor()
    if ended.state == "refused":
        moving.take(by, row, TakerAct.KEEP)
    elif ended.state == "given_up":
        moving.tell_surely(by, row, "handover.give_back", reason=row.back_for)
    elif not ended.reason:
        if row.case is not None:
            handing.close(by=by, case=row.case)
        moving.take(by, row, TakerAct.CONFIRM)


def recall_answered(ended: Answered) -> None:
    """They know it, so nobody has to tell them. Where nobody knows whether it came, it is said again."""
    row = _own(ended)
    if row is None:
        return
    if ended.state == "given_up":
        moving.tell_surely(exchange_actor(), row, "handover.recall")
    elif ended.state == "received" and not ended.reason:
        followups.finish_follow_up(by=exchange_actor(), kind=HandoverClock.TELL, subject=row.pk)


def withdraw_answered(ended: Answered) -> None:
    """Where nobody knows whether it came, it is said again."""
    row = _own(ended)
    if row is not None and ended.state == "given_up":
        moving.tell_surely(exchange_actor(), row, "handover.withdraw")


def exchange_of(received: Received) -> UUID:
    """What both sides call the handover. Raises UnknownHandover."""
    try:
        return UUID(bytes=received.body["exchange"])
    except ValueError as problem:
        raise UnknownHandover from problem


def _given(received: Received) -> Given:
    rows = Given.objects.select_for_update(of=("self",)).select_related("case")
    row = rows.filter(pk=exchange_of(received), peer=received.peer_id).first()
    if row is None:
        raise UnknownHandover
    return row


def _known(received: Received) -> Offered | None:
    rows = Offered.objects.select_for_update(of=("self",)).select_related("case")
    return rows.filter(exchange=exchange_of(received), peer=received.peer_id).first()


def _offered(received: Received) -> Offered:
    row = _known(received)
    if row is None:
        raise UnknownHandover
    return row


def _own(ended: Answered) -> Given | None:
    rows = Given.objects.select_for_update(of=("self",)).select_related("case")
    return rows.filter(pk=ended.subject).first() if ended.subject else None


def _theirs(ended: Answered) -> Offered | None:
    rows = Offered.objects.select_for_update(of=("self",)).select_related("case")
    return rows.filter(pk=ended.subject).first() if ended.subject else None


def _before_its_offer(received: Received) -> None:
    row = Offered.objects.create(
        peer_id=received.peer_id,
        exchange=exchange_of(received),
        compartment=Compartment.BASIC,
        state=Taking.WITHDRAWN,
        state_at=clock.now(),
        came_at=clock.now(),
    )
    moving.note(received.by, "handover.heard.withdraw", row)


def _with_them(by: Actor, row: Given) -> None:
    handing.close(by=by, case=row.case)
    moving.give(by, row, GiverAct.TAKE)


def _ours_again(by: Actor, row: Given) -> None:
    handing.reopen(by=by, case=row.case)
    moving.remind(by, row, HandoverClock.BACK, clock.now() + BACK_WITHIN)
