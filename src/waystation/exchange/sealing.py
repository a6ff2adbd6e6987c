"""Sealing for one peer: our keys and theirs looked up once, for as many messages as there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waystation.exchange import descriptors, identity, keys, kinds, wire
from waystation.exchange.codes import PeerState
from waystation.exchange.models import Peer
from waystation.exchange.problems import MessageTooLarge, PeerNotTrusted
from waystation.kernel.clock import now


@dataclass(frozen=True, slots=True)
class Sealer:
    """What envelopes to one peer are sealed with. Not to be kept: the node may be locked."""

    us: UUID
    to: UUID
    signing: Ed25519PrivateKey
    recipient: Any

    def seal(
        self, kind: kinds.Kind, body: Mapping[str, Any], seq: int, message_id: UUID | None = None
    ) -> tuple[UUID, bytes]:
        """A message's id and its file. Raises MessageTooLarge."""
        message = wire.Message(
            id=message_id or wire.new_id(),
            sender=self.us,
            to=self.to,
            seq=seq,
            kind=kind.wire,
            at=now(),
            body=dict(body),
        )
        try:
            return message.id, wire.seal(message, signing=self.signing, recipient=self.recipient)
        except wire.Refused as problem:
            raise MessageTooLarge from problem


def sealer_for(peer: Peer) -> Sealer:
    """For a peer, to whatever key of theirs holds now, trusted or not. Raises PeerNotTrusted, NodeLocked."""
    key = _descriptor(bytes(peer.descriptor)).key_at(now())
    if key is None:
        raise PeerNotTrusted
    return Sealer(identity.node_id(), peer.pk, identity.signing_key(), _public(key.public))


def envelope(peer: Peer, kind: kinds.Kind, body: Mapping[str, Any], seq: int) -> tuple[UUID, bytes]:
    """A message's id and its file, sealed for a trusted peer. Raises PeerNotTrusted, MessageTooLarge, NodeLocked."""
    if peer.state != PeerState.TRUSTED:
        raise PeerNotTrusted
    return sealer_for(peer).seal(kind, body, seq)


@lru_cache(maxsize=64)
def _descriptor(file: bytes) -> descriptors.Descriptor:
    return descriptors.read(file)


@lru_cache(maxsize=64)
def _public(raw: bytes) -> Any:
    return keys.public_of(raw)
