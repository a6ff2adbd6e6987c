"""The protocol by itself, without a table: one form for each value, and a named reason for each refusal."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.exchange import bundles, cbor, descriptors, keys, wire
from waystation.exchange.bundles import NotABundle
from waystation.exchange.descriptors import Descriptor, NotADescriptor, SealingKey
from waystation.exchange.spoken import spoken

PRIVATE, OTHER = keys.new_private(), keys.new_private()
PUBLIC = keys.public_of(keys.public_bytes_of(PRIVATE))
SIGNING = Ed25519PrivateKey.generate()
US, SENDER = uuid4(), uuid4()
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.text(max_size=20) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def message(**other: Any) -> wire.Message:
    said: dict[str, Any] = {
        "id": uuid4(),
        "sender": SENDER,
        "to": US,
        "seq": 1,
        "kind": "test.note/1",
        "at": datetime(2026, 5, 1, 12, tzinfo=UTC),
        "body": {"text": "x"},
    }
    return wire.Message(**said | other)


def sealed(one: wire.Message) -> bytes:
    return wire.seal(one, signing=SIGNING, recipient=PUBLIC)


def known(sender: UUID) -> Ed25519PublicKey | None:
    return SIGNING.public_key() if sender == SENDER else None


def unsealed(file: bytes, *private: bytes) -> wire.Message:
    return wire.unseal(file, us=US, keys=[keys.private_of(raw) for raw in private or (PRIVATE,)], signer=known)


def refused(file: bytes, *private: bytes) -> str:
    with pytest.raises(wire.Refused) as problem:
        unsealed(file, *private)
    assert str(problem.value) == wire.REASONS[problem.value.reason]
    return problem.value.reason


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=PLAIN)
def test_each_value_has_one_form(value: Any) -> None:
    raw = cbor.encode(value)
    assert cbor.decode(raw) == value
    assert cbor.encode(cbor.decode(raw)) == raw


@pytest.mark.parametrize(
    "written",
    [
        "", "1801", "190001", "5f4101ff", "9f01ff", "bf616101ff", "a2616101616102", "a2616201616102", "f93c00",
        "fb3ff0000000000000", "c11a514b67b0", "a10102", "f7", "f6f6", "82f6", "3bffffffffffffffff", "61ff",
        "1bffffffffffffffff", "d9010280", "81" * 17 + "80", "ff",
    ],
)  # fmt: skip
def test_every_other_form_is_refused(written: str) -> None:
    with pytest.raises(cbor.NotCbor):
        cbor.decode(bytes.fromhex(written))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(raw=st.binary(max_size=60))
def test_any_bytes_are_a_value_in_its_one_form_or_refused(raw: bytes) -> None:
    try:
        value = cbor.decode(raw)
    except cbor.NotCbor:
        return
    assert cbor.encode(value) == raw


@pytest.mark.parametrize("value", [1.5, {1: 2}, {"a": {3}}, 2**63, datetime.now(UTC), [[]] * 2 + [object()]])
def test_what_the_form_does_not_hold_is_not_written(value: Any) -> None:
    with pytest.raises(TypeError):
        cbor.encode(value)


@pytest.mark.parametrize("length", [0, 1, 23, 24, 255, 256, 65_535, 65_536, 70_000])
def test_a_pair_is_written_as_any_list_of_two(length: int) -> None:
    pair = [secrets.token_bytes(length), secrets.token_bytes(64)]
    assert cbor.encode_pair(*pair) == cbor.encode(pair)
    assert bundles.pack(pair) == b"".join(map(cbor.encode, pair))


@settings(max_examples=25, deadline=None)
@given(body=st.dictionaries(st.text(max_size=8), PLAIN, max_size=4), seq=st.integers(0, 2**40))
def test_what_was_sealed_is_what_is_opened(body: dict[str, Any], seq: int) -> None:
    one = message(body=body, seq=seq)
    assert unsealed(sealed(one)) == one
    assert wire.addressee(sealed(one)) == US


def test_who_carries_it_sees_addressee_and_size_class_and_nothing_else() -> None:
    one = message(body={"text": "Amina"})
    other = replace(one, id=uuid4(), sender=uuid4(), kind="k/9", seq=2**40, body={"text": "x" * 700})
    files = [sealed(one), sealed(other)]
    assert len({len(file) for file in files}) == 1
    heads = {cbor2.loads(file)[0] for file in files}
    assert [cbor2.loads(head) for head in heads] == [{"v": 1, "s": 1, "to": US.bytes}]
    for file in files:
        assert b"Amina" not in file
        assert SENDER.bytes not in file


def test_a_key_of_last_month_opens_too() -> None:
    one = message()
    assert unsealed(sealed(one), OTHER, PRIVATE) == one


def test_the_limit_of_a_file_binds_who_seals_and_who_opens() -> None:
    with pytest.raises(wire.Refused, match="larger"):
        sealed(message(body={"text": "x" * wire.LARGEST}))
    assert refused(bytes(wire.LARGEST + 1)) == "too-large"


def head_of(**other: Any) -> bytes:
    return cbor.encode({"v": 1, "s": 1, "to": US.bytes} | other)


def with_inner(inner: bytes, head: bytes = b"") -> bytes:
    head = head or head_of()
    suite = wire.SUITES[wire.HYBRID]
    return cbor.encode([head, suite.encrypt(inner, PUBLIC, info=wire.CONTEXT + head)])


def turned(raw: bytes) -> bytes:
    return raw[:-1] + bytes([raw[-1] ^ 1])


def padded(content: bytes) -> bytes:
    return (len(content).to_bytes(4, "big") + content).ljust(1024, b"\0")


def signed(raw: bytes) -> bytes:
    return cbor.encode([raw, SIGNING.sign(wire.CONTEXT + raw)])


def changed(**other: Any) -> bytes:
    said = cbor.decode(message().raw()) | other
    return with_inner(padded(signed(cbor.encode({name: value for name, value in said.items() if value != "gone"}))))


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "not-an-envelope"),
    "text": (lambda: b"Dear friends", "not-an-envelope"),
    "cut off": (lambda: sealed(message())[:-1], "not-an-envelope"),
    "head alone": (lambda: cbor.encode([head_of()]), "not-an-envelope"),
    "no bytes sealed": (lambda: cbor.encode([head_of(), "x"]), "not-an-envelope"),
    "address too short": (lambda: cbor.encode([head_of(to=b"x"), b"x"]), "not-an-envelope"),
    "more in the head": (lambda: cbor.encode([head_of(more=1), b"x"]), "not-an-envelope"),
    "version 2": (lambda: cbor.encode([head_of(v=2), b"x"]), "unknown-version"),
    "suite 0": (lambda: cbor.encode([head_of(s=0), b"x"]), "unknown-suite"),
    "suite of text": (lambda: cbor.encode([head_of(s="1"), b"x"]), "unknown-suite"),
    "suite true": (lambda: cbor.encode([head_of(s=True), b"x"]), "unknown-suite"),
    "version true": (lambda: cbor.encode([head_of(v=True), b"x"]), "unknown-version"),
    "suite of a list": (lambda: cbor.encode([head_of(s=[1]), b"x"]), "unknown-suite"),
    "for another": (lambda: sealed(message(to=uuid4())), "not-for-us"),
    "another inside": (lambda: changed(to=uuid4().bytes), "not-for-us"),
    "head exchanged": (
        lambda: cbor.encode([head_of(), cbor2.loads(sealed(message(to=SENDER)))[1]]), "cannot-open"),
    "a bit turned": (lambda: turned(sealed(message())), "cannot-open"),
    "nothing sealed": (lambda: cbor.encode([head_of(), b""]), "cannot-open"),
    "not padded": (lambda: with_inner(padded(signed(message().raw()))[:900]), "not-padded"),
    "padded with ones": (lambda: with_inner(padded(signed(message().raw()))[:-1] + b"\1"), "not-padded"),
    "padded to more": (lambda: with_inner(padded(signed(message().raw())).ljust(2048, b"\0")), "not-padded"),
    "longer than it is": (lambda: with_inner(b"\xff\xff\xff\xff".ljust(1024, b"\0")), "not-padded"),
    "empty inside": (lambda: with_inner(b""), "not-padded"),
    "no pair inside": (lambda: with_inner(padded(cbor.encode("x"))), "not-padded"),
    "signature of text": (lambda: with_inner(padded(cbor.encode([message().raw(), "x"]))), "not-padded"),
    "unknown sender": (lambda: changed(**{"from": uuid4().bytes}), "unknown-sender"),
    "signature cut": (lambda: with_inner(padded(cbor.encode([message().raw(), b"x"]))), "not-signed"),
    "another's signature": (
        lambda: with_inner(padded(cbor.encode([message().raw(), secrets.token_bytes(64)]))), "not-signed"),
    "signature without context": (
        lambda: with_inner(padded(cbor.encode([message().raw(), SIGNING.sign(message().raw())]))), "not-signed"),
    "field gone": (lambda: changed(kind="gone"), "not-padded"),
    "field more": (lambda: changed(more=1), "not-padded"),
    "version inside": (lambda: changed(v=2), "not-padded"),
    "seq negative": (lambda: changed(seq=-1), "not-padded"),
    "seq truth": (lambda: changed(seq=True), "not-padded"),
    "kind empty": (lambda: changed(kind=""), "not-padded"),
    "kind long": (lambda: changed(kind="k" * 65), "not-padded"),
    "body a list": (lambda: changed(body=[]), "not-padded"),
    "at of text": (lambda: changed(at="now"), "not-padded"),
    "at true": (lambda: changed(at=True), "not-padded"),
    "at beyond time": (lambda: changed(at=2**62), "not-padded"),
    "id short": (lambda: changed(id=b"x"), "not-padded"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_refused_by_its_reason(name: str) -> None:
    make, reason = CASES[name]
    assert refused(make()) == reason


def test_every_reason_of_an_envelope_is_met_by_a_case() -> None:
    by_the_inbox = {"wrong-count", "wrong-body", "too-many-gaps"}
    assert {reason for _make, reason in CASES.values()} | {"too-large"} | by_the_inbox == set(wire.REASONS)


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.integers(0, 40))
def test_no_changed_envelope_is_taken(place: int, bit: int, cut: int) -> None:
    file = bytearray(FILE[: len(FILE) - cut])
    if not cut:
        file[place % len(file)] ^= 1 << bit
    refused(bytes(file))


FILE = sealed(message())


def described(**other: Any) -> Descriptor:
    said: dict[str, Any] = {
        "node": US,
        "number": 3,
        "at": datetime(2026, 5, 1, tzinfo=UTC),
        "name": "Société de la Rive",
        "country": "ML",
        "root": SIGNING.public_key().public_bytes_raw(),
        "signing": SIGNING.public_key().public_bytes_raw(),
        "log": SIGNING.public_key().public_bytes_raw(),
        "keys": (SealingKey(public=keys.public_bytes_of(PRIVATE), until=datetime(2026, 6, 1, tzinfo=UTC)),),
        "addresses": ("https://rive.example",),
    }
    return Descriptor(**said | other)


def test_a_descriptor_goes_through_file_and_text() -> None:
    one = described()
    file = one.signed(SIGNING)
    assert descriptors.read(file) == one
    text = descriptors.to_text(file)
    broken = "\n ".join(text[place : place + 60] for place in range(0, len(text), 60))
    assert descriptors.from_text(broken) == file
    assert len(one.fingerprint.split()) == 6
    assert one.fingerprint != described(node=SENDER).fingerprint


@pytest.mark.parametrize(
    "other",
    [
        {"number": 0}, {"number": True}, {"name": "x" * 201}, {"addresses": ("ftp://x",)}, {"keys": ()},
        {"addresses": ("https://x",) * 5}, {"signing": b"short"}, {"log": b"short"}, {"name": 7},
        {"keys": (SealingKey(public=b"short", until=datetime.now(UTC)),)},
    ],
)  # fmt: skip
def test_a_descriptor_that_is_not_well_formed_is_refused_though_signed(other: dict[str, Any]) -> None:
    with pytest.raises(NotADescriptor):
        descriptors.read(described(**other).signed(SIGNING))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_changed_descriptor_is_read(place: int, bit: int) -> None:
    file = bytearray(DESCRIPTOR)
    file[place % len(file)] ^= 1 << bit
    with pytest.raises(NotADescriptor):
        descriptors.read(bytes(file))


DESCRIPTOR = described().signed(SIGNING)


@pytest.mark.parametrize("text", ["", "waystation-node:", "waystation-node:ä", "https://x", "waystation-node:AAA="])
def test_text_that_is_no_descriptor(text: str) -> None:
    with pytest.raises(NotADescriptor):
        descriptors.read(descriptors.from_text(text))


def test_a_late_letter_is_sealed_to_the_newest_key_of_all() -> None:
    one = described()
    for days in (0, 900):
        assert one.key_at(one.at + timedelta(days=days)) == one.keys[0]


def test_proquints_are_the_published_ones() -> None:
    """D. S. Wilkerson's own examples: 127.0.0.1 and 63.84.220.193."""
    assert spoken(bytes([127, 0, 0, 1])) == "lusab babad"
    assert spoken(bytes([63, 84, 220, 193])) == "gutih tugad"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=st.lists(st.binary(max_size=300), max_size=6))
def test_a_bundle_is_what_was_packed(files: list[bytes]) -> None:
    assert bundles.unpack(bundles.pack(files)) == files


def test_a_bare_file_is_a_bundle_of_one() -> None:
    assert bundles.unpack(FILE) == [FILE]
    assert bundles.unpack(bundles.pack([FILE, FILE])) == [FILE, FILE]


@pytest.mark.parametrize("body", [b"\x44abc", b"\x59\x01", b"\x41a\x82", b"\x5f\x41a\xff", b"\x5b" + b"\xff" * 8])
def test_a_bundle_that_is_cut_or_is_none(body: bytes) -> None:
    with pytest.raises(NotABundle):
        bundles.unpack(body)


def test_a_bundle_holds_a_thousand_files() -> None:
    assert len(bundles.unpack(bundles.pack([b"x"] * 1000))) == 1000
    with pytest.raises(NotABundle):
        bundles.unpack(bundles.pack([b"x"] * 1001))
