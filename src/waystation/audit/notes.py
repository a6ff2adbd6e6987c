"""Signed notes (C2SP signed-note) with Ed25519 keys: text that says who signed it. Pure: knows no table.

A note is text ending in a newline, an empty line, and lines "— NAME BASE64(key hash | signature)". Notes written here
are read by the tools of Go's checksum database, Sigsum and Tessera, and the other way round.
"""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
HASH_BYTES = 4
DASH = "\N{EM DASH} "


class NoteError(ValueError):
    """The text is no signed note, or no signature of the asked key on it is valid."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Who signed: a name without blanks and plus signs, and an Ed25519 public key (32 bytes)."""

    name: str
    public: bytes

    @property
    def key_hash(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:HASH_BYTES]

    def __str__(self) -> str:
        """The verifier key as text ("vkey"), to hand to someone who is to check notes."""
        return f"{self.name}+{self.key_hash.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The note: the text (ending in a newline) and one signature."""
    verifier = Verifier(name, key.public_key().public_bytes_raw())
    return f"{text}\n{DASH}{name} {base64.b64encode(verifier.key_hash + key.sign(text.encode())).decode()}\n"


def opened(note: str, verifier: Verifier) -> str:
    """The text of a note that the verifier's key signed; other keys' signatures are passed over. Raises NoteError."""
    text, signatures = _split(note)
    for line in signatures:
        name, _blank, encoded = line.removeprefix(DASH).partition(" ")
        raw = _decoded(encoded)
        if name != verifier.name or raw[:HASH_BYTES] != verifier.key_hash:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(verifier.public).verify(raw[HASH_BYTES:], text.encode())
        except InvalidSignature as problem:
            raise NoteError("The signature is not valid.") from problem
        return text
    raise NoteError("No signature of this key.")


def _split(note: str) -> tuple[str, list[str]]:
    text, gap, tail = note.rpartition("\n\n")
    signatures = tail.removesuffix("\n").split("\n")
    if not gap or not tail.endswith("\n") or not all(line.startswith(DASH) for line in signatures):
        raise NoteError("This is not a signed note.")
    return text + "\n", signatures


def _decoded(encoded: str) -> bytes:
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError as problem:
        raise NoteError("A signature is not base64.") from problem
    if base64.b64encode(raw).decode() != encoded:
        raise NoteError("A signature is not base64.")
    return raw
