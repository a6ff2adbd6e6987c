"""A node's descriptor: who it is, its keys, where it is reached; numbered, signed by its root. Pure: knows no table.

    descriptor = cbor{addresses, at, country, keys, log, name, node, number, root, signing, v}
    file       = cbor[descriptor, Ed25519(root, CONTEXT | descriptor)]

A peer keeps the newest by `number`; the root never changes, and its fingerprint is what two people compare aloud.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from waystation.exchange import cbor, keys
from waystation.exchange.spoken import spoken

VERSION = 1
CONTEXT = b"waystation/node/1\0"
FINGERPRINT = b"waystation/fingerprint/1\0"
FINGERPRINT_BYTES = 12
MOST_KEYS, MOST_ADDRESSES, LONGEST_TEXT = 4, 4, 200
LARGEST = 16 * 1024
BEGIN = "waystation-node:"
FIELDS = frozenset({"addresses", "at", "country", "keys", "log", "name", "node", "number", "root", "signing", "v"})


class NotADescriptor(ValueError):  # noqa: N818 - told to a person as it is
    """The file is no descriptor, or not one that its root signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingKey:
    """A public HPKE key (`keys.PUBLIC_BYTES`) and until when others may seal to it."""

    public: bytes
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """What a node says of itself. `country` is ISO 3166-1 alpha-2; `keys` the newest first;
    `log` signs the checkpoints of its log."""

    node: UUID
    number: int
    at: datetime
    name: str
    country: str
    root: bytes
    signing: bytes
    log: bytes
    keys: tuple[SealingKey, ...]
    addresses: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """What is signed."""
        return cbor.encode(
            {
                "v": VERSION,
                "node": self.node.bytes,
                "number": self.number,
                "at": int(self.at.timestamp()),
                "name": self.name,
                "country": self.country,
                "root": self.root,
                "signing": self.signing,
                "log": self.log,
                "keys": [[key.public, int(key.until.timestamp())] for key in self.keys],
                "addresses": list(self.addresses),
            }
        )

    def signed(self, root: Ed25519PrivateKey) -> bytes:
        """The file."""
        raw = self.to_bytes()
        return cbor.encode([raw, root.sign(CONTEXT + raw)])

    @property
    def fingerprint(self) -> str:
        """Six words of the node's id and root, to be compared aloud: 96 bits."""
        return fingerprint(self.node, self.root)

    def key_at(self, moment: datetime) -> SealingKey | None:
        """To which key to seal now; the newest of all when each has run out, for a late letter is better than none."""
        return next((key for key in self.keys if key.until > moment), self.keys[0] if self.keys else None)


def fingerprint(node: UUID, root: bytes) -> str:
    """The words of a node's id and root."""
    return spoken(hashlib.sha256(FINGERPRINT + node.bytes + root).digest()[:FINGERPRINT_BYTES])


def read(file: bytes) -> Descriptor:
    """A descriptor that its own root signed. Whether to trust that root is for people to decide.

    Raises NotADescriptor.
    """
    try:
        if len(file) > LARGEST:
            raise NotADescriptor("This file is too large for a descriptor.")
        raw, signature = cbor.decode(file)
        said = cbor.decode(raw)
        descriptor = _descriptor(said)
        Ed25519PublicKey.from_public_bytes(descriptor.root).verify(signature, CONTEXT + raw)
    except NotADescriptor:
        raise
    except InvalidSignature as problem:
        raise NotADescriptor("The descriptor was changed after it was signed.") from problem
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError) as problem:
        raise NotADescriptor("This is not the descriptor of a node.") from problem
    return descriptor


def to_text(file: bytes) -> str:
    """A descriptor as one line of text, for a mail or a QR code."""
    return BEGIN + base64.urlsafe_b64encode(file).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """The inverse of `to_text`. Raises NotADescriptor."""
    line = "".join(text.split())
    if not line.startswith(BEGIN):
        raise NotADescriptor("This is not the descriptor of a node.")
    rest = line.removeprefix(BEGIN)
    try:
        return base64.b64decode(rest + "=" * (-len(rest) % 4), altchars=b"-_", validate=True)
    except ValueError as problem:
        raise NotADescriptor("A part of the descriptor is missing. Copy it wholly.") from problem


def _descriptor(said: Any) -> Descriptor:
    if said["v"] != VERSION or set(said) != FIELDS:
        raise NotADescriptor("This descriptor is of a version that this node does not know.")
    descriptor = Descriptor(
        node=UUID(bytes=said["node"]),
        number=said["number"],
        at=datetime.fromtimestamp(said["at"], UTC),
        name=said["name"],
        country=said["country"],
        root=said["root"],
        signing=said["signing"],
        log=said["log"],
        keys=tuple(SealingKey(public=one, until=datetime.fromtimestamp(until, UTC)) for one, until in said["keys"]),
        addresses=tuple(said["addresses"]),
    )
    if not _is_well_formed(descriptor):
        raise NotADescriptor("This is not the descriptor of a node.")
    for key in descriptor.keys:
        keys.public_of(key.public)
    for raw in (descriptor.signing, descriptor.log):
        Ed25519PublicKey.from_public_bytes(raw)
    return descriptor


def _is_well_formed(one: Descriptor) -> bool:
    texts = (one.name, one.country, *one.addresses)
    return (
        type(one.number) is int
        and one.number > 0
        and all(isinstance(text, str) and len(text) <= LONGEST_TEXT for text in texts)
        and all(address.startswith(("https://", "http://")) for address in one.addresses)
        and 0 < len(one.keys) <= MOST_KEYS
        and len(one.addresses) <= MOST_ADDRESSES
    )
