"""The one door for what comes, by whatever road: unsealed, checked, and its effect written exactly once."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import OperationalError, transaction
from django.db.models import Sum
from django.db.models.functions import Length

from waystation.exchange import cbor, identity, kinds, noting, quarantine, receipts, relaying, wire
from waystation.exchange.circles import rules
from waystation.exchange.codes import DONE, MOST_UNKNOWN_BYTES, TOO_MUCH_UNKNOWN, UNKNOWN_KIND, PeerState
from waystation.exchange.counting import Came, TooManyGaps
from waystation.exchange.giving_way import giving_way, hurry
from waystation.exchange.kinds import Kind, Received, WrongBody
from waystation.exchange.models import Incoming, Peer
from waystation.exchange.problems import WrongCircle
from waystation.exchange.wire import Message
from waystation.kernel import journal
from waystation.kernel.clock import now
from waystation.kernel.errors import NodeLocked, Problem, StorageFailed
from waystation.kernel.rows import insert
from waystation.vault import open_for_node, seal_for_node

KEPT = "exchange-kept"
PASSING: tuple[type[Exception], ...] = (NodeLocked, StorageFailed, OperationalError, OSError, MemoryError)
"""What ends by itself: the file is neither taken nor held, and comes again."""
TOGETHER = 200
"""Messages of one transaction: whoever works at the desk meanwhile waits for no more."""
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
class _Letter:
    """A file that was opened: a message that counts, of a kind we know or not."""

    file: bytes
    message: Message
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; of a counted message also whose it is and its id; `fetch`: it asks for mail; `reason`: the
    code of why it could not be taken."""

    outcome: Outcome
    peer_id: UUID | None = None
    message_id: UUID | None = None
    fetch: Received | None = None
    reason: str = ""


def take(file: bytes, road: str) -> list[bytes]:
    """Take a file, and give back the files to answer with.

    Addressed to us by a node we trust: its effect and the row that says it came are one transaction, and a receipt goes
    back; a second copy changes nothing and is answered again. Addressed to a node whose mail we hold: kept for it.
    What cannot be taken is held with its reason, what is nobody's is let fall and counted. Raises only what passes by
    itself (NodeLocked, StorageFailed, a busy database): the file then comes again.
    """
    return answers(take_some([file], road))


def take_all(files: Sequence[bytes], road: str) -> tuple[list[Taken], list[bytes]]:
    """As `take`, for a bundle: what became of each, and one receipt for each sender."""
    taken = take_some(files, road)
    return taken, answers(taken)


def take_one(file: bytes, road: str) -> Taken:
    """Take a file without answering it: the receipt is owed."""
    return take_some([file], road)[0]


def take_some(files: Sequence[bytes], road: str) -> list[Taken]:
    """Take files without answering them, `TOGETHER` of those that count in one transaction.

    Each ends as it would alone: one that is refused, held or fails takes nothing from its neighbours.
    """
    portions = (files[start : start + TOGETHER] for start in range(0, len(files), TOGETHER))
    return [one for portion in portions for one in _take_portion(portion, road)]


def _take_portion(files: Sequence[bytes], road: str) -> list[Taken]:
    reader = _Reader()
    opened = [_opened(file, road, reader) for file in files]
    counted = iter(_taken_together([one for one in opened if isinstance(one, _Letter)], road))
    return [next(counted) if isinstance(one, _Letter) else one for one in opened]


def answers(taken: Iterable[Taken]) -> list[bytes]:
    """The files that go back: what was fetched, once for each who asks, and one receipt for each sender.

    Raises NodeLocked.
    """
    whose: dict[UUID, list[UUID]] = {}
    fetches: dict[UUID, Received] = {}
    for one in taken:
        if one.fetch is not None:
            fetches[one.fetch.peer_id] = one.fetch
        if one.peer_id is not None and one.message_id is not None:
            whose.setdefault(one.peer_id, []).append(one.message_id)
    files = [file for fetch in fetches.values() for file in relaying.fetched(fetch)]
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
    return Taken(Outcome.HELD, reason=reason)


class _Reader:
    """What files are opened with: our keys and the signing keys of trusted nodes, each fetched once for some files."""

    def __init__(self) -> None:
        self.us = identity.node_id()
        self.signer = cache(_signer)
        self.keys = cache(lambda: tuple(identity.opening_keys()))

    def message(self, file: bytes) -> Message:
        """What a file says. Raises Refused, NodeLocked."""
        return wire.unseal(file, us=self.us, keys=self.keys(), signer=self.signer)


def _signer(sender: UUID) -> Ed25519PublicKey | None:
    raw = Peer.objects.filter(pk=sender, state=PeerState.TRUSTED).values_list("signing", flat=True).first()
    return Ed25519PublicKey.from_public_bytes(bytes(raw)) if raw is not None else None


def _opened(file: bytes, road: str, reader: _Reader) -> _Letter | Taken:
    """A message that counts, opened; what became of any other file."""
    try:
        message = reader.message(file)
        kind = kinds.find(message.kind)
        if message.seq and (kind is None or kind.counted):
            return _Letter(file, message, kind)
        return _take_uncounted(message, kind, road)
    except PASSING:
        raise
    except wire.Refused as problem:
        if problem.reason == "not-for-us" and (to := wire.addressee(file)) != reader.us:
            return _for_another(file, to)
        return _refuse(file, problem.reason, road)
    except Exception:
        log.exception("A message had no effect; it is held, and comes again.")
        return _refuse(file, "effect-failed", road)


def _taken_together(letters: Sequence[_Letter], road: str, *, guarded: bool = False) -> list[Taken]:
    """Effects and rows in one transaction. Where a handler refuses, the same again with each effect `guarded` (in a
    savepoint of its own, which honest mail need not pay for); where one fails in a way that nobody foresaw, one by one.
    """
    if not letters:
        return []
    guarded = guarded or len(letters) == 1
    try:
        outcomes = giving_way(lambda: _take(letters, road, guarded=guarded))
    except PASSING:
        raise
    except Exception as problem:
        if not guarded and isinstance(problem, Problem):
            return _taken_together(letters, road, guarded=True)
        if len(letters) > 1:
            return [one for letter in letters for one in _taken_together([letter], road)]
        log.exception("A message had no effect; it is held, and comes again.")
        return [_refuse(letters[0].file, "effect-failed", road)]
    return [
        one if isinstance(one, Taken) else _refuse(letter.file, one, road)
        for letter, one in zip(letters, outcomes, strict=True)
    ]


def _take(letters: Sequence[_Letter], road: str, *, guarded: bool) -> list[Taken | str]:
    """What became of each message; the reason of one that is refused. Inside a transaction."""
    moment, rows = now(), []
    peers, known = _senders(letters), _known(letters)
    hurry()
    counts = {peer.pk: Came.kept(peer.came_to, peer.came_later) for peer in peers.values()}
    outcomes = [_counted(letter.message, counts, known) for letter in letters]
    for number in {one.peer_id for one in outcomes if isinstance(one, Taken) and one.peer_id}:
        # Before the effects: what a handler sends back finds the count as it will be.
        _write_count(peers[number], counts[number], moment)
    for letter, outcome in zip(letters, outcomes, strict=True):
        if isinstance(outcome, Taken) and outcome.outcome == Outcome.TAKEN:
            rows.append(_effected(letter, moment, road, guarded=guarded))
    insert(rows)
    again = [letter.message.id for letter, one in zip(letters, outcomes, strict=True) if _is_again(one)]
    if again:
        Incoming.objects.filter(sender__in=peers, message_id__in=again).update(last_at=moment)
    journal.record(identity.exchange_actor(), *noting.came(rows))
    quarantine.release(letter.file for letter in letters)
    return outcomes


def _is_again(outcome: Taken | str) -> bool:
    return isinstance(outcome, Taken) and outcome.outcome == Outcome.AGAIN


def _senders(letters: Sequence[_Letter]) -> dict[UUID, Peer]:
    """Those of the senders that are trusted still, locked."""
    ids = {letter.message.sender for letter in letters}
    rows = Peer.objects.select_for_update().filter(pk__in=ids, state=PeerState.TRUSTED).order_by("pk")
    return {peer.pk: peer for peer in rows}


def _known(letters: Sequence[_Letter]) -> set[tuple[UUID, UUID]]:
    """Sender and id of those that came before."""
    asked = {(letter.message.sender, letter.message.id) for letter in letters}
    rows = Incoming.objects.filter(
        sender__in={sender for sender, _id in asked}, message_id__in={one for _, one in asked}
    )
    return set(rows.values_list("sender_id", "message_id"))


def _counted(message: Message, counts: dict[UUID, Came], known: set[tuple[UUID, UUID]]) -> Taken | str:
    """Whether a message is new, and then counted; the reason to refuse it."""
    sender = message.sender
    if sender not in counts:
        return "unknown-sender"
    if (sender, message.id) in known:
        return Taken(Outcome.AGAIN, sender, message.id)
    try:
        counts[sender] = counts[sender].plus(message.seq)
    except (TooManyGaps, ValueError):
        return "too-many-gaps"
    known.add((sender, message.id))
    return Taken(Outcome.TAKEN, sender, message.id)


def _write_count(peer: Peer, came: Came, moment: datetime) -> None:
    peer.owes, peer.last_in_at = True, moment
    peer.came_to, peer.came_later = came.to, [list(one) for one in came.later]
    peer.save(update_fields=["owes", "last_in_at", "came_to", "came_later"])


def _effected(letter: _Letter, moment: datetime, road: str, *, guarded: bool) -> Incoming:
    """The row of a message that came, once its effect is there."""
    message, kind = letter.message, letter.kind
    row = Incoming(
        sender_id=message.sender,
        message_id=message.id,
        seq=message.seq,
        kind=message.kind,
        at=message.at,
        came_at=moment,
        last_at=moment,
        road=road,
        outcome=UNKNOWN_KIND,
    )
    if kind is not None:
        row.outcome = _effect(kind, _received(row, kind, message.body), guarded=guarded)
    elif _is_room(message.sender):
        row.kept = seal_for_node(KEPT, cbor.encode(message.body))
    else:
        row.outcome = TOO_MUCH_UNKNOWN
    return row


def _is_room(sender: UUID) -> bool:
    """Whether more of a sender is kept of what nobody knows yet: it may be about nothing, and fill the disk."""
    waiting = Incoming.objects.filter(sender=sender, outcome=UNKNOWN_KIND)
    total: int = waiting.aggregate(total=Sum(Length("kept"), default=0))["total"]
    return total < MOST_UNKNOWN_BYTES


def _take_uncounted(message: Message, kind: Kind | None, road: str) -> Taken:
    if kind is None or kind.counted or message.seq:
        raise wire.Refused("wrong-count")
    row = Incoming(sender_id=message.sender, message_id=message.id, at=message.at, came_at=now(), road=road)
    received = _received(row, kind, message.body)
    if kind is relaying.FETCH:
        try:
            return Taken(Outcome.ANSWER, fetch=_checked(received, kind))
        except WrongBody as problem:
            raise wire.Refused("wrong-body") from problem
    if giving_way(lambda: _effect(kind, received)) != DONE:
        raise wire.Refused("wrong-body")
    return Taken(Outcome.ANSWER)


def _effect(kind: Kind, received: Received, *, guarded: bool = True) -> str:
    """What the handler did: DONE, or the code of why it, or the declaration, refused; nothing it wrote stays then.

    Not `guarded`, what a handler refuses is raised as it is.
    """
    try:
        received = _checked(received, kind)
        if not rules.allows(kind, sender=received.peer_id, receiver=identity.node_id()):
            return WrongCircle.code
        with transaction.atomic() if guarded else nullcontext():
            kind.handler(received)
    except PASSING:
        raise
    except WrongBody as problem:
        return problem.reason
    except Problem as problem:
        if not guarded:
            raise
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
