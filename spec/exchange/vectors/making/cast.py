"""Who is in the vectors. Every key follows from a name, so that anybody can make it again."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waystation.exchange import keys

AT = int(datetime(2026, 11, 23, 9, 30, tzinfo=UTC).timestamp())


def seed(name: str) -> bytes:
    """32 bytes that stand for a name."""
    return hashlib.sha256(b"waystation vectors/1 " + name.encode()).digest()


def expanded(x_wing_seed: bytes) -> bytes:
    """A private key of X-Wing, 32 bytes, as ML-KEM-768's seed and X25519's scalar."""
    return hashlib.shake_256(x_wing_seed).digest(keys.PRIVATE_BYTES)


@dataclass(frozen=True)
class Node:
    """One node of the cast."""

    name: str

    @cached_property
    def id(self) -> UUID:
        """Its id."""
        return UUID(bytes=seed(f"{self.name} id")[:16])

    @cached_property
    def root(self) -> Ed25519PrivateKey:
        """Signs its descriptors."""
        return Ed25519PrivateKey.from_private_bytes(seed(f"{self.name} root"))

    @cached_property
    def signing(self) -> Ed25519PrivateKey:
        """Signs its messages."""
        return Ed25519PrivateKey.from_private_bytes(seed(f"{self.name} signing"))

    @cached_property
    def log(self) -> Ed25519PrivateKey:
        """Signs the checkpoints of its log."""
        return Ed25519PrivateKey.from_private_bytes(seed(f"{self.name} log"))

    def key(self, number: int = 2) -> bytes:
        """The seed of one of its hybrid keys; 2 is the newest, 1 the one before."""
        return seed(f"{self.name} key {number}")

    def private(self, number: int = 2) -> Any:
        """Opens what is sealed to that key."""
        return keys.private_of(expanded(self.key(number)))

    def public_bytes(self, number: int = 2) -> bytes:
        """That key's public half."""
        return keys.public_bytes_of(expanded(self.key(number)))

    def public(self, number: int = 2) -> Any:
        """To whom is sealed."""
        return keys.public_of(self.public_bytes(number))


TRANSIT, HOME, THIRD, STRANGER = Node("transit"), Node("home"), Node("third"), Node("stranger")
"""The vectors are read by `home`, which trusts `transit` and `third` and has never met `stranger`."""
