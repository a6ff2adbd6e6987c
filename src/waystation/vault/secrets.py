"""What belongs to the node and not to a person: second-factor seeds, staff names, the log's signing key; and what
the audit log needs of a person's key."""

import hashlib
import hmac
from collections.abc import Iterable
from uuid import UUID

from waystation.vault import ciphers
from waystation.vault.keyring import keyring
from waystation.vault.persons import key_of
from waystation.vault.problems import SealBroken


def seal_for_node(purpose: str, data: bytes) -> bytes:
    """Seal data under a sub-key of the node key for one purpose. Raises NodeLocked."""
    return ciphers.wrap(_node_subkey(purpose), data, purpose.encode())


def open_for_node(purpose: str, blob: bytes) -> bytes:
    """The inverse of `seal_for_node`. Raises NodeLocked, SealBroken for another purpose or damaged bytes."""
    return _opened(_node_subkey(purpose), blob, purpose.encode())


def node_mac(purpose: str, data: bytes) -> bytes:
    """HMAC-SHA256 under a sub-key of the node key, for values with as much chance in them as a card code.

    Never for names, places or sex: who sees many tags guesses those by how often they come. Raises NodeLocked.
    """
    return hmac.digest(_node_subkey(purpose), data, hashlib.sha256)


def person_mac(person: UUID, data: bytes) -> bytes:
    """HMAC-SHA256 under a sub-key of a person's key. Raises PersonErased, NodeLocked."""
    return hmac.digest(ciphers.subkey(key_of(person), b"ws/mac/1"), data, hashlib.sha256)


def log_number(person: UUID, data: bytes) -> UUID:
    """A number that stands in the log for a person or a row of hers: it points to nothing once her key is gone.

    HMAC-SHA256 under a sub-key of her key, cut to 16 bytes. Raises PersonErased, NodeLocked.
    """
    (number,) = log_numbers(person, [data])
    return number


def log_numbers(person: UUID, many: Iterable[bytes]) -> list[UUID]:
    """As `log_number`, for many."""
    key = ciphers.subkey(key_of(person), b"ws/log/1")
    return [UUID(bytes=hmac.digest(key, data, hashlib.sha256)[:16]) for data in many]


def seal_detail(person: UUID, data: bytes) -> bytes:
    """Seal a log entry's detail under a sub-key of a person's key. Raises PersonErased, NodeLocked."""
    return ciphers.wrap(ciphers.subkey(key_of(person), b"ws/detail/1"), data, b"ws/detail/1")


def open_detail(person: UUID, blob: bytes) -> bytes:
    """The inverse of `seal_detail`. Raises PersonErased, NodeLocked, SealBroken."""
    return _opened(ciphers.subkey(key_of(person), b"ws/detail/1"), blob, b"ws/detail/1")


def _node_subkey(purpose: str) -> bytes:
    return ciphers.subkey(keyring.node_key, b"ws/node/1|" + purpose.encode())


def _opened(key: bytes, blob: bytes, bound_to: bytes) -> bytes:
    try:
        return ciphers.unwrap(key, bytes(blob), bound_to)
    except ciphers.CannotOpen as problem:
        raise SealBroken from problem
