"""How a request moves along its table, and what every move brings along: clocks, the log, messages, forgetting."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework import road
from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import State, WaitingOn
from waystation.casework.requests.codes import ANSWERER, ASKER, WAITING, RequestClock
from waystation.casework.requests.documents import AskedDocument, TheirDocument
from waystation.casework.requests.models import OurRequest, TheirRequest
from waystation.casework.talk import plus
from waystation.exchange import actions as exchange
from waystation.exchange.codes import SentState
from waystation.exchange.problems import PeerNotTrusted
from waystation.exchange.queries import sent_about
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text
from waystation.people import actions as consents
from waystation.people.actions.consenting import did_not_leave
from waystation.people.codes import DisclosureKind, Purpose
from waystation.people.documents import DisclosureDocument
from waystation.vault import erase_person, seal
from waystation.vault.sealing import open_for_keeping

ASK, ANSWER, WHO, TOLD, NOTHING, WITHDRAW = (
    f"request.{code}" for code in ("ask", "answer", "who", "told", "nothing", "withdraw")
)
ON_THEM = frozenset({RequestClock.ANSWER, RequestClock.RESULT, RequestClock.NAME})
MOVED_ON = tuple(kind for kind in RequestClock if kind != RequestClock.TELL)


def ours(by: Actor, row: OurRequest, act: str, *changed: str) -> None:
    """Move what we ask, by the table. What was owed before is owed no more. Raises WrongState."""
    row.state, row.state_at = ASKER.after(row.state, act), clock.now()
    row.save(update_fields=["state", "state_at", *changed])
    _owed_no_more(by, row)
    note(by, f"requests.ours.{act}", row)


def theirs(by: Actor, row: TheirRequest, act: str, *changed: str) -> None:
    """Move what is asked of us, by the table; with nothing open any more, what we were told is forgotten.

    Raises WrongState.
    """
    row.state, row.state_at = ANSWERER.after(row.state, act), clock.now()
    row.save(update_fields=["state", "state_at", *changed])
    _owed_no_more(by, row)
    note(by, f"requests.theirs.{act}", row)
    if row.state not in WAITING and row.sealed:
        row.sealed = None
        row.save(update_fields=["sealed"])
        erase_person(row.pk)


def _owed_no_more(by: Actor, row: OurRequest | TheirRequest) -> None:
    """What a move ends; that somebody must still be told stays."""
    for kind in MOVED_ON:
        followups.finish_follow_up(by=by, kind=kind, subject=row.pk, state=State.DROPPED)


def remind(by: Actor, row: OurRequest | TheirRequest, kind: RequestClock, due_at: datetime) -> None:
    """Something is owed until then."""
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=row.pk,
        compartment=row.compartment_of_row,
        person_id=row.person_id,
        due_at=due_at,
        owner=row.made_by if isinstance(row, OurRequest) else row.accepted_by,
        waiting_on=WaitingOn.PARTNER if kind in ON_THEM else WaitingOn.US,
    )


def note(by: Actor, name: str, row: OurRequest | TheirRequest) -> None:
    """Tell the log."""
    journal.about(by, name, row)


def tell(by: Actor, row: OurRequest | TheirRequest, kind: str, body: Mapping[str, Any]) -> UUID:
    """Send a message about a request; its number. Raises PeerNotTrusted, MessageTooLarge, NodeLocked."""
    return exchange.send(by=by, peer_id=row.peer_id, kind=kind, subject=row.pk, body=_said(row, body)).pk


def tell_surely(by: Actor, row: OurRequest | TheirRequest, kind: str, **said: str) -> None:
    """As `tell`; to who is not trusted now nothing leaves, and it is noted: nothing of theirs is heard either."""
    try:
        tell(by, row, kind, said)
    except PeerNotTrusted:
        note(by, "requests.untold", row)


def call_back(by: Actor, row: OurRequest) -> frozenset[str]:
    """What was to leave under the consent and still waits never leaves; the codes of its kinds."""
    return frozenset(code for code, _subject in road.call_back(by, {ASK, ANSWER, WHO}, row.pk))


def nothing_instead(by: Actor, row: TheirRequest) -> bool:
    """In the place of what was to be told and still waits, they hear that there is nothing to tell: the same message of
    the same number as if nobody were known. Whether it was in time; then the row means nobody, once it is saved."""
    for sent in sent_about(row.pk).filter(state=SentState.WAITING, kind__startswith=f"{TOLD}/"):
        if exchange.take_back(by=by, message_id=sent.pk, instead=NOTHING, body=_said(row, {})):
            did_not_leave(by, sent.pk)
            row.person = row.consent = None
            return True
    return False


def _said(row: OurRequest | TheirRequest, body: Mapping[str, Any]) -> dict[str, Any]:
    number = row.pk if isinstance(row, OurRequest) else row.exchange
    return {"exchange": number.bytes, **body}


def say(row: OurRequest | TheirRequest, words: str, *, at: datetime, theirs: bool) -> None:
    """Add a line to the talk about a request."""
    if not words or not row.sealed:
        return
    document: type[AskedDocument | TheirDocument] = AskedDocument if isinstance(row, OurRequest) else TheirDocument
    known = open_for_keeping(row, document)
    seal(row, "sealed", replace(known, talk=plus(known.talk, words, at=at, theirs=theirs)))
    row.save(update_fields=["sealed"])


def disclose(
    by: Actor, person_id: UUID, row: OurRequest | TheirRequest, kind: str, number: UUID, fields: Sequence[Text]
) -> None:
    """Write down what the message of this number tells to an organisation of this kind, in its transaction; refused,
    nothing of it is kept. Raises ConsentMissing, AuthorityRefused."""
    ours = isinstance(row, OurRequest)
    why = _("Asking another organisation what it knows") if ours else _("Answering what another organisation asks")
    consents.record_disclosure(
        by=by,
        person_id=person_id,
        purpose=Purpose.REFERRAL,
        recipient_kind=kind,
        kind=DisclosureKind.MESSAGE,
        document=DisclosureDocument(recipient=row.peer.name, fields=tuple(str(one) for one in fields), why=str(why)),
        number=number,
    )
