"""What a holder publishes of the people who said yes to being found: a key, and a set of tags, signed. Knows no table.

    publication = cbor{at, circle, digest, facts, id, key, node, people, rules, size, slots, until, v}
    file        = cbor[publication, Ed25519(signing key, CONTEXT | publication)]

`digest` is SHA-256 of the set, which travels beside it in parts. One key, one set: with the next publication the key is
destroyed, and every copy of this set is noise.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from waystation.exchange import cbor
from waystation.familylinks.asking.protocol import golomb, keys, ristretto, tokens

VERSION = 1
CONTEXT = b"waystation/trace/1\0"
LARGEST = 4096
LATEST = 253_402_300_799
"""The last second of the year 9999."""
MOST_PEOPLE = 2_000_000
"""More would let a holder stuff its set with as many guesses again."""
THREE, FOUR = 3, 4
FIELDS = {
    **dict.fromkeys(("at", "facts", "people", "rules", "size", "slots", "until", "v"), int),
    **dict.fromkeys(("circle", "digest", "id", "key", "node"), bytes),
}
LENGTHS = {"circle": 16, "digest": 32, "id": 16, "key": 32, "node": 16}


class NotAPublication(ValueError):  # noqa: N818 - told to a person as it is
    """The file is no publication, or not one to go by; `reason` is a code of REASONS."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(REASONS[reason])


REASONS = {
    "not-a-publication": "This is not a publication of people who may be found.",
    "unknown-version": "This publication is written in a version that this node does not know.",
    "not-signed": "The publication was changed after it was signed.",
    "too-many-slots": "The publication has more tags than so many people can have.",
    "wrong-set": "The set of tags is not the one that was signed.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is signed. Its tokens are of so many `facts`, by key rules of number `rules`; `size` is that of the set."""

    id: UUID
    node: UUID
    circle: UUID
    key: bytes
    people: int
    slots: int
    facts: int
    digest: bytes
    size: int
    at: datetime
    until: datetime
    rules: int = keys.VERSION

    def to_bytes(self) -> bytes:
        """What is signed."""
        return cbor.encode(
            {
                "v": VERSION,
                "id": self.id.bytes,
                "node": self.node.bytes,
                "circle": self.circle.bytes,
                "key": self.key,
                "people": self.people,
                "slots": self.slots,
                "facts": self.facts,
                "digest": self.digest,
                "size": self.size,
                "rules": self.rules,
                "at": int(self.at.timestamp()),
                "until": int(self.until.timestamp()),
            }
        )

    def signed(self, signing: Ed25519PrivateKey) -> bytes:
        """The file."""
        raw = self.to_bytes()
        return cbor.encode([raw, signing.sign(CONTEXT + raw)])

    @property
    def is_of_few(self) -> bool:
        """Whether its tokens are of four facts."""
        return self.facts == FOUR

    def check_set(self, raw: bytes) -> golomb.TagSet:
        """The set, when it is the one that was signed, in its one form. Raises NotAPublication."""
        if len(raw) != self.size or hashlib.sha256(raw).digest() != self.digest:
            raise NotAPublication("wrong-set")
        try:
            found = golomb.TagSet(raw)
            found.check()
        except golomb.NotASet as problem:
            raise NotAPublication("wrong-set") from problem
        if found.slots != self.slots:
            raise NotAPublication("wrong-set")
        return found


def facts_for(people: int) -> int:
    """Of how many facts tokens are among so many people: few people are singled out by three."""
    return FOUR if people < tokens.FEW_PEOPLE else THREE


def read(file: bytes, signing: bytes) -> Publication:
    """A publication signed by a node whose signing key is known. Raises NotAPublication."""
    return _read(file, signing)


def read_again(file: bytes) -> Publication:
    """One whose signature was checked when it came: its node may sign with another key by now."""
    return _read(file, None)


def _read(file: bytes, signing: bytes | None) -> Publication:
    try:
        if len(file) > LARGEST:
            raise NotAPublication("not-a-publication")
        raw, signature = cbor.decode(file)
        if signing is not None:
            Ed25519PublicKey.from_public_bytes(signing).verify(signature, CONTEXT + raw)
        return _publication(cbor.decode(raw))
    except InvalidSignature as problem:
        raise NotAPublication("not-signed") from problem
    except NotAPublication:
        raise
    except (TypeError, ValueError) as problem:
        raise NotAPublication("not-a-publication") from problem


def _publication(said: Any) -> Publication:
    if not isinstance(said, dict) or type(said.get("v")) is not int:
        raise NotAPublication("not-a-publication")
    if said["v"] != VERSION:
        raise NotAPublication("unknown-version")
    _check(said)
    return Publication(
        id=UUID(bytes=said["id"]),
        node=UUID(bytes=said["node"]),
        circle=UUID(bytes=said["circle"]),
        key=ristretto.element(said["key"]),
        people=said["people"],
        slots=said["slots"],
        facts=said["facts"],
        digest=said["digest"],
        size=said["size"],
        rules=said["rules"],
        at=datetime.fromtimestamp(said["at"], UTC),
        until=datetime.fromtimestamp(said["until"], UTC),
    )


def _check(said: dict[str, Any]) -> None:
    """Raise NotAPublication for what cannot be one; a holder that stuffs its set with guesses is held to its people."""
    if (
        set(said) != set(FIELDS)
        or any(type(said[name]) is not kind for name, kind in FIELDS.items())
        or any(len(said[name]) != length for name, length in LENGTHS.items())
        or not all(0 <= said[name] <= LATEST for name in ("at", "until", "size", "rules"))
        or not 0 < said["people"] <= MOST_PEOPLE
        or said["facts"] not in {THREE, FOUR}
        or said["at"] > said["until"]
    ):
        raise NotAPublication("not-a-publication")
    if said["slots"] > golomb.slots_for(tokens.MOST_STORED * said["people"]):
        raise NotAPublication("too-many-slots")
