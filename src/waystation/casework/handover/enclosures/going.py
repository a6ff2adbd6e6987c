"""Enclosures that we let go along: they leave in parts, and are stopped with the consent."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from waystation.casework.files import queries as files
from waystation.casework.files import store
from waystation.casework.handover import moving
from waystation.casework.handover.codes import ENCLOSURE_WITHIN, HandoverClock
from waystation.casework.handover.documents import GivenDocument
from waystation.casework.handover.enclosures import choosing
from waystation.casework.handover.enclosures.choosing import Enclosure
from waystation.casework.handover.enclosures.codes import ENCLOSURES, OPEN, PIECE, EnclosureAct, EnclosureState
from waystation.casework.handover.models import EnclosureGoing, Given
from waystation.exchange import actions as exchange
from waystation.exchange.codes import SentState
from waystation.exchange.queries import sent_about
from waystation.kernel import clock
from waystation.kernel.actors import Actor

Going = list[tuple[EnclosureGoing, Enclosure]]


def begin(row: Given, document: GivenDocument, *, by: Actor) -> Going:
    """What goes along now, each with the name by which both sides call it."""
    enclosures = choosing.leaving(row, document, row.person, by=by)
    return [
        (EnclosureGoing.objects.create(given=row, file=one.row, parts=one.parts, state_at=clock.now()), one)
        for one in enclosures
    ]


def announced(going: Going) -> dict[str, Any]:
    """What the content says of them."""
    files = [
        {
            "file": row.pk.bytes,
            "name": one.name,
            "kind": one.kind,
            "compartment": one.row.compartment,
            "size": one.row.size,
            "digest": bytes.fromhex(one.digest),
            "of": row.parts,
        }
        for row, one in going
    ]
    return {"files": files} if files else {}


def remembered(going: Going) -> dict[str, Any]:
    """What is kept of it, to show what left."""
    return {"files": [{"file": row.pk.hex, **one.said()} for row, one in going]} if going else {}


def queue(by: Actor, given: Given, enclosure: EnclosureGoing) -> None:
    """Each part waits in the outbox as a message of its own. Memory: a few parts.

    Raises PeerNotTrusted, NodeLocked, SealBroken.
    """
    if enclosure.file is None:
        return
    for number, piece in enumerate(store.pieces(files.plain_of(enclosure.file), PIECE)):
        body = {
            "exchange": given.pk.bytes,
            "file": enclosure.pk.bytes,
            "number": number,
            "of": enclosure.parts,
            "bytes": piece,
        }
        exchange.send(by=by, peer_id=given.peer_id, kind=moving.FILE, subject=enclosure.pk, body=body)


def move(by: Actor, given: Given, enclosure: EnclosureGoing, act: str) -> None:
    """Move an enclosure by its table. One that does not come is put before somebody. Raises WrongState."""
    enclosure.state, enclosure.state_at = EnclosureState(ENCLOSURES.after(enclosure.state, act)), clock.now()
    enclosure.save(update_fields=["state", "state_at"])
    moving.note(by, f"handover.enclosure.{act}", given)
    if enclosure.state == EnclosureState.FAILED:
        moving.remind(by, given, HandoverClock.ENCLOSURE, clock.now() + ENCLOSURE_WITHIN)


def stop(by: Actor, given: Given, *, tell: bool) -> None:
    """Nothing more of them goes; what waited was called back before (`moving.call_back`).

    With `tell`, the other side destroys what has come and is not whole yet.
    """
    for enclosure in given.enclosures.select_for_update().filter(state__in=OPEN):
        move(by, given, enclosure, EnclosureAct.STOP)
        if tell:
            moving.tell_surely(by, given, "handover.file_stop", file=enclosure.pk.bytes)


def progress(enclosures: Iterable[EnclosureGoing]) -> dict[UUID, int]:
    """How many parts have surely come, by enclosure, of those that are on their way. One query."""
    begun = {enclosure.pk: enclosure.state_at for enclosure in enclosures if enclosure.state in OPEN}
    came = sent_about(*begun).filter(state=SentState.RECEIVED) if begun else ()
    arrived = Counter(part.subject for part in came if part.subject and part.made_at >= begun[part.subject])
    return {number: arrived[number] for number in begun}
