"""Bytes of a stranger are refused in one way, cost little to refuse, and are never half understood."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter
from typing import Any
from uuid import UUID

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from waystation.exchange import cbor, descriptors, keys, wire

NODE, OTHER = UUID(int=1), UUID(int=2)
WHOLE = st.integers(-cbor.LARGEST_INTEGER, cbor.LARGEST_INTEGER)
PLAIN = st.recursive(
    st.none() | st.booleans() | WHOLE | st.text(max_size=40) | st.binary(max_size=300),
    lambda inner: st.lists(inner, max_size=30) | st.dictionaries(st.text(max_size=30), inner, max_size=30),
)
MESSAGE = {"v": 1, "id": b"i" * 16, "from": OTHER.bytes, "to": NODE.bytes, "seq": 1, "kind": "a", "at": 1, "body": {}}


@given(value=PLAIN)
def test_what_is_written_is_read_and_is_what_the_library_writes(value: Any) -> None:
    raw = cbor.encode(value)
    assert cbor.decode(raw) == value
    assert raw == cbor2.dumps(value, canonical=True)


@given(raw=st.binary(max_size=60) | st.builds(lambda value, cut: cbor2.dumps(value)[cut:], PLAIN, st.integers(0, 3)))
def test_nothing_is_read_that_would_not_be_written_so(raw: bytes) -> None:
    try:
        value = cbor.decode(raw)
    except cbor.NotCbor:
        return
    assert cbor.encode(value) == raw


def nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth - 1):
        value = [value]
    return value


def test_depth_and_number_of_values_have_an_end_on_both_sides() -> None:
    for most, too_many in ((nested(16), nested(17)), ([0] * (cbor.MOST_VALUES - 1), [0] * cbor.MOST_VALUES)):
        assert cbor.decode(cbor2.dumps(most, canonical=True)) == most
        with pytest.raises(cbor.NotCbor):
            cbor.decode(cbor2.dumps(too_many, canonical=True))
        with pytest.raises(TypeError):
            cbor.encode(too_many)


@pytest.mark.parametrize("value", [1.5, 2**63, -(2**63), {1: 2}, {b"a": 1}, {1}, "\ud800", object()])
def test_what_the_form_does_not_hold_is_not_sent(value: Any) -> None:
    with pytest.raises(TypeError):
        cbor.encode(value)


@pytest.mark.parametrize("one", [b"\x80", b"\xa0"])
def test_a_heap_of_empty_things_is_refused_before_it_is_made(one: bytes) -> None:
    count = wire.LARGEST - 5
    start = perf_counter()
    with pytest.raises(wire.Refused, match="no envelope"):
        wire.addressee(b"\x9a" + count.to_bytes(4, "big") + one * count)
    assert perf_counter() - start < 1


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ({"v": 1, "s": [1], "to": NODE.bytes}, "unknown-suite"),
        ({"v": 1, "s": True, "to": NODE.bytes}, "unknown-suite"),
        ({"v": True, "s": 1, "to": NODE.bytes}, "unknown-version"),
        ({"v": 1, "s": 1, "to": "sixteen letters."}, "not-an-envelope"),
        ({"v": 1, "s": 1, "to": [0] * 16}, "not-an-envelope"),
        ({"v": 1, "s": 1, "to": NODE.bytes, "from": OTHER.bytes}, "not-an-envelope"),
    ],
)
def test_a_head_of_another_shape_is_refused(head: Any, reason: str) -> None:
    with pytest.raises(wire.Refused) as refused:
        wire.addressee(cbor.encode([cbor.encode(head), b""]))
    assert refused.value.reason == reason


@pytest.fixture(scope="module")
def sealed() -> Callable[[dict[str, Any]], bytes]:
    """Seals what a trusted node signed, whatever it says."""
    recipient, head = keys.public_of(keys.public_bytes_of(PRIVATE)), cbor.encode({"v": 1, "s": 1, "to": NODE.bytes})

    def seal(said: dict[str, Any]) -> bytes:
        raw = cbor.encode(said)
        content = cbor.encode([raw, SIGNING.sign(wire.CONTEXT + raw)])
        inner = (len(content).to_bytes(4, "big") + content).ljust(1024, b"\0")
        return cbor.encode([head, wire.SUITES[1].encrypt(inner, recipient, info=wire.CONTEXT + head)])

    return seal


PRIVATE, SIGNING = keys.new_private(), Ed25519PrivateKey.generate()


def unsealed(file: bytes) -> wire.Message:
    return wire.unseal(file, us=NODE, keys=[keys.private_of(PRIVATE)], signer=lambda _node: SIGNING.public_key())


@pytest.mark.parametrize(
    "change",
    [
        {"v": True},
        {"v": 2},
        {"id": "sixteen letters."},
        {"from": [0] * 16},
        {"seq": True},
        {"seq": -1},
        {"seq": b"1"},
        {"seq": 2**53 + 1},
        {"at": True},
        {"at": -1},
        {"at": 253_402_300_800},
        {"kind": ""},
        {"kind": "a" * 65},
        {"kind": "line\nbreak"},
        {"kind": "Upper"},
        {"kind": "a/1\n"},
        {"body": []},
        {"more": 1},
    ],
)
def test_a_message_of_another_shape_is_refused_though_it_is_signed(sealed: Any, change: dict[str, Any]) -> None:
    assert unsealed(sealed(MESSAGE)).kind == "a"
    with pytest.raises(wire.Refused) as refused:
        unsealed(sealed(MESSAGE | change))
    assert refused.value.reason == "not-padded"


@pytest.mark.parametrize("change", [{"kind": "Two words"}, {"seq": -1}, {"at": datetime(1960, 1, 1, tzinfo=UTC)}])
def test_what_every_node_would_refuse_is_not_sealed(change: dict[str, Any]) -> None:
    said: dict[str, Any] = {
        "id": OTHER,
        "sender": OTHER,
        "to": NODE,
        "seq": 1,
        "kind": "a",
        "at": datetime(2026, 1, 1, tzinfo=UTC),
    }
    with pytest.raises(TypeError):
        wire.Message(**(said | {"body": {}} | change)).raw()


DESCRIPTOR = descriptors.Descriptor(
    node=NODE,
    number=1,
    at=datetime(2026, 1, 1, tzinfo=UTC),
    name="A house",
    country="MA",
    root=SIGNING.public_key().public_bytes_raw(),
    signing=SIGNING.public_key().public_bytes_raw(),
    log=SIGNING.public_key().public_bytes_raw(),
    keys=(descriptors.SealingKey(public=keys.public_bytes_of(PRIVATE), until=datetime(2026, 2, 1, tzinfo=UTC)),),
    addresses=("https://one.example",),
)


@pytest.mark.parametrize(
    "change",
    [
        {"v": True},
        {"node": "sixteen letters."},
        {"number": True},
        {"log": b"short"},
        {"at": True},
        {"at": -1},
        {"addresses": ""},
        {"addresses": {}},
        {"addresses": ["https://one.example\n"]},
        {"addresses": ["ftp://one.example"]},
        {"country": "Morocco"},
        {"name": ""},
        {"name": "A\0house"},
        {"name": "A \u202eesuoh"},
        {"keys": {"ab": 1}},
        {"keys": [[keys.public_bytes_of(PRIVATE), True]]},
        {"keys": [[keys.public_bytes_of(PRIVATE)[:1184] + bytes(32), 1]]},
    ],
)
def test_a_descriptor_of_another_shape_is_refused_though_it_is_signed(change: dict[str, Any]) -> None:
    said = cbor.decode(DESCRIPTOR.to_bytes())
    for wrong in ({}, change):
        raw = cbor.encode(said | wrong)
        file = cbor.encode([raw, SIGNING.sign(descriptors.CONTEXT + raw)])
        if wrong:
            with pytest.raises(descriptors.NotADescriptor):
                descriptors.read(file)
        else:
            assert descriptors.read(file) == DESCRIPTOR
