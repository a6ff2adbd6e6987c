"""The few cryptographic steps of the vault, each one construction of EXCHANGE.md section 1, and nothing else."""

import os
import threading
import unicodedata

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
# Each stretching takes 256 MiB: many sign-ins at once must wait, not exhaust a small laptop.
_stretching = threading.BoundedSemaphore(2)


class CannotOpen(Exception):  # noqa: N818 - the callers say what it means
    """A wrong key, or bytes that are not what was sealed here."""


class CannotStretch(Exception):  # noqa: N818 - the callers say what it means
    """Argon2id did not get its memory."""


def new_key() -> bytes:
    """32 random bytes from the operating system."""
    return os.urandom(KEY_BYTES)


def wrap(key: bytes, data: bytes, bound_to: bytes) -> bytes:
    """AES-256-GCM: nonce, then ciphertext and tag. `bound_to` is associated data that opening must repeat."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, bound_to)


def unwrap(key: bytes, blob: bytes, bound_to: bytes) -> bytes:
    """The inverse of `wrap`. Raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], bound_to)
    except (InvalidTag, ValueError) as problem:
        raise CannotOpen from problem


def stretch(passphrase: str, salt: bytes, *, time_cost: int, memory_kib: int, parallelism: int) -> bytes:
    """Argon2id (RFC 9106): a 32-byte key out of a passphrase, however the keyboard composes its letters (NFKC).

    Raises CannotStretch when the memory is not there.
    """
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    with _stretching:
        try:
            return hash_secret_raw(secret, salt, time_cost, memory_kib, parallelism, hash_len=KEY_BYTES, type=Type.ID)
        except HashingError as problem:
            raise CannotStretch from problem


def subkey(key: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869): an independent key for one purpose."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose).derive(key)
