"""Every write that staff, or another room, asks of the exchange."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from waystation.exchange import descriptors, identity, kinds, noting, peers, queries, waking
from waystation.exchange.circles import rules
from waystation.exchange.codes import PEERS, PeerAct, PeerState, SentState
from waystation.exchange.models import Envelope, Held, Outgoing, OwnIdentity, Peer
from waystation.exchange.problems import PeerNotTrusted, WordsDiffer, WrongCircle
from waystation.exchange.sealing import sealer_for
from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.clock import now
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.rows import insert


def send(*, by: Actor, peer_id: UUID, kind: str, subject: UUID | None, body: Mapping[str, Any]) -> Outgoing:
    """Seal a message and keep it until its receipt comes, by whatever road; inside the caller's transaction.

    `kind` is a code (`handover.offer`): its newest registered version is sent. `subject` is the id of what it is about
    in the room whose kind it is; `Outgoing.objects.filter(subject=…)` finds it again, and the kind's `answered` is told
    how it ended. The caller is an action that asked its own permission. Messages to one peer are numbered in the order
    of their sending, but may come in any order.

    Raises ValueError for a kind nobody registered and for a body that is not as the kind declares (`kinds.WrongBody`),
    NotFound, PeerNotTrusted, WrongCircle for what no circle of both lets us begin, MessageTooLarge, NodeLocked.
    """
    (row,) = send_many(by=by, peer_id=peer_id, kind=kind, messages=[(subject, body)])
    return row


def send_many(
    *, by: Actor, peer_id: UUID, kind: str, messages: Iterable[tuple[UUID | None, Mapping[str, Any]]]
) -> list[Outgoing]:
    """As `send`, for several messages of one kind to one peer, each with its subject and body: all or none."""
    declared = kinds.newest(kind)
    if not declared.counted:
        raise ValueError(f"{kind} is not counted: it is no message of a room.")
    said = [(subject, kinds.checked(declared.fields, body)) for subject, body in messages]
    with transaction.atomic():
        peer = Peer.objects.select_for_update().filter(pk=peer_id).first()
        if peer is None:
            raise NotFound
        if peer.state != PeerState.TRUSTED:
            raise PeerNotTrusted
        if not rules.allows(declared, sender=identity.node_id(), receiver=peer.pk):
            raise WrongCircle
        sealer, moment = sealer_for(peer), now()
        rows, envelopes = [], []
        for seq, (subject, body) in enumerate(said, peer.next_seq):
            number, file = sealer.seal(declared, body, seq)
            rows.append(
                Outgoing(
                    id=number,
                    peer_id=peer.pk,
                    seq=seq,
                    kind=declared.wire,
                    subject=subject,
                    size=len(file),
                    made_at=moment,
                )
            )
            envelopes.append(Envelope(message_id=number, file=file))
        insert(rows)
        insert(envelopes)
        peer.next_seq += len(rows)
        peer.save(update_fields=["next_seq"])
        if rows:
            journal.record(by, noting.noted("exchange.send", declared.wire, [row.pk for row in rows]))
        transaction.on_commit(waking.wake)
    return rows


VOID = "exchange.void"


def take_back(*, by: Actor, message_id: UUID, instead: str = VOID, body: Mapping[str, Any] | None = None) -> bool:
    """Put another message of the same number in the place of one that never left (a consent was withdrawn, say): an
    empty one, or one of the kind `instead`, so that nobody learns there was another.

    Inside the caller's transaction; the caller is an action that asked its own permission. False when it left, or may
    have: then only a message that says so can follow it. Also for a node that is trusted no more: what waits for it may
    leave again one day. Raises NotFound, NodeLocked.
    """
    with transaction.atomic():
        row = Outgoing.objects.filter(pk=message_id).first()
        if row is None:
            raise NotFound
        peer = Peer.objects.select_for_update().get(pk=row.peer_id)
        row = Outgoing.objects.select_for_update().get(pk=message_id)
        if row.state != SentState.WAITING:
            return False
        other = kinds.newest(instead)
        _id, file = sealer_for(peer).seal(other, kinds.checked(other.fields, body or {}), row.seq, row.pk)
        Envelope.objects.filter(pk=row.pk).update(file=file)
        row.kind, row.size = other.wire, len(file)
        row.subject = None if instead == VOID else row.subject
        row.save(update_fields=["kind", "subject", "size"])
        journal.record(by, journal.Entry(action="exchange.take_back", subject=row.pk))
    return True


@action("exchange.manage")
def meet(*, by: Actor, file: bytes) -> Peer:
    """Write down another node by its descriptor, or take a newer one of a known node.

    It is not trusted by that. Raises Invalid, NotTheirRoot, OwnDescriptor, OlderDescriptor.
    """
    try:
        descriptor = descriptors.read(file)
    except descriptors.NotADescriptor as problem:
        raise Invalid({"file": _("This is not the whole descriptor of a node. Ask for it again.")}) from problem
    peer = peers.met(descriptor, file)
    journal.record(by, journal.Entry(action="exchange.meet", subject=peer.pk))
    return peer


@action("exchange.trust")
def trust(*, by: Actor, peer_id: UUID, words: str) -> Peer:
    """Trust a node: `words` are those that the other side said aloud. Raises NotFound, WordsDiffer, WrongState."""
    peer = queries.get_for(by, peer_id, lock=True)
    state = PEERS.after(peer.state, PeerAct.TRUST)
    if words.lower().replace("-", " ").split() != fingerprint_of(peer).split():
        raise WordsDiffer
    peer.state, peer.compared_at, peer.compared_by = PeerState(state), now(), by.account_id
    peer.save(update_fields=["state", "compared_at", "compared_by"])
    journal.record(by, journal.Entry(action="exchange.trust", subject=peer.pk))
    transaction.on_commit(waking.wake)
    return peer


@action("exchange.manage")
def suspend(*, by: Actor, peer_id: UUID) -> Peer:
    """Send nothing more to a node and take nothing of it; what waits, waits. Raises NotFound, WrongState."""
    peer = queries.get_for(by, peer_id, lock=True)
    peer.state = PeerState(PEERS.after(peer.state, PeerAct.SUSPEND))
    peer.save(update_fields=["state"])
    journal.record(by, journal.Entry(action="exchange.suspend", subject=peer.pk))
    return peer


@action("exchange.manage")
def route(*, by: Actor, peer_id: UUID, relay_id: UUID | None, holds_mail: bool) -> Peer:
    """Say who holds a node's mail, and whether we hold it ourselves. Raises NotFound, Invalid."""
    peer = queries.get_for(by, peer_id, lock=True)
    if relay_id == peer.pk:
        raise Invalid({"relay": _("A node cannot hold its own mail for itself. Choose another.")})
    relay = queries.get_for(by, relay_id) if relay_id else None
    peer.relay, peer.holds_mail = relay, holds_mail
    peer.save(update_fields=["relay", "holds_mail"])
    journal.record(by, journal.Entry(action="exchange.route", subject=peer.pk))
    transaction.on_commit(waking.wake)
    return peer


@action("exchange.manage")
def announce(*, by: Actor, addresses: list[str]) -> OwnIdentity:
    """Say where this node is reached; every trusted node is told. Raises Invalid, NodeLocked."""
    cleaned = [address.strip().rstrip("/") for address in addresses if address.strip()]
    wrong = [one for one in cleaned if not one.startswith(("https://", "http://")) or len(one) > 200 or " " in one]
    if wrong or len(cleaned) > descriptors.MOST_ADDRESSES:
        raise Invalid({"addresses": _("Write up to four addresses, one a line, such as https://help.example.org")})
    known = identity.required()
    known.addresses = cleaned
    identity.describe(known)
    tell_everyone(by=by)
    journal.record(by, journal.Entry(action="exchange.announce"))
    return known


@action("exchange.manage")
def throw_away(*, by: Actor, held_id: int) -> None:
    """Throw away a file that could not be taken. Raises NotFound."""
    gone, _rows = Held.objects.filter(pk=held_id).delete()
    if not gone:
        raise NotFound
    journal.record(by, journal.Entry(action="exchange.throw_away"))


def tell_everyone(*, by: Actor) -> None:
    """Send our newest descriptor to every trusted node. Raises NodeLocked."""
    file = bytes(identity.required().descriptor)
    for peer_id in Peer.objects.filter(state=PeerState.TRUSTED).values_list("pk", flat=True):
        send(by=by, peer_id=peer_id, kind="exchange.descriptor", subject=None, body={"file": file})


def fingerprint_of(peer: Peer) -> str:
    """The words by which a node is known."""
    return descriptors.fingerprint(peer.pk, bytes(peer.root))
