"""The one door for what comes, by whatever road: unsealed, checked, and its effect written exactly once."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import OperationalError, transaction

from waystation.exchange import cbor, identity, kinds, quarantine, receipts, relaying, wire
from waystation.exchange.circles import rules
from waystation.exchange.codes import DONE, UNKNOWN_KIND, PeerState
from waystation.exchange.counting import Came, TooManyGaps
from waystation.exchange.kinds import Kind, Received, WrongBody
from waystation.exchange.models import Incoming, Peer
from waystation.exchange.problems import WrongCircle
from waystation.exchange.wire import Message
from waystation.kernel import journal
from waystation.kernel.clock import now
from waystation.kernel.errors import NodeLocked, Problem, StorageFailed
from waystation.vault import open_for_node, seal_for_node

KEPT = "exchange-kept"
PASSING: tuple[type[Exception], ...] = (NodeLocked, StorageFailed, OperationalError, OSError, MemoryError)
"""What ends by itself: the file is neither taken nor held, and comes again."""
log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    AGAIN = "again"
    ANSWER = "answer"
    RELAYED = "relayed"
    HELD = "held"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; of a counted message also whose it is and its id. `files` go back with the answer."""

    outcome: Outcome
    peer_id: UUID | None = None
    message_id: UUID | None = None
    files: tuple[bytes, ...] = ()


def take(file: bytes, road: str) -> list[bytes]:
    """Take a file, and give back the files to answer with.

    Addressed to us by a node we trust: its effect and the row that says it came are one transaction, and a receipt goes
    back; a second copy changes nothing and is answered again. Addressed to a node whose mail we hold: kept for it.
    What cannot be taken is held with its reason, what is nobody's is let fall and counted. Raises only what passes by
    itself (NodeLocked, StorageFailed, a busy database): the file then comes again.
    """
    return answers([take_one(file, road)])


def take_all(files: Iterable[bytes], road: str) -> tuple[list[Taken], list[bytes]]:
    """As `take`, for a bundle: what became of each, and one receipt for each sender."""
    taken = [take_one(file, road) for file in files]
    return taken, answers(taken)


def take_one(file: bytes, road: str) -> Taken:
    """Take a file without answering it: the receipt is owed."""
    us = identity.node_id()
    try:
        to = wire.addressee(file)
        if to != us:
            return _for_another(file, to)
        message = wire.unseal(file, us=us, keys=identity.opening_keys(), signer=_signer)
        return _take(message, file, road)
    except PASSING:
        raise
    except wire.Refused as problem:
        return _refuse(file, problem.reason, road)
    except Exception:
        log.exception("A message had no effect; it is held, and comes again.")
        return _refuse(file, "effect-failed", road)


def answers(taken: Iterable[Taken]) -> list[bytes]:
    """The files that go back: what was fetched, and one receipt for each sender. Raises NodeLocked."""
    files: list[bytes] = []
    whose: dict[UUID, list[UUID]] = {}
    for one in taken:
        files.extend(one.files)
        if one.peer_id is not None and one.message_id is not None:
            whose.setdefault(one.peer_id, []).append(one.message_id)
    senders = Peer.objects.filter(pk__in=whose, state=PeerState.TRUSTED)
    return [*files, *(receipts.made(peer, whose[peer.pk]) for peer in senders)]


def take_up() -> int:
    """Take up what was kept because nobody knew its kind, and somebody does now; how many. Raises NodeLocked."""
    wires = [kind.wire for kind in kinds.known()]
    waiting = Incoming.objects.filter(outcome=UNKNOWN_KIND, kind__in=wires).order_by("sender", "seq")
    count = 0
    for number in waiting.values_list("pk", flat=True):
        with transaction.atomic():
            row = Incoming.objects.select_for_update().filter(pk=number, outcome=UNKNOWN_KIND).first()
            kind = kinds.find(row.kind) if row else None
            if row is None or kind is None:
                continue
            body = cbor.decode(open_for_node(KEPT, bytes(row.kept)))
            row.outcome, row.kept = _effect(kind, _received(row, kind, body)), b""
            row.save(update_fields=["outcome", "kept"])
            count += 1
    return count


def _for_another(file: bytes, to: UUID) -> Taken:
    if relaying.keep(file, to):
        return Taken(Outcome.RELAYED)
    quarantine.drop("not-for-us")
    return Taken(Outcome.DROPPED)


def _refuse(file: bytes, reason: str, road: str) -> Taken:
    if reason == "unknown-sender":
        quarantine.drop(reason)
        return Taken(Outcome.DROPPED)
    quarantine.hold(file, reason, road)
    return Taken(Outcome.HELD)


def _signer(sender: UUID) -> Ed25519PublicKey | None:
    raw = Peer.objects.filter(pk=sender, state=PeerState.TRUSTED).values_list("signing", flat=True).first()
    return Ed25519PublicKey.from_public_bytes(bytes(raw)) if raw is not None else None


def _take(message: Message, file: bytes, road: str) -> Taken:
    kind = kinds.find(message.kind)
    if message.seq == 0 or (kind is not None and not kind.counted):
        return _take_uncounted(message, kind, road)
    with transaction.atomic():
        peer = Peer.objects.select_for_update().get(pk=message.sender)
        if peer.state != PeerState.TRUSTED:
            raise wire.Refused("unknown-sender")
        moment = now()
        known = Incoming.objects.filter(sender=peer, message_id=message.id)
        peer.owes, peer.last_in_at = True, moment
        if known.update(last_at=moment):
            peer.save(update_fields=["owes", "last_in_at"])
            return Taken(Outcome.AGAIN, peer.pk, message.id)
        _count(peer, message.seq)
        row = Incoming(
            sender=peer,
            message_id=message.id,
            seq=message.seq,
            kind=message.kind,
            at=message.at,
            came_at=moment,
            last_at=moment,
            road=road,
            outcome=UNKNOWN_KIND,
        )
        # Before the effect: what a handler sends back finds the count as it will be.
        peer.save(update_fields=["owes", "last_in_at", "came_to", "came_later"])
        if kind is None:
            row.kept = seal_for_node(KEPT, cbor.encode(message.body))
        else:
            row.outcome = _effect(kind, _received(row, kind, message.body))
        row.save(force_insert=True)
        entry = journal.Entry(
            action="exchange.take",
            subject=message.id,
            reason="" if row.outcome == DONE else row.outcome,
            detail={"kind": message.kind},
        )
        journal.record(identity.exchange_actor(), entry)
        quarantine.release(file)
    return Taken(Outcome.TAKEN, peer.pk, message.id)


def _take_uncounted(message: Message, kind: Kind | None, road: str) -> Taken:
    if kind is None or kind.counted or message.seq:
        raise wire.Refused("wrong-count")
    with transaction.atomic():
        row = Incoming(sender_id=message.sender, message_id=message.id, at=message.at, came_at=now(), road=road)
        received = _received(row, kind, message.body)
        if kind is relaying.FETCH:
            return Taken(Outcome.ANSWER, files=tuple(relaying.fetched(_checked(received, kind))))
        outcome = _effect(kind, received)
    if outcome != DONE:
        raise wire.Refused("wrong-body")
    return Taken(Outcome.ANSWER)


def _count(peer: Peer, seq: int) -> None:
    try:
        came = Came(peer.came_to, tuple((first, last) for first, last in peer.came_later)).plus(seq)
    except (TooManyGaps, ValueError) as problem:
        raise wire.Refused("too-many-gaps") from problem
    peer.came_to, peer.came_later = came.to, [list(one) for one in came.later]


def _effect(kind: Kind, received: Received) -> str:
    """What the handler did: DONE, or the code of why it, or the declaration, refused; nothing it wrote stays then."""
    try:
        with transaction.atomic():
            checked = _checked(received, kind)
            if not rules.allows(kind, sender=received.peer_id, receiver=identity.node_id()):
                raise WrongCircle
            kind.handler(checked)
    except PASSING:
        raise
    except WrongBody as problem:
        return problem.reason
    except Problem as problem:
        return problem.code
    return DONE


def _checked(received: Received, kind: Kind) -> Received:
    kinds.checked(kind.fields, received.body)
    return received


def _received(row: Incoming, kind: Kind, body: Mapping[str, Any]) -> Received:
    return Received(
        id=row.message_id,
        peer_id=row.sender_id,
        kind=kind.code,
        version=kind.version,
        at=row.at,
        came_at=row.came_at,
        road=row.road,
        body=body,
    )
