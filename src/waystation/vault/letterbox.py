"""Letters that reach the node even while it is locked, and answers that only the holder of a code can open.

Coming in: sealed by HPKE (RFC 9180, base mode) to the node's letterbox key, whose private half is sealed for the node.
Going back: the reply code (60 drawn bits) is stretched by Argon2id; HKDF makes of it a number to find the letter by and
the private half of a key to which answers are sealed. Neither is kept, so whoever takes the disk can open nothing.
"""

import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from waystation.kernel.errors import NodeLocked
from waystation.vault import ciphers, node
from waystation.vault.models import Letterbox
from waystation.vault.problems import SealBroken
from waystation.vault.secrets import open_for_node, seal_for_node

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
PURPOSE = "letterbox"
INFO = b"ws/letterbox/1|"
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32."""
LETTERS, GROUP = 12, 4
COST = {"time_cost": 2, "memory_kib": 19 * 1024, "parallelism": 1}
"""Argon2id at OWASP's least: the 60 bits of a code are drawn, not thought up."""
NUMBER_BYTES = 16
_READ_AS = str.maketrans("OIL", "011", " -\u2010\u2011\u2012\u2013\u2014\u00a0\t\r\n")


@dataclass(frozen=True, slots=True)
class ReplyKey:
    """What a reply code opens: `number` finds the letter; answers are sealed to the public half of `private`."""

    number: bytes
    private: bytes

    @property
    def public(self) -> bytes:
        """What may be kept beside the letter."""
        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()


def ensure() -> None:
    """Make the letterbox key where there is none, after an unlocking."""
    if Letterbox.objects.exists():
        return
    private = X25519PrivateKey.generate()
    Letterbox.objects.get_or_create(
        only=True,
        defaults={
            "public": private.public_key().public_bytes_raw(),
            "private": seal_for_node(PURPOSE, private.private_bytes_raw()),
        },
    )


def put_in(text: bytes, *, bound_to: bytes) -> bytes:
    """Seal a letter for the node, locked or not. Raises NodeLocked where the node was never opened yet."""
    box = Letterbox.objects.first()
    if box is None:
        if not node.is_unlocked():
            raise NodeLocked
        ensure()
        box = Letterbox.objects.get()
    return seal_to(bytes(box.public), text, bound_to=bound_to)


def take_out(sealed: bytes, *, bound_to: bytes) -> bytes:
    """Open a letter. Raises NodeLocked, SealBroken."""
    private = open_for_node(PURPOSE, bytes(Letterbox.objects.get().private))
    return open_with(private, sealed, bound_to=bound_to)


def seal_to(public: bytes, text: bytes, *, bound_to: bytes) -> bytes:
    """Seal a text to a public key. `bound_to` must be given again to open it."""
    return SUITE.encrypt(text, X25519PublicKey.from_public_bytes(public), info=INFO + bound_to)


def open_with(private: bytes, sealed: bytes, *, bound_to: bytes) -> bytes:
    """The inverse of `seal_to`. Raises SealBroken."""
    try:
        return SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(private), info=INFO + bound_to)
    except (InvalidTag, ValueError) as problem:
        raise SealBroken from problem


def new_code() -> str:
    """A fresh reply code: twelve letters and digits."""
    return "".join(secrets.choice(DIGITS) for _place in range(LETTERS))


def shown(code: str) -> str:
    """A code as people read it: `XXXX-XXXX-XXXX`."""
    return "-".join(code[place : place + GROUP] for place in range(0, LETTERS, GROUP))


def parse(text: str) -> str:
    """The code somebody typed, forgiving case, spaces, dashes, o for 0 and i or l for 1; empty for what is none."""
    plain = text.upper().translate(_READ_AS)
    return plain if len(plain) == LETTERS and not set(plain) - set(DIGITS) else ""


def reply_key(code: str) -> ReplyKey:
    """What a code opens; takes 0.03 s and 19 MiB. `code` as `parse` gives it."""
    secret = ciphers.stretch(code, INFO.ljust(16, b"|"), **COST)
    number = ciphers.subkey(secret, INFO + b"number")[:NUMBER_BYTES]
    return ReplyKey(number=number, private=ciphers.subkey(secret, INFO + b"reply"))
