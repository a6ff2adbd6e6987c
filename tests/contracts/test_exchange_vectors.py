"""Our node reads every vector of the protocol as the vector says (spec/exchange/vectors)."""

import base64
import hashlib
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from waystation.exchange import bundles, cbor, descriptors, keys, kinds, wire
from waystation.exchange.circles import documents

FOLDER = Path(__file__).resolve().parents[2] / "spec" / "exchange" / "vectors"
FILES = sorted(FOLDER.glob("[0-9]*.txt"))
FEWEST = 800
BY_THE_ROOM = {"wrong-count", "wrong-body", "too-many-gaps"}
"""Said of a message that was opened: these need to know what came before, and the kinds (tests/exchange)."""
REASONS = {
    "cbor": {"not-cbor"},
    "envelope": set(wire.REASONS) - BY_THE_ROOM,
    "descriptor": set(descriptors.REASONS),
    "bundle": {"not-a-bundle"},
    "circle": set(documents.REASONS),
    "body": {"undeclared-field", "missing-field", "wrong-field"},
}
ROOMS = ("handover.", "referral.", "request.")
"""Whose kinds have bodies among the vectors."""


def declared_kinds() -> frozenset[str]:
    """What those rooms may send."""
    return frozenset(kind.wire for kind in kinds.known() if kind.code.startswith(ROOMS))


@dataclass(frozen=True)
class Vector:
    """A file of the kit: lines "name: value", an empty line, the body in base64."""

    path: Path

    @cached_property
    def parts(self) -> tuple[list[tuple[str, str]], bytes]:
        head, _gap, encoded = self.path.read_text(encoding="utf-8").partition("\n\n")
        lines = [line.partition(": ") for line in head.split("\n")]
        return [(name, value) for name, _colon, value in lines], base64.b64decode(encoded)

    def all(self, name: str) -> list[str]:
        return [value for known, value in self.parts[0] if known == name]

    def one(self, name: str) -> str:
        (value,) = self.all(name)
        return value

    @property
    def body(self) -> bytes:
        return zlib.decompress(self.parts[1]) if self.all("compressed") else self.parts[1]


def opened(vector: Vector) -> wire.Message:
    seeds = map(bytes.fromhex, vector.all("key"))
    trusted = {UUID(node): bytes.fromhex(key) for node, key in map(str.split, vector.all("trusts"))}

    def signer(node: UUID) -> Ed25519PublicKey | None:
        return Ed25519PublicKey.from_public_bytes(trusted[node]) if node in trusted else None

    return wire.unseal(
        vector.body,
        us=UUID(vector.one("us")),
        keys=[keys.private_of(hashlib.shake_256(seed).digest(keys.PRIVATE_BYTES)) for seed in seeds],
        signer=signer,
    )


def described(vector: Vector) -> descriptors.Descriptor:
    file = vector.body
    if vector.one("about") == "descriptor-text":
        file = descriptors.from_text(file.decode())
    for known in vector.all("known"):
        return descriptors.read_after(file, descriptors.read(bytes.fromhex(known)))
    return descriptors.read(file)


def held(vector: Vector) -> documents.Circle:
    known = [documents.read(bytes.fromhex(file)).circle for file in vector.all("known")]
    before = known[0] if known else None
    signed = documents.read(vector.body, before)
    documents.require_holding(signed, at=datetime.fromtimestamp(int(vector.one("at")), UTC), before=before)
    return signed.circle


def body_is_as_declared(vector: Vector) -> None:
    kind, body = kinds.find(vector.one("kind")), cbor.decode(vector.body)
    assert kind is not None
    assert kinds.checked(kind.fields, body) == body
    assert cbor.encode(body) == vector.body


def wrong_in(vector: Vector, fields: Mapping[str, kinds.Field]) -> set[str]:
    """The fields of a body that do not fit, each tried alone."""
    found = set()
    for name, value in cbor.decode(vector.body).items():
        try:
            kinds.checked({name: fields[name]}, {name: value})
        except kinds.WrongBody:
            found.add(name)
    return found


def written_again(vector: Vector) -> None:
    assert cbor.encode(cbor.decode(vector.body)) == vector.body


def opened_as_signed(vector: Vector) -> None:
    assert opened(vector).raw().hex() == vector.one("message")


def taken_apart(vector: Vector) -> None:
    assert [hashlib.sha256(one).hexdigest() for one in bundles.unpack(vector.body)] == vector.all("file")


def held_as_signed(vector: Vector) -> None:
    circle = held(vector)
    assert [circle.id.hex, circle.digest] == [vector.one("id"), vector.one("digest")]


def described_as_said(vector: Vector) -> None:
    descriptor = described(vector)
    assert [descriptor.node.hex] == (vector.all("node") or [descriptor.node.hex])
    assert [descriptor.fingerprint] == (vector.all("fingerprint") or [descriptor.fingerprint])


READERS: Mapping[str, Callable[[Vector], None]] = {
    "cbor": written_again,
    "envelope": opened_as_signed,
    "descriptor": described_as_said,
    "descriptor-text": described_as_said,
    "bundle": taken_apart,
    "circle": held_as_signed,
    "body": body_is_as_declared,
}


def outcome(vector: Vector) -> str:
    try:
        READERS[vector.one("about")](vector)
    except cbor.NotCbor:
        return "not-cbor"
    except bundles.NotABundle:
        return "not-a-bundle"
    except (wire.Refused, descriptors.NotADescriptor, documents.NotACircle, kinds.WrongBody) as refused:
        return refused.reason
    return "success"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_vector_comes_out_as_it_says(path: Path) -> None:
    vector = Vector(path)
    assert vector.one("name") == path.stem
    assert outcome(vector) == vector.one("expect")


def test_keys_are_those_of_x_wing() -> None:
    """The first key pair of draft-connolly-cfrg-xwing-kem, appendix C."""
    seed = bytes.fromhex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26")
    public = keys.public_bytes_of(hashlib.shake_256(seed).digest(keys.PRIVATE_BYTES))
    assert public.hex().startswith("e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5")
    assert len(public) == keys.PUBLIC_BYTES


def test_every_refusal_has_its_vectors_and_every_vector_its_number() -> None:
    vectors = [Vector(path) for path in FILES]
    assert len(vectors) >= FEWEST
    assert max(Counter(path.stem[:4] for path in FILES).values()) == 1
    for about, reasons in REASONS.items():
        expected = {vector.one("expect") for vector in vectors if vector.one("about").startswith(about)}
        assert expected == reasons | {"success"}


def test_every_kind_of_the_rooms_has_right_bodies_and_wrong_ones_of_each_reason() -> None:
    bodies = [vector for vector in map(Vector, FILES) if vector.one("about") == "body"]
    of_kinds = {kind: {one.one("expect") for one in bodies if one.one("kind") == kind} for kind in declared_kinds()}
    assert {kind: REASONS["body"] | {"success"} for kind in of_kinds} == of_kinds
    assert {one.one("kind") for one in bodies} == set(of_kinds)


@pytest.mark.parametrize("wire_name", sorted(declared_kinds()))
def test_each_field_comes_in_a_right_body_and_in_one_beyond_its_bound(wire_name: str) -> None:
    """A bound that nobody tries could be read otherwise by another node."""
    kind = kinds.find(wire_name)
    assert kind is not None
    bodies = [vector for vector in map(Vector, FILES) if vector.all("kind") == [wire_name]]
    right = [cbor.decode(one.body) for one in bodies if one.one("expect") == "success"]
    needed = {name for name, field in kind.fields.items() if field.needed}
    assert {frozenset(body) for body in right} == {frozenset(needed), frozenset(kind.fields)}
    beyond = {name for one in bodies if one.path.stem.endswith("-beyond") for name in wrong_in(one, kind.fields)}
    assert beyond == {name for name, field in kind.fields.items() if field.type != "truth"}


def test_the_vectors_are_those_that_the_script_makes() -> None:
    made = subprocess.run(
        [sys.executable, FOLDER / "make.py", "--check"], capture_output=True, text=True, check=False, timeout=120
    )
    assert made.returncode == 0, made.stderr
