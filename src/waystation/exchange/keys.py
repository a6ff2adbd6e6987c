"""Keys of a node as bytes: an Ed25519 root and signing key, hybrid HPKE keys. Pure: knows no table.

A hybrid public key is ML-KEM-768's 1,184 bytes and X25519's 32 (the order of X-Wing); a private one is ML-KEM's seed of
64 bytes and X25519's 32.
"""

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

SEED_BYTES, ENCAPSULATION_BYTES, CURVE_BYTES = 64, 1184, 32
PRIVATE_BYTES, PUBLIC_BYTES = SEED_BYTES + CURVE_BYTES, ENCAPSULATION_BYTES + CURVE_BYTES


def new_private() -> bytes:
    """A fresh hybrid key pair's private half."""
    return MLKEM768PrivateKey.generate().private_bytes_raw() + X25519PrivateKey.generate().private_bytes_raw()


def private_of(raw: bytes) -> MLKEM768X25519PrivateKey:
    """What opens. Raises ValueError for other bytes."""
    _check(raw, PRIVATE_BYTES)
    lattice = MLKEM768PrivateKey.from_seed_bytes(raw[:SEED_BYTES])
    return MLKEM768X25519PrivateKey(lattice, X25519PrivateKey.from_private_bytes(raw[SEED_BYTES:]))


def public_bytes_of(raw: bytes) -> bytes:
    """The public half of a private one's bytes."""
    _check(raw, PRIVATE_BYTES)
    lattice = MLKEM768PrivateKey.from_seed_bytes(raw[:SEED_BYTES]).public_key()
    curve = X25519PrivateKey.from_private_bytes(raw[SEED_BYTES:]).public_key()
    return lattice.public_bytes_raw() + curve.public_bytes_raw()


def public_of(raw: bytes) -> MLKEM768X25519PublicKey:
    """To whom is sealed. Raises ValueError for other bytes."""
    _check(raw, PUBLIC_BYTES)
    lattice = MLKEM768PublicKey.from_public_bytes(raw[:ENCAPSULATION_BYTES])
    return MLKEM768X25519PublicKey(lattice, X25519PublicKey.from_public_bytes(raw[ENCAPSULATION_BYTES:]))


def check_public(raw: bytes) -> None:
    """Raises ValueError for bytes that nothing can be sealed to: of another length, or a point of small order."""
    public_of(raw)
    curve = X25519PublicKey.from_public_bytes(raw[ENCAPSULATION_BYTES:])
    X25519PrivateKey.from_private_bytes(bytes(CURVE_BYTES)).exchange(curve)


def _check(raw: bytes, length: int) -> None:
    if len(raw) != length:
        raise ValueError(f"A key of {length} bytes was expected, not {len(raw)}.")
