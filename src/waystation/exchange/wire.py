"""The envelope: what crosses between two nodes, by any road (EXCHANGE.md section 2). Pure: knows no table.

    raw   = cbor{at, body, from, id, kind, seq, to, v}
    inner = length of what follows, 4 bytes | cbor[raw, Ed25519(sender, CONTEXT | raw)] | zeros to 1, 2, 4, 8 ... KiB
    file  = cbor[head = cbor{s, to, v}, HPKE(recipient, info = CONTEXT | head, inner)]

Who it is for stands inside the signature, so nobody can forward it as if it were for another; who sent it stands inside
the encryption, so whoever carries it learns the addressee and a size class and nothing else.
"""

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from waystation.exchange import cbor

VERSION = 1
CONTEXT = b"waystation/env/1\0"
HYBRID = 1
SUITES = {HYBRID: hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)}
"""By number in the head. 1: X-Wing (IANA KEM 0x647A), HKDF-SHA256, AES-256-GCM."""
SMALLEST, LARGEST = 1024, 8 * 1024 * 1024
"""Bytes of padded content, and of a whole file."""
LENGTH_BYTES, ID_BYTES = 4, 16
KIND = re.compile(r"[a-z0-9._/-]{1,64}")
HIGHEST = 2**53
"""The largest number of a message: every language counts so far exactly."""
LATEST = 253_402_300_799
"""The last second of the year 9999."""
HEAD, RAW = frozenset({"s", "to", "v"}), frozenset({"at", "body", "from", "id", "kind", "seq", "to", "v"})


class Refused(ValueError):  # noqa: N818 - a family of reasons
    """An envelope that is not taken; `reason` is a code of REASONS."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(REASONS[reason])


REASONS = {
    "not-an-envelope": "These bytes are no envelope, or some are missing.",
    "too-large": "The envelope is larger than any may be.",
    "unknown-version": "The envelope is of a version that this node does not know.",
    "unknown-suite": "The envelope is sealed in a way that this node does not accept.",
    "not-for-us": "The envelope is for another node.",
    "cannot-open": "The envelope was changed on the way, or sealed to a key that is no more.",
    "not-padded": "What the envelope holds is not in the form it must have.",
    "unknown-sender": "Nobody here trusts the node that sent it.",
    "not-signed": "The envelope does not bear the signature of who it says it is from.",
    "wrong-count": "The message is numbered where it must not be, or not where it must.",
    "wrong-body": "The message does not hold what its kind declares.",
    "too-many-gaps": "More of this sender's messages are missing than honest loss leaves.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What an envelope says. `at` is to the second, UTC.

    `seq` counts from 1 for each pair of nodes, and is 0 for what is not counted.
    """

    id: UUID
    sender: UUID
    to: UUID
    seq: int
    kind: str
    at: datetime
    body: dict[str, Any]

    def raw(self) -> bytes:
        """The bytes that are signed. Raises TypeError for what cannot be written."""
        said = {
            "v": VERSION,
            "id": self.id.bytes,
            "from": self.sender.bytes,
            "to": self.to.bytes,
            "seq": self.seq,
            "kind": self.kind,
            "at": int(self.at.timestamp()),
            "body": self.body,
        }
        if not _is_well_formed(said):
            raise TypeError("Every node would refuse this message: its number, kind or time is not as it must be.")
        return cbor.encode(said)


def seal(message: Message, *, signing: Ed25519PrivateKey, recipient: Any, suite: int = HYBRID) -> bytes:
    """The file. Raises Refused for a message that is too large, TypeError for what cannot be written."""
    raw = message.raw()
    inner = _padded(cbor.encode_pair(raw, signing.sign(CONTEXT + raw)))
    head = _head(suite, message.to)
    file = cbor.encode_pair(head, SUITES[suite].encrypt(inner, recipient, info=CONTEXT + head))
    if len(file) > LARGEST:
        raise Refused("too-large")
    return file


def addressee(file: bytes) -> UUID:
    """For whom an envelope is: all that who carries it can read. Raises Refused."""
    return _opened_head(file)[1]


def unseal(file: bytes, *, us: UUID, keys: Iterable[Any], signer: Callable[[UUID], Ed25519PublicKey | None]) -> Message:
    """What an envelope says, when all of it is right.

    `keys` are our private HPKE keys, the newest first; `signer` gives the signing key of a node that we trust.
    Raises Refused.
    """
    head, to, suite, sealed = _opened_head(file)
    if to != us:
        raise Refused("not-for-us")
    raw, signature = _inner(_decrypted(sealed, suite, keys, CONTEXT + head))
    message = _message(raw)
    if message.to != to:
        raise Refused("not-for-us")
    known = signer(message.sender)
    if known is None:
        raise Refused("unknown-sender")
    try:
        known.verify(signature, CONTEXT + raw)
    except InvalidSignature as problem:
        raise Refused("not-signed") from problem
    return message


def new_id() -> UUID:
    """16 random bytes that name a message."""
    return UUID(bytes=secrets.token_bytes(ID_BYTES))


def size_class(content: int) -> int:
    """The padded size for so many bytes: 1, 2, 4, 8 ... KiB."""
    size = SMALLEST
    while size < content:
        size *= 2
    return size


def _padded(content: bytes) -> bytes:
    length = LENGTH_BYTES + len(content)
    return b"".join((len(content).to_bytes(LENGTH_BYTES, "big"), content, bytes(size_class(length) - length)))


def _opened_head(file: bytes) -> tuple[bytes, UUID, int, bytes]:
    if len(file) > LARGEST:
        raise Refused("too-large")
    head, sealed = _pair(file, "not-an-envelope")
    to, suite = _said_by(head)
    return head, to, suite, sealed


@lru_cache(maxsize=16)
def _head(suite: int, to: UUID) -> bytes:
    return cbor.encode({"v": VERSION, "s": suite, "to": to.bytes})


@lru_cache(maxsize=16)
def _said_by(head: bytes) -> tuple[UUID, int]:
    """Addressee and suite; most heads that come are the same, for they are for us."""
    said = _decoded(head, "not-an-envelope")
    if not isinstance(said, dict) or "v" not in said:
        raise Refused("not-an-envelope")
    if not _is_number(said["v"]) or said["v"] != VERSION:
        raise Refused("unknown-version")
    if set(said) != HEAD or not _is_id(said["to"]):
        raise Refused("not-an-envelope")
    if not _is_number(said["s"]) or said["s"] not in SUITES:
        raise Refused("unknown-suite")
    return UUID(bytes=said["to"]), said["s"]


def _decrypted(sealed: bytes, suite: int, keys: Iterable[Any], info: bytes) -> bytes:
    for key in keys:
        try:
            return SUITES[suite].decrypt(sealed, key, info=info)
        except (InvalidTag, ValueError):
            continue
    raise Refused("cannot-open")


def _inner(inner: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(inner[:LENGTH_BYTES], "big")
    content, rest = inner[LENGTH_BYTES : LENGTH_BYTES + length], inner[LENGTH_BYTES + length :]
    if len(content) != length or rest.strip(b"\0") or len(inner) != size_class(LENGTH_BYTES + length):
        raise Refused("not-padded")
    return _pair(content, "not-padded")


def _message(raw: bytes) -> Message:
    said = _decoded(raw, "not-padded")
    if not _is_well_formed(said):
        raise Refused("not-padded")
    return Message(
        id=UUID(bytes=said["id"]),
        sender=_node(said["from"]),
        to=_node(said["to"]),
        seq=said["seq"],
        kind=said["kind"],
        at=_moment(said["at"]),
        body=said["body"],
    )


@lru_cache(maxsize=64)
def _node(raw: bytes) -> UUID:
    return UUID(bytes=raw)


@lru_cache(maxsize=64)
def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _pair(raw: bytes, otherwise: str) -> tuple[bytes, bytes]:
    both = _decoded(raw, otherwise)
    if not isinstance(both, list) or len(both) != 2 or not all(isinstance(one, bytes) for one in both):
        raise Refused(otherwise)
    return both[0], both[1]


def _decoded(raw: bytes, otherwise: str) -> Any:
    try:
        return cbor.decode(raw)
    except cbor.NotCbor as problem:
        raise Refused(otherwise) from problem


def _is_well_formed(said: Any) -> bool:
    return (
        isinstance(said, dict)
        and set(said) == RAW
        and all(_is_number(said[name]) for name in ("at", "seq", "v"))
        and all(_is_id(said[name]) for name in ("from", "id", "to"))
        and said["v"] == VERSION
        and 0 <= said["seq"] <= HIGHEST
        and 0 <= said["at"] <= LATEST
        and isinstance(said["kind"], str)
        and KIND.fullmatch(said["kind"]) is not None
        and isinstance(said["body"], dict)
    )


def _is_number(value: Any) -> bool:
    return type(value) is int


def _is_id(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == ID_BYTES
