"""Another node, played by the protocol alone: it shares no table and no action with the node under test."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from waystation.audit import checkpoints, merkle, notes
from waystation.exchange import descriptors, identity, keys, wire
from waystation.exchange.descriptors import Descriptor, SealingKey

LATER = datetime.now(UTC) + timedelta(days=20)


@dataclass
class Far:
    """Its keys, and how many messages it has numbered."""

    id: UUID = field(default_factory=uuid4)
    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    log: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    private: bytes = field(default_factory=keys.new_private)
    leaves: list[bytes] = field(default_factory=list)
    seq: int = 0

    def descriptor(self, number: int = 1, **other: Any) -> bytes:
        """Its descriptor's file."""
        said: dict[str, Any] = {
            "node": self.id,
            "number": number,
            "at": datetime.now(UTC),
            "name": "Society of the Far Shore",
            "country": "IT",
            "root": self.root.public_key().public_bytes_raw(),
            "signing": self.signing.public_key().public_bytes_raw(),
            "log": self.log.public_key().public_bytes_raw(),
            "keys": (SealingKey(public=keys.public_bytes_of(self.private), until=LATER),),
        }
        return Descriptor(**said | other).signed(self.root)

    def message(self, kind: str, body: dict[str, Any], **other: Any) -> wire.Message:
        """The next message to the node under test; seq=0 is not counted."""
        if "seq" not in other:
            self.seq += 1
        said: dict[str, Any] = {"id": uuid4(), "to": identity.node_id(), "seq": self.seq, "at": datetime.now(UTC)}
        return wire.Message(sender=self.id, kind=kind, body=body, **said | other)

    def sealed(self, message: wire.Message, signing: Ed25519PrivateKey | None = None) -> bytes:
        """The file, to the node's newest key."""
        own = identity.required()
        key = descriptors.read(bytes(own.descriptor)).keys[0]
        return wire.seal(message, signing=signing or self.signing, recipient=keys.public_of(key.public))

    def opened(self, file: bytes) -> wire.Message:
        """What the node under test says to it."""
        signing = descriptors.read(bytes(identity.required().descriptor)).signing
        return wire.unseal(
            file,
            us=self.id,
            keys=[keys.private_of(self.private)],
            signer=lambda _sender: Ed25519PublicKey.from_public_bytes(signing),
        )

    def opened_own(self, file: bytes) -> wire.Message:
        """What a file says that it sealed itself to the node under test."""
        return wire.unseal(
            file, us=identity.node_id(), keys=identity.opening_keys(), signer=lambda _sender: self.signing.public_key()
        )

    def checkpoint(self, size: int) -> str:
        """Its log's checkpoint at a size."""
        while len(self.leaves) < size:
            self.leaves.append(merkle.leaf_hash(str(len(self.leaves)).encode()))
        root = merkle.range_root(self.complete, 0, size)
        origin = f"waystation/{self.id}"
        return notes.sign(str(checkpoints.Statement(origin, size, root)), origin, self.log)

    def complete(self, level: int, index: int) -> bytes:
        """A complete subtree of its log."""
        if not level:
            return self.leaves[index]
        return merkle.node_hash(self.complete(level - 1, 2 * index), self.complete(level - 1, 2 * index + 1))

    def receipt(self, **said: Any) -> bytes:
        """A receipt of its, sealed."""
        body = {
            "came_to": 0,
            "later": [],
            "last": b"",
            "ids": [],
            "refused": {},
            "checkpoint": "",
            "size_before": 0,
            "proof": [],
            "cosigned": "",
        }
        return self.sealed(self.message("exchange.receipt/1", body | said, seq=0))
