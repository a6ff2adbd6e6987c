"""What happens when another node answers a referral of ours, or when we learn how a message of ours ended.

Messages come once each, in any order. What comes too late for the state a referral is in changes nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from waystation.casework.followups import actions as followups
from waystation.casework.problems import NotAgreed, TooLate
from waystation.casework.referrals import moving
from waystation.casework.referrals.codes import (
    LOST_WITHIN,
    ON_THEIR_WAY,
    QUESTION_WITHIN,
    TABLE,
    Act,
    Declined,
    Priority,
    ReferralClock,
    State,
    Verdict,
)
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.casework.referrals.problems import UnknownReferral
from waystation.exchange.identity import exchange_actor
from waystation.exchange.kinds import Answered, Received
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.vault.sealing import open_for_keeping

GONE = ("refused", "given_up")
ASKED = (State.SENT, State.ACKNOWLEDGED)
STEPS: Mapping[str, tuple[str, ...]] = {
    "started": (Act.START,),
    "completed": (Act.START, Act.COMPLETE),
    "failed": (Act.FAIL,),
}
"""What news does; the last may come first."""


def answer(received: Received) -> None:
    """They would help, decline, or ask something. Raises UnknownReferral, TooLate, Invalid."""
    act = {"accept": _would_help, "decline": _declined, "ask": _asked}.get(received.body["answer"])
    if act is None:
        raise Invalid({"answer": received.body["answer"]})
    act(received, _own(received))


def _would_help(received: Received, row: Referral) -> None:
    if TABLE.allows(row.state, Act.WILL):
        row.answered_at = clock.now()
        moving.move(received.by, row, Act.WILL, "answered_at")
    elif row.state not in ON_THEIR_WAY:
        raise TooLate


def _declined(received: Received, row: Referral) -> None:
    if not TABLE.allows(row.state, Act.DECLINE):
        return
    reason = received.body.get("reason", "")
    row.declined = reason if reason in Declined.values else Declined.OTHER
    row.answered_at = clock.now()
    moving.move(received.by, row, Act.DECLINE, "declined", "answered_at")


def _asked(received: Received, row: Referral) -> None:
    moving.say(row, received.body.get("words", ""), at=received.came_at, theirs=True)
    if row.state in ON_THEIR_WAY:
        moving.remind(received.by, row, ReferralClock.QUESTION, QUESTION_WITHIN)
    moving.note(received.by, "heard.ask", row)


def news(received: Received) -> None:
    """Their help has begun, was given, or did not work out. Raises UnknownReferral, TooLate, NotAgreed, Invalid."""
    row = _own(received)
    _take_news(received, row)


def feedback(received: Received) -> None:
    """What the person says of it, when they agreed to that. Raises UnknownReferral, TooLate, NotAgreed, Invalid."""
    row, verdict = _own(received), received.body["verdict"]
    if not row.tell_back:
        raise NotAgreed
    if verdict not in Verdict.values:
        raise Invalid({"verdict": verdict})
    _take_news(received, row)
    if TABLE.allows(row.state, Act.FEEDBACK):
        row.verdict = verdict
        _write(row, "feedback", received.body.get("said", ""))
        moving.move(received.by, row, Act.FEEDBACK, "verdict")


def _take_news(received: Received, row: Referral) -> None:
    steps, words = STEPS.get(received.body["news"]), received.body.get("words", "")
    if steps is None:
        raise Invalid({"news": received.body["news"]})
    if row.state == State.RECALLED:
        raise TooLate
    if words and not row.tell_back:
        raise NotAgreed
    for act in steps:
        if TABLE.allows(row.state, act):
            moving.move(received.by, row, act)
            _write(row, "outcome", words)


def offer_answered(ended: Answered) -> None:
    """It came; or it could not be taken there, or nobody can open it any more, so that somebody finds another way."""
    row = _ours(ended)
    if row is None or row.state not in ASKED:
        return
    if ended.state in GONE:
        _lost(exchange_actor(), row, ended.reason)
    elif not ended.reason and TABLE.allows(row.state, Act.ACKNOWLEDGE):
        moving.move(exchange_actor(), row, Act.ACKNOWLEDGE)


def content_answered(ended: Answered) -> None:
    """It had no effect there: somebody finds another way. Given up: nobody knows, so somebody must ask."""
    row = _ours(ended)
    if row is None or row.state not in ON_THEIR_WAY:
        return
    by = exchange_actor()
    if ended.state == "given_up":
        moving.remind(by, row, ReferralClock.LOST, LOST_WITHIN, immediate=True)
    elif ended.state == "refused":
        _lost(by, row, ended.reason)
        moving.tell_surely(by, row, moving.WITHDRAW)


def withdraw_answered(ended: Answered) -> None:
    """Where nobody knows whether it came, it is said again."""
    row = _ours(ended)
    if row is not None and ended.state == "given_up":
        moving.tell_surely(exchange_actor(), row, moving.WITHDRAW)


def exchange_of(received: Received) -> UUID:
    """What both sides call the referral. Raises UnknownReferral."""
    try:
        return UUID(bytes=received.body["exchange"])
    except ValueError as problem:
        raise UnknownReferral from problem


def _lost(by: Actor, row: Referral, reason: str) -> None:
    """It did not reach them: nobody asks the person how it was, somebody finds another way."""
    row.lost = reason or "given-up"
    moving.move(by, row, Act.FAIL, "lost")
    followups.drop_all(by=by, subject=row.pk)
    urgent = row.priority == Priority.EMERGENCY
    moving.remind(by, row, ReferralClock.LOST, LOST_WITHIN, immediate=urgent)


def _own(received: Received) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",))
    row = rows.filter(pk=exchange_of(received), peer=received.peer_id, way="node").first()
    if row is None:
        raise UnknownReferral
    return row


def _ours(ended: Answered) -> Referral | None:
    rows = Referral.objects.select_for_update(of=("self",))
    return rows.filter(pk=ended.subject).first() if ended.subject else None


def _write(row: Referral, name: str, words: str) -> None:
    if words:
        changes: dict[str, str] = {name: cleaning.note(words)}
        document = open_for_keeping(row, ReferralDocument)
        moving.write(row, replace(document, **changes))  # type: ignore[arg-type]
