"""Sealed bytes. An encapsulation is random: what was sealed once is kept for as long as it opens to the same inner."""

from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from making import files
from making.cast import AT, HOME, TRANSIT, Node, expanded, seed
from waystation.exchange import cbor, keys, wire

HYBRID = wire.SUITES[wire.HYBRID]
CURVE_ONLY = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
SMALLER = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_128_GCM)
CONTEXT = wire.CONTEXT
KEM_BYTES, TAG_BYTES = 1120, 16
HEAD = {"v": 1, "s": 1, "to": HOME.id.bytes}
SAID = {
    "v": 1,
    "id": seed("message id")[:16],
    "from": TRANSIT.id.bytes,
    "to": HOME.id.bytes,
    "seq": 1,
    "kind": "handover.offer/1",
    "at": AT,
    "body": {"needs": ["shelter", "health"], "people": 2, "ask": "a place for two nights"},
}


def said(**change: Any) -> bytes:
    """The raw bytes of the usual message, with changes."""
    return cbor.encode(SAID | change)


def signed(raw: bytes, by: Ed25519PrivateKey = TRANSIT.signing, context: bytes = CONTEXT) -> bytes:
    """Raw bytes with their signature."""
    return cbor.encode([raw, by.sign(context + raw)])


def padded(content: bytes, size: int | None = None, length: int | None = None, pad: bytes = b"\0") -> bytes:
    """Content with its length, filled up; `size` and `length` where they are to be wrong."""
    inner = (len(content) if length is None else length).to_bytes(4, "big") + content
    return inner.ljust(wire.size_class(len(inner)) if size is None else size, pad)


def frame(head: bytes, sealed: bytes) -> bytes:
    """The file."""
    return cbor.encode([head, sealed])


def curve_private(node: Node = HOME) -> X25519PrivateKey:
    """The X25519 half of a node's hybrid key."""
    return X25519PrivateKey.from_private_bytes(expanded(node.key())[keys.SEED_BYTES :])


def sealed(
    name: str,
    inner: bytes,
    *,
    head: bytes | None = None,
    shown: bytes | None = None,
    to: Any = None,
    suite: hpke.Suite = HYBRID,
    context: bytes = CONTEXT,
) -> bytes:
    """The file of a vector: as it was made before when that opens to `inner`, else sealed now.

    `to` is a private key; `shown` a head that stands in the frame instead of the one that was sealed under.
    """
    head = cbor.encode(HEAD) if head is None else head
    shown = head if shown is None else shown
    private = HOME.private() if to is None else to
    before = files.body_of(name)
    if before is not None:
        try:
            old_head, old = cbor.decode(before)
            if old_head == shown and suite.decrypt(old, private, info=context + head) == inner:
                return before
        except (InvalidTag, ValueError):
            pass
    return frame(shown, suite.encrypt(inner, private.public_key(), info=context + head))
