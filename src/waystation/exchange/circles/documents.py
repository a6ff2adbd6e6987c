"""A circle: an agreement among nodes on what each may begin, signed by k of its stewards. Pure: knows no table.

    circle = cbor{agreement, at, id, k, members, name, number, purpose, stewards, until, v}
    file   = cbor[circle, [[key, Ed25519(key, CONTEXT | circle)], ...]]

The next version needs k stewards of the version before and k of its own, as a root of TUF does (The Update Framework,
5.3). Every list stands in one order, so that one circle has one form.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from waystation.exchange import cbor

VERSION = 1
CONTEXT = b"waystation/circle/1\0"
LARGEST = 128 * 1024
MOST_MEMBERS, MOST_STEWARDS, MOST_BEGINS = 64, 16, 16
MOST_SIGNATURES = 2 * MOST_STEWARDS
"""Of its own stewards and those of the version before."""
LONGEST_NAME, LONGEST_PURPOSE, LONGEST_AGREEMENT = 200, 500, 10_000
LATEST = 253_402_300_799
"""The last second of the year 9999."""
HIDDEN = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
"""Control characters, and what turns around how the rest of a line reads; all but the line feed."""
NAME = re.compile(rf"[^\n{HIDDEN}]{{1,{LONGEST_NAME}}}")
PURPOSE = re.compile(rf"[^\n{HIDDEN}]{{1,{LONGEST_PURPOSE}}}")
AGREEMENT = re.compile(rf"[^{HIDDEN}]{{1,{LONGEST_AGREEMENT}}}")
CODE = re.compile(r"[a-z0-9._-]{1,60}")
FIELDS = frozenset(["agreement", "at", "id", "k", "members", "name", "number", "purpose", "stewards", "until", "v"])
TEXTS = {"name": NAME, "purpose": PURPOSE, "agreement": AGREEMENT}
KEY_BYTES, ID_BYTES = 32, 16


class NotACircle(ValueError):  # noqa: N818 - told to a person as it is
    """The file is no circle, or not one to go by; `reason` is a code of REASONS."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(REASONS[reason])


REASONS = {
    "not-a-circle": "This is not the file of a circle.",
    "too-large": "This file is too large for a circle.",
    "unknown-version": "This circle is written in a version that this node does not know.",
    "counted-twice": "A steward stands in this circle, or has signed it, more than once.",
    "no-steward": "This circle bears a signature of somebody who is no steward of it.",
    "not-signed": "The circle was changed after it was signed.",
    "other-circle": "This is another circle.",
    "older": "A newer version of this circle is known.",
    "not-next": "A version of this circle between this one and the one that is known is missing.",
    "ended": "This circle has ended.",
    "too-few": "Not enough stewards have signed this circle.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A node in a circle: its id, its name, and the codes of the kinds that it may begin."""

    node: UUID
    name: str
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Steward:
    """A member that signs for the circle, and its public signing key (Ed25519)."""

    node: UUID
    key: bytes


@dataclass(frozen=True, kw_only=True)
class Circle:
    """What its stewards sign. `k` of them must; after `until` nothing more may be begun by it."""

    id: UUID
    number: int
    at: datetime
    name: str
    purpose: str
    agreement: str
    until: datetime
    k: int
    stewards: tuple[Steward, ...]
    members: tuple[Member, ...]

    @cached_property
    def raw(self) -> bytes:
        """What is signed. Raises NotACircle for what every node would refuse."""
        said = {
            "v": VERSION,
            "id": self.id.bytes,
            "number": self.number,
            "at": int(self.at.timestamp()),
            "name": self.name,
            "purpose": self.purpose,
            "agreement": self.agreement,
            "until": int(self.until.timestamp()),
            "k": self.k,
            "stewards": [[one.node.bytes, one.key] for one in sorted(self.stewards, key=lambda one: one.node.bytes)],
            "members": [
                [one.node.bytes, one.name, sorted(one.begins)]
                for one in sorted(self.members, key=lambda one: one.node.bytes)
            ],
        }
        _check(said)
        return cbor.encode(said)

    @property
    def digest(self) -> str:
        """By which two versions are told apart."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def keys(self) -> frozenset[bytes]:
        """Of its stewards."""
        return frozenset(one.key for one in self.stewards)

    @property
    def nodes(self) -> frozenset[UUID]:
        """Its members."""
        return frozenset(one.node for one in self.members)

    def begins(self, node: UUID) -> tuple[str, ...]:
        """The kinds that a node may begin by this circle."""
        return next((one.begins for one in self.members if one.node == node), ())

    def signature(self, key: Ed25519PrivateKey) -> tuple[bytes, bytes]:
        """A steward's: public key and signature."""
        return key.public_key().public_bytes_raw(), key.sign(CONTEXT + self.raw)


@dataclass(frozen=True, slots=True)
class Lacks:
    """How many signatures are missing still: of its own stewards, and of those of the version before."""

    own: int
    before: int

    def __bool__(self) -> bool:
        return self.own > 0 or self.before > 0


@dataclass(frozen=True, slots=True)
class Signed:
    """A circle with the signatures it bears so far, by key."""

    circle: Circle
    signatures: Mapping[bytes, bytes]

    def to_bytes(self) -> bytes:
        """The file. Raises NotACircle when it would be too large."""
        file = cbor.encode([self.circle.raw, [list(one) for one in sorted(self.signatures.items())]])
        if len(file) > LARGEST or len(self.signatures) > MOST_SIGNATURES:
            raise NotACircle("too-large")
        return file

    def with_more(self, signatures: Mapping[bytes, bytes]) -> "Signed":
        """The same, signed by others too."""
        return Signed(self.circle, {**signatures, **self.signatures})

    def by_stewards(self, before: Circle | None) -> "Signed":
        """The same without signatures of others. While the version before was missing nobody could tell them apart, so
        they must not spoil it now."""
        stewards = self.circle.keys | (before.keys if before is not None else frozenset())
        return Signed(self.circle, {key: self.signatures[key] for key in self.signatures.keys() & stewards})

    def lacks(self, before: Circle | None = None) -> Lacks:
        """What is missing until it holds, after the version before; nothing: it holds."""
        own = self.circle.k - len(self.signatures.keys() & self.circle.keys)
        earlier = before.k - len(self.signatures.keys() & before.keys) if before else 0
        return Lacks(own=max(own, 0), before=max(earlier, 0))


def read(file: bytes, before: Circle | None = None) -> Signed:
    """A circle whose signatures are right, however few; `before`: the version of it that is known to hold.

    Without that, a signature by a steward of a version before cannot be told from another's: it counts for nothing.
    Raises NotACircle.
    """
    signed = stored(file)
    circle, found = signed.circle, signed.signatures
    if before is not None:
        _require_next(circle, before)
    stewards = circle.keys | (before.keys if before is not None else frozenset())
    if (before is not None or circle.number == 1) and found.keys() - stewards:
        raise NotACircle("no-steward")
    _verify(circle.raw, found)
    return signed


def stored(file: bytes) -> Signed:
    """A file that was read before and kept: its signatures are not verified again. Raises NotACircle."""
    if len(file) > LARGEST:
        raise NotACircle("too-large")
    try:
        raw, signatures = cbor.decode(file)
        return Signed(_circle(cbor.decode(raw)), _signatures(signatures))
    except NotACircle:
        raise
    except (TypeError, ValueError) as problem:
        raise NotACircle("not-a-circle") from problem


def require_holding(signed: Signed, *, at: datetime, before: Circle | None = None) -> None:
    """Raise NotACircle for what does not hold: signed by too few, or ended before anybody here knew of it."""
    if before is None and signed.circle.until <= at:
        raise NotACircle("ended")
    if signed.lacks(before):
        raise NotACircle("too-few")


def may_begin(circles: Iterable[Circle], code: str, *, sender: UUID, receiver: UUID, at: datetime) -> bool:
    """Whether a node may send another what begins something, by the circles that hold.

    Where none binds both, their trust in each other is enough. Else one that has not ended must name the kind for the
    sender.
    """
    binding = [one for one in circles if {sender, receiver} <= one.nodes]
    return not binding or any(one.until > at and code in one.begins(sender) for one in binding)


def _require_next(circle: Circle, before: Circle) -> None:
    if circle.id != before.id:
        raise NotACircle("other-circle")
    if circle.number <= before.number:
        raise NotACircle("older")
    if circle.number > before.number + 1:
        raise NotACircle("not-next")


def _signatures(said: Any) -> dict[bytes, bytes]:
    if not isinstance(said, list) or len(said) > MOST_SIGNATURES:
        raise NotACircle("not-a-circle")
    found = [(key, signature) for key, signature in said]
    if not all(_is_key(key) and isinstance(signature, bytes) for key, signature in found):
        raise NotACircle("not-a-circle")
    _require_order([key for key, _signature in found], twice="counted-twice")
    return dict(found)


def _verify(raw: bytes, signatures: Mapping[bytes, bytes]) -> None:
    try:
        for key, signature in signatures.items():
            Ed25519PublicKey.from_public_bytes(key).verify(signature, CONTEXT + raw)
    except (InvalidSignature, ValueError) as problem:
        raise NotACircle("not-signed") from problem


def _circle(said: Any) -> Circle:
    if not isinstance(said, dict) or type(said.get("v")) is not int:
        raise NotACircle("not-a-circle")
    if said["v"] != VERSION:
        raise NotACircle("unknown-version")
    _check(said)
    return Circle(
        id=UUID(bytes=said["id"]),
        number=said["number"],
        at=datetime.fromtimestamp(said["at"], UTC),
        name=said["name"],
        purpose=said["purpose"],
        agreement=said["agreement"],
        until=datetime.fromtimestamp(said["until"], UTC),
        k=said["k"],
        stewards=tuple(Steward(node=UUID(bytes=node), key=key) for node, key in said["stewards"]),
        members=tuple(
            Member(node=UUID(bytes=node), name=name, begins=tuple(begins)) for node, name, begins in said["members"]
        ),
    )


def _check(said: Mapping[str, Any]) -> None:
    """Raise NotACircle for what is not as a circle must be."""
    if not (set(said) == FIELDS and _is_id(said["id"]) and _are_numbers(said) and _are_lists(said)):
        raise NotACircle("not-a-circle")
    if not all(_is_text(said[name], form) for name, form in TEXTS.items()):
        raise NotACircle("not-a-circle")
    stewards, members = [node for node, _key in said["stewards"]], [one[0] for one in said["members"]]
    if len({key for _node, key in said["stewards"]}) < len(stewards):
        raise NotACircle("counted-twice")
    _require_order(stewards, twice="counted-twice")
    _require_order(members)
    for _node, _name, begins in said["members"]:
        _require_order(begins)
    if not 1 <= said["k"] <= len(stewards) or set(stewards) - set(members):
        raise NotACircle("not-a-circle")


def _are_numbers(said: Mapping[str, Any]) -> bool:
    numbers = [said["number"], said["at"], said["until"], said["k"]]
    return all(type(one) is int and 0 <= one <= LATEST for one in numbers) and said["number"] > 0


def _are_lists(said: Mapping[str, Any]) -> bool:
    return (
        _is_list(said["stewards"], MOST_STEWARDS)
        and _is_list(said["members"], MOST_MEMBERS)
        and all(_is_list(one, 2) and len(one) == 2 and _is_id(one[0]) and _is_key(one[1]) for one in said["stewards"])
        and all(_is_list(one, 3) and _is_member(one) for one in said["members"])
    )


def _is_member(one: list[Any]) -> bool:
    return (
        len(one) == 3
        and _is_id(one[0])
        and _is_text(one[1], NAME)
        and _is_list(one[2], MOST_BEGINS)
        and all(_is_text(code, CODE) for code in one[2])
    )


def _require_order(values: Sequence[Any], *, twice: str = "not-a-circle") -> None:
    if len(set(values)) < len(values):
        raise NotACircle(twice)
    if list(values) != sorted(values):
        raise NotACircle("not-a-circle")


def _is_list(value: Any, most: int) -> bool:
    return isinstance(value, list) and len(value) <= most


def _is_text(value: Any, form: re.Pattern[str]) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _is_id(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == ID_BYTES


def _is_key(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == KEY_BYTES
