"""How a handover moves along its table, and what every move brings along: clocks, the log, messages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from waystation.casework import road
from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import State, WaitingOn
from waystation.casework.handover.codes import GIVER, TAKER, HandoverClock
from waystation.casework.handover.documents import GivenDocument, OfferedDocument
from waystation.casework.handover.models import Given, Offered
from waystation.casework.talk import plus
from waystation.exchange import actions as exchange
from waystation.exchange.problems import PeerNotTrusted
from waystation.exchange.queries import sent_about
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.people.actions.consenting import did_not_leave
from waystation.vault import seal
from waystation.vault.sealing import open_for_keeping

ON_THEM = frozenset({HandoverClock.ANSWER, HandoverClock.ARRIVAL, HandoverClock.CONTENT})
STAYING = frozenset(
    {
        HandoverClock.TELL,
        HandoverClock.RECALLED,
        HandoverClock.GONE,
        HandoverClock.CORRECTION,
        HandoverClock.ENCLOSURE,
    }
)
MOVED_ON = tuple(kind for kind in HandoverClock if kind not in STAYING)
OFFER, CONTENT, CORRECT, FILE = "handover.offer", "handover.content", "handover.correct", "handover.file"
UNDER_CONSENT = frozenset({OFFER, "handover.answer", CONTENT, CORRECT, FILE})
"""What we tell of somebody whom we hand over."""


def give(by: Actor, row: Given, act: str, *changed: str) -> None:
    """Move what we give, by the table. What was owed before is owed no more. Raises WrongState."""
    row.state, row.state_at = GIVER.after(row.state, act), clock.now()
    row.save(update_fields=["state", "state_at", *changed])
    _owed_no_more(by, row)
    note(by, f"handover.give.{act}", row)


def take(by: Actor, row: Offered, act: str, *changed: str) -> None:
    """Move what is offered to us, by the table. Raises WrongState."""
    row.state, row.state_at = TAKER.after(row.state, act), clock.now()
    row.save(update_fields=["state", "state_at", *changed])
    _owed_no_more(by, row)
    note(by, f"handover.take.{act}", row)


def _owed_no_more(by: Actor, row: Given | Offered) -> None:
    """What a move ends; what a person must still be told or look at stays."""
    for kind in MOVED_ON:
        followups.finish_follow_up(by=by, kind=kind, subject=row.pk, state=State.DROPPED)


def remind(by: Actor, row: Given | Offered, kind: HandoverClock, due_at: datetime, *, immediate: bool = False) -> None:
    """Something is owed until then."""
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=row.pk,
        compartment=row.compartment_of_row,
        person_id=row.person_id,
        due_at=due_at,
        owner=row.made_by if isinstance(row, Given) else row.accepted_by,
        immediate=immediate,
        waiting_on=WaitingOn.PARTNER if kind in ON_THEM and not immediate else WaitingOn.US,
    )


def note(by: Actor, name: str, row: Given | Offered) -> None:
    """Tell the log."""
    journal.about(by, name, row)


def tell(by: Actor, row: Given | Offered, kind: str, body: Mapping[str, Any]) -> UUID:
    """Send a message about a handover; its number. Raises PeerNotTrusted, MessageTooLarge, NodeLocked."""
    number = row.pk if isinstance(row, Given) else row.exchange
    said = {"exchange": number.bytes, **body}
    return exchange.send(by=by, peer_id=row.peer_id, kind=kind, subject=row.pk, body=said).pk


def call_back(by: Actor, row: Given) -> frozenset[str]:
    """What was to leave under the consent and still waits never leaves; the codes of its kinds."""
    stopped = road.call_back(by, UNDER_CONSENT, row.pk, *row.enclosures.values_list("pk", flat=True))
    for number in {subject for _code, subject in stopped}:
        if number and not sent_about(number).exists():
            did_not_leave(by, number)
    return frozenset(code for code, _subject in stopped)


def tell_surely(by: Actor, row: Given | Offered, kind: str, **said: str | bytes) -> None:
    """As `tell`; to who is not trusted now nothing leaves, and it is noted: nothing of theirs is heard either."""
    try:
        tell(by, row, kind, said)
    except PeerNotTrusted:
        note(by, "handover.untold", row)


def say(row: Given | Offered, words: str, *, at: datetime, theirs: bool) -> None:
    """Add a line to the talk about an offer."""
    if not words or not row.sealed:
        return
    if isinstance(row, Given):
        given = open_for_keeping(row, GivenDocument)
        seal(row, "sealed", replace(given, talk=plus(given.talk, words, at=at, theirs=theirs)))
    else:
        offered = open_for_keeping(row, OfferedDocument)
        seal(row, "sealed", replace(offered, talk=plus(offered.talk, words, at=at, theirs=theirs)))
    row.save(update_fields=["sealed"])
