"""A node's descriptor: who it is, its keys, where it is reached; numbered, signed by its root. Pure: knows no table.

    descriptor = cbor{addresses, at, country, keys, log, name, node, number, root, signing, v}
    file       = cbor[descriptor, Ed25519(root, CONTEXT | descriptor)]

A peer keeps the newest by `number`; the root never changes, and its fingerprint is what two people compare aloud.
"""

import base64
import hashlib
import re
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
MOST_KEYS, MOST_ADDRESSES = 4, 4
LATEST = 253_402_300_799
"""The last second of the year 9999."""
HIGHEST = 2**31 - 1
"""The largest number of a descriptor: one more with each change, and no column holds more."""
NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]{1,200}")
"""No control characters, and none that turn around how the rest of a line reads."""
COUNTRY = re.compile(r"[A-Z]{2}")
ADDRESS = re.compile(r"https?://[!-~]{1,192}")
LARGEST = 16 * 1024
BEGIN = "waystation-node:"
FIELDS = frozenset({"addresses", "at", "country", "keys", "log", "name", "node", "number", "root", "signing", "v"})


class NotADescriptor(ValueError):  # noqa: N818 - told to a person as it is
    """The file is no descriptor, or not one to go by; `reason` is a code of REASONS."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(REASONS[reason])


REASONS = {
    "not-a-descriptor": "This is not the descriptor of a node.",
    "too-large": "This file is too large for a descriptor.",
    "unknown-version": "This descriptor is of a version that this node does not know.",
    "not-signed": "The descriptor was changed after it was signed.",
    "cut-off": "A part of the descriptor is missing. Copy it wholly.",
    "other-root": "This descriptor is signed by another root than the one that was compared.",
    "older": "A newer descriptor of this node is known.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingKey:
    """A public HPKE key (`keys.PUBLIC_BYTES`) and until when others may seal to it."""

    public: bytes
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """What a node says of itself.

    `country` is ISO 3166-1 alpha-2; `keys` the newest first; `log` signs the checkpoints of its log.
    """

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
    if len(file) > LARGEST:
        raise NotADescriptor("too-large")
    try:
        raw, signature = cbor.decode(file)
        descriptor = _descriptor(cbor.decode(raw))
        Ed25519PublicKey.from_public_bytes(descriptor.root).verify(signature, CONTEXT + raw)
    except NotADescriptor:
        raise
    except InvalidSignature as problem:
        raise NotADescriptor("not-signed") from problem
    except (TypeError, ValueError) as problem:
        raise NotADescriptor("not-a-descriptor") from problem
    return descriptor


def read_after(file: bytes, known: Descriptor) -> Descriptor:
    """What a known node says of itself now. Raises NotADescriptor, also for what is older or of another root."""
    descriptor = read(file)
    if descriptor.node != known.node:
        raise NotADescriptor("other-root")
    require_newer(descriptor, root=known.root, number=known.number)
    return descriptor


def require_newer(descriptor: Descriptor, *, root: bytes, number: int) -> None:
    """Raise NotADescriptor for what is older than the number we know, or of another root than its node's."""
    if descriptor.root != root:
        raise NotADescriptor("other-root")
    if descriptor.number < number:
        raise NotADescriptor("older")


def to_text(file: bytes) -> str:
    """A descriptor as one line of text, for a mail or a QR code."""
    return BEGIN + base64.urlsafe_b64encode(file).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """The inverse of `to_text`. Raises NotADescriptor."""
    line = "".join(text.split())
    if not line.startswith(BEGIN):
        raise NotADescriptor("not-a-descriptor")
    rest = line.removeprefix(BEGIN)
    try:
        return base64.b64decode(rest + "=" * (-len(rest) % 4), altchars=b"-_", validate=True)
    except ValueError as problem:
        raise NotADescriptor("cut-off") from problem


def _descriptor(said: Any) -> Descriptor:
    if not isinstance(said, dict) or not _is_number(said.get("v")):
        raise NotADescriptor("not-a-descriptor")
    if said["v"] != VERSION:
        raise NotADescriptor("unknown-version")
    if not _is_well_formed(said):
        raise NotADescriptor("not-a-descriptor")
    for name in ("root", "signing", "log"):
        Ed25519PublicKey.from_public_bytes(said[name])
    for public, _until in said["keys"]:
        keys.check_public(public)
    return Descriptor(
        node=UUID(bytes=said["node"]),
        number=said["number"],
        at=_moment(said["at"]),
        name=said["name"],
        country=said["country"],
        root=said["root"],
        signing=said["signing"],
        log=said["log"],
        keys=tuple(SealingKey(public=one, until=_moment(until)) for one, until in said["keys"]),
        addresses=tuple(said["addresses"]),
    )


def _is_well_formed(said: dict[str, Any]) -> bool:
    return (
        set(said) == FIELDS
        and _is_number(said["number"])
        and 0 < said["number"] <= HIGHEST
        and _is_time(said["at"])
        and all(isinstance(said[name], bytes) for name in ("node", "root", "signing", "log"))
        and _is_text(said["name"], NAME)
        and _is_text(said["country"], COUNTRY)
        and isinstance(said["addresses"], list)
        and len(said["addresses"]) <= MOST_ADDRESSES
        and all(_is_text(one, ADDRESS) for one in said["addresses"])
        and isinstance(said["keys"], list)
        and 0 < len(said["keys"]) <= MOST_KEYS
        and all(_is_key(one) for one in said["keys"])
    )


def _is_key(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 2 and isinstance(one[0], bytes) and _is_time(one[1])


def _is_text(value: Any, form: re.Pattern[str]) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _is_number(value: Any) -> bool:
    return type(value) is int


def _is_time(value: Any) -> bool:
    return _is_number(value) and 0 <= value <= LATEST


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
