"""How a referral to us moves along its table, and what every move brings along: clocks, the log, messages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from waystation.casework.asked.codes import CONTENT_WITHIN, GONE_WITHIN, TABLE, Act, AskedClock
from waystation.casework.asked.models import Asked, AskedDocument
from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import WaitingOn
from waystation.casework.referrals.codes import FEEDBACK_WITHIN, OUTCOME_WITHIN, START_WITHIN
from waystation.casework.talk import plus
from waystation.exchange import actions as exchange
from waystation.exchange.problems import PeerNotTrusted
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.vault import seal
from waystation.vault.sealing import open_for_keeping

ANSWER, NEWS, FEEDBACK = "referral.answer", "referral.news", "referral.feedback"
STARTS: Mapping[str, tuple[AskedClock, timedelta]] = {
    Act.ACCEPT: (AskedClock.CONTENT, CONTENT_WITHIN),
    Act.TELL: (AskedClock.START, START_WITHIN),
    Act.START: (AskedClock.OUTCOME, OUTCOME_WITHIN),
}
"""The clock an act starts; every act stops those before."""


def move(by: Actor, row: Asked, act: str, *changed: str) -> None:
    """Move along the table, with its clocks and its line in the log. Raises WrongState."""
    row.state, row.state_at = TABLE.after(row.state, act), clock.now()
    row.save(update_fields=["state", "state_at", *changed])
    followups.drop_all(by=by, subject=row.pk)
    if act in STARTS:
        kind, within = STARTS[act]
        remind(by, row, kind, clock.now() + within)
    if act in {Act.COMPLETE, Act.FAIL} and row.tell_back and row.person_id:
        remind(by, row, AskedClock.FEEDBACK, clock.now() + FEEDBACK_WITHIN)
    note(by, act, row)


def withdraw(by: Actor, row: Asked, act: str) -> None:
    """It is over: what was told is forgotten at once, and somebody looks at what else stands here of the person."""
    if row.sealed:
        said = open_for_keeping(row, AskedDocument)
        seal(row, "sealed", replace(said, told=(), talk=(), outcome="", feedback=""))
    move(by, row, act, "sealed")
    if row.person_id:
        remind(by, row, AskedClock.GONE, clock.now() + GONE_WITHIN)


def remind(by: Actor, row: Asked, kind: AskedClock, due_at: datetime, *, immediate: bool = False) -> None:
    """Something is owed until then."""
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=row.pk,
        compartment=row.compartment_of_row,
        person_id=row.person_id,
        due_at=due_at,
        owner=row.accepted_by,
        immediate=immediate,
        waiting_on=WaitingOn.PARTNER if kind == AskedClock.CONTENT else WaitingOn.US,
    )


def note(by: Actor, name: str, row: Asked) -> None:
    """Tell the log."""
    journal.about(by, f"asked.{name}", row)


def tell(by: Actor, row: Asked, kind: str, body: Mapping[str, Any]) -> UUID:
    """Send a message about a referral to us; its number. Raises PeerNotTrusted, MessageTooLarge, NodeLocked."""
    said = {"exchange": row.exchange.bytes, **{name: value for name, value in body.items() if value}}
    return exchange.send(by=by, peer_id=row.peer_id, kind=kind, subject=row.pk, body=said).pk


def tell_surely(by: Actor, row: Asked, kind: str, **said: str) -> None:
    """As `tell`; to who is not trusted now nothing leaves, and it is noted: nothing of theirs is heard either."""
    try:
        tell(by, row, kind, said)
    except PeerNotTrusted:
        note(by, "untold", row)


def say(row: Asked, words: str, *, at: datetime, theirs: bool) -> None:
    """Add a line to the talk."""
    if words and row.sealed:
        said = open_for_keeping(row, AskedDocument)
        write(row, replace(said, talk=plus(said.talk, words, at=at, theirs=theirs)))


def write(row: Asked, document: AskedDocument) -> None:
    """Seal what is said in it anew."""
    seal(row, "sealed", document)
    row.save(update_fields=["sealed"])
