"""How a referral moves along its table, and what every move brings along: clocks, the log, messages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from waystation.casework import road
from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import WaitingOn
from waystation.casework.referrals.codes import (
    ANSWER_WITHIN,
    CONTENT_WITHIN,
    FEEDBACK_WITHIN,
    OUTCOME_WITHIN,
    START_WITHIN,
    TABLE,
    TELL_WITHIN,
    Act,
    ReferralClock,
)
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.casework.talk import plus
from waystation.exchange import actions as exchange
from waystation.exchange.problems import PeerNotTrusted
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.vault import seal
from waystation.vault.sealing import open_for_keeping

OFFER, CONTENT, REPLY, WITHDRAW = "referral.offer", "referral.content", "referral.reply", "referral.withdraw"
UNDER_CONSENT = frozenset({OFFER, CONTENT, REPLY})
STARTS: Mapping[str, tuple[str, timedelta | None, str]] = {
    Act.SEND: (ReferralClock.ANSWER, None, WaitingOn.PARTNER),
    Act.WILL: (ReferralClock.CONTENT, CONTENT_WITHIN, WaitingOn.US),
    Act.TELL: (ReferralClock.START, START_WITHIN, WaitingOn.PARTNER),
    Act.ACCEPT: (ReferralClock.START, START_WITHIN, WaitingOn.PARTNER),
    Act.START: (ReferralClock.OUTCOME, OUTCOME_WITHIN, WaitingOn.PARTNER),
    Act.COMPLETE: (ReferralClock.FEEDBACK, FEEDBACK_WITHIN, WaitingOn.US),
    Act.FAIL: (ReferralClock.FEEDBACK, FEEDBACK_WITHIN, WaitingOn.US),
    Act.DECLINE: (ReferralClock.FEEDBACK, timedelta(hours=24), WaitingOn.US),
}
"""The clock an act starts; the answer's time is set by the priority. Other acts than a receipt stop those before."""


def move(by: Actor, referral: Referral, act: str, *changed: str) -> None:
    """Move along the table, with its clocks and its line in the log. Raises WrongState."""
    referral.state, referral.state_at = TABLE.after(referral.state, act), clock.now()
    referral.save(update_fields=["state", "state_at", *changed])
    if act != Act.ACKNOWLEDGE:
        followups.drop_all(by=by, subject=referral.pk)
    if act in STARTS:
        kind, within, waiting_on = STARTS[act]
        remind(by, referral, kind, within or ANSWER_WITHIN[referral.priority], waiting_on=waiting_on)
    note(by, act, referral)


def remind(
    by: Actor,
    referral: Referral,
    kind: str,
    within: timedelta,
    *,
    waiting_on: str = WaitingOn.US,
    immediate: bool = False,
) -> None:
    """Something is owed within a time from now."""
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=referral.pk,
        compartment=referral.compartment_of_row,
        person_id=referral.person_id,
        due_at=clock.now() + within,
        owner=None if kind == ReferralClock.ESCALATED else referral.made_by,
        immediate=immediate,
        waiting_on=waiting_on,
    )


def note(by: Actor, name: str, referral: Referral) -> None:
    """Tell the log."""
    journal.about(by, f"referrals.{name}", referral)


def tell(by: Actor, referral: Referral, kind: str, body: Mapping[str, Any]) -> UUID:
    """Send a message about a referral; its number. Raises PeerNotTrusted, MessageTooLarge, NodeLocked."""
    if referral.peer_id is None:
        raise PeerNotTrusted
    said = {"exchange": referral.pk.bytes, **body}
    return exchange.send(by=by, peer_id=referral.peer_id, kind=kind, subject=referral.pk, body=said).pk


def tell_surely(by: Actor, referral: Referral, kind: str) -> None:
    """As `tell`, without anything about the person; where the node is not trusted now, somebody must tell them."""
    try:
        tell(by, referral, kind, {})
    except PeerNotTrusted:
        remind(by, referral, ReferralClock.TELL, TELL_WITHIN)
        note(by, "untold", referral)


def call_back(by: Actor, referral: Referral) -> frozenset[str]:
    """What was to leave under the consent and still waits never leaves; the codes of its kinds."""
    return frozenset(code for code, _subject in road.call_back(by, UNDER_CONSENT, referral.pk))


def say(referral: Referral, words: str, *, at: datetime, theirs: bool) -> None:
    """Add a line to the talk about a referral."""
    if words:
        said = open_for_keeping(referral, ReferralDocument)
        write(referral, replace(said, talk=plus(said.talk, words, at=at, theirs=theirs)))


def write(referral: Referral, document: ReferralDocument) -> None:
    """Seal what is said in it anew."""
    seal(referral, "sealed", document)
    referral.save(update_fields=["sealed"])
