"""Our node reads every vector of the protocol as the vector says (spec/exchange/vectors)."""

import base64
import hashlib
import subprocess
import sys
import zlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from waystation.exchange import bundles, cbor, descriptors, keys, wire
from waystation.exchange.circles import documents

FOLDER = Path(__file__).resolve().parents[2] / "spec" / "exchange" / "vectors"
FILES = sorted(FOLDER.glob("[0-9]*.txt"))
FEWEST = 250
BY_THE_ROOM = {"wrong-count", "wrong-body", "too-many-gaps"}
"""Said of a message that was opened: these need to know what came before, and the kinds (tests/exchange)."""
REASONS = {
    "cbor": {"not-cbor"},
    "envelope": set(wire.REASONS) - BY_THE_ROOM,
    "descriptor": set(descriptors.REASONS),
    "bundle": {"not-a-bundle"},
    "circle": set(documents.REASONS),
}


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


def outcome(vector: Vector) -> str:
    about = vector.one("about")
    try:
        if about == "cbor":
            assert cbor.encode(cbor.decode(vector.body)) == vector.body
        elif about == "envelope":
            assert opened(vector).raw().hex() == vector.one("message")
        elif about == "bundle":
            assert [hashlib.sha256(one).hexdigest() for one in bundles.unpack(vector.body)] == vector.all("file")
        elif about == "circle":
            circle = held(vector)
            assert [circle.id.hex, circle.digest] == [vector.one("id"), vector.one("digest")]
        else:
            descriptor = described(vector)
            assert [descriptor.node.hex] == (vector.all("node") or [descriptor.node.hex])
            assert [descriptor.fingerprint] == (vector.all("fingerprint") or [descriptor.fingerprint])
    except cbor.NotCbor:
        return "not-cbor"
    except bundles.NotABundle:
        return "not-a-bundle"
    except (wire.Refused, descriptors.NotADescriptor, documents.NotACircle) as refused:
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


def test_the_vectors_are_those_that_the_script_makes() -> None:
    made = subprocess.run(
        [sys.executable, FOLDER / "make.py", "--check"], capture_output=True, text=True, check=False, timeout=120
    )
    assert made.returncode == 0, made.stderr
