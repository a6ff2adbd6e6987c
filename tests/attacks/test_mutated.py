"""Envelopes and descriptors with something wrong: refused, and in no other way; no crash, no hang, no heap of memory.

`waystation bench mutate` does the same a million times.
"""

import random
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from benchmarks.mutate import HEAD, LARGE, Bench, Cast, Right, padded
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from waystation.exchange import cbor, descriptors, wire

CAST = Cast()
MOST_MEMORY = 64 * 1024 * 1024
LONGEST_MS = 1000
FILES = [one.file for one in CAST.right]
QUICK = settings(
    max_examples=300,
    deadline=LONGEST_MS,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
PLACE = st.floats(0, 1, exclude_max=True)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("flip"), PLACE, st.integers(0, 7)),
        st.tuples(st.just("put"), PLACE, st.binary(min_size=1, max_size=9)),
        st.tuples(st.just("insert"), PLACE, st.binary(min_size=1, max_size=9)),
        st.tuples(st.just("take out"), PLACE, st.integers(1, 60)),
        st.tuples(st.just("end"), PLACE, st.none()),
    ),
    min_size=1,
    max_size=4,
)


def edited(raw: bytes, edits: list[tuple[str, float, Any]]) -> bytes:
    for how, share, what in edits:
        place = int(share * len(raw))
        if how == "flip" and raw:
            raw = raw[:place] + bytes([raw[place] ^ 1 << what]) + raw[place + 1 :]
        elif how in {"put", "insert"}:
            raw = raw[:place] + what + raw[place + (len(what) if how == "put" else 0) :]
        elif how in {"take out", "end"}:
            raw = raw[:place] + (raw[place + what :] if how == "take out" else b"")
    return raw


def refused(file: bytes) -> str:
    with pytest.raises(wire.Refused) as found:
        CAST.unseal(file)
    return found.value.reason


def test_the_right_ones_are_taken() -> None:
    assert [CAST.unseal(one.file) for one in CAST.right] == [one.raw for one in CAST.right]


@QUICK
@given(right=st.sampled_from(CAST.right), edits=EDITS)
def test_a_changed_file_is_refused(right: Right, edits: list[Any]) -> None:
    file = edited(right.file, edits)
    assume(file not in FILES)
    assert refused(file)


@QUICK
@given(right=st.sampled_from(CAST.right), edits=EDITS)
def test_a_changed_head_is_refused_though_it_was_sealed_under(right: Right, edits: list[Any]) -> None:
    head = edited(HEAD, edits)
    assume(head != HEAD)
    assert refused(CAST.sealed(right.content, head)) in {
        "not-an-envelope",
        "unknown-version",
        "unknown-suite",
        "not-for-us",
    }


@QUICK
@given(right=st.sampled_from(CAST.right), edits=EDITS)
def test_a_changed_inner_is_refused(right: Right, edits: list[Any]) -> None:
    inner = edited(padded(right.content), edits)
    assume(inner != padded(right.content))
    assert refused(CAST.sealed_as_it_is(inner)) in {"not-padded", "not-for-us", "unknown-sender", "not-signed"}


@QUICK
@given(right=st.sampled_from(CAST.right), edits=EDITS)
def test_a_changed_message_is_taken_only_as_a_trusted_node_signed_it(right: Right, edits: list[Any]) -> None:
    raw, signature = edited(right.raw, edits), cbor.decode(right.content)[1]
    assume(raw != right.raw)
    assert refused(CAST.sealed(cbor.encode([raw, signature])))
    try:
        assert CAST.unseal(CAST.sealed(cbor.encode([raw, CAST.signing.sign(wire.CONTEXT + raw)]))) == raw
    except wire.Refused as problem:
        assert problem.reason in {"not-padded", "not-for-us", "unknown-sender"}


@QUICK
@given(file=st.sampled_from(CAST.descriptors), edits=EDITS, inside=st.booleans())
def test_a_changed_descriptor_is_refused(file: bytes, edits: list[Any], *, inside: bool) -> None:
    raw, signature = cbor.decode(file)
    changed = cbor.encode([edited(raw, edits), signature]) if inside else edited(file, edits)
    assume(changed not in CAST.descriptors)
    with pytest.raises(descriptors.NotADescriptor):
        descriptors.read(changed)


def test_bytes_out_of_nowhere_are_no_envelope_and_no_descriptor() -> None:
    @QUICK
    @given(file=st.binary(max_size=3000))
    def none_is(file: bytes) -> None:
        assert refused(file) in {"not-an-envelope", "unknown-version"}
        with pytest.raises(descriptors.NotADescriptor):
            descriptors.read(file)

    none_is()


def peak(read: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("one", [b"\x80", b"\xa0", b"\x00", b"\x81\x80", b"\x40"])
@pytest.mark.parametrize("count", [65_535, LARGE])
def test_a_heap_of_small_values_fills_no_memory(one: bytes, count: int) -> None:
    raw = b"\x9a" + count.to_bytes(4, "big") + one * (LARGE // len(one))
    file = CAST.sealed(cbor.encode([raw, bytes(64)]))
    assert peak(lambda: refused(file)) < MOST_MEMORY
    assert peak(lambda: refused(raw)) < MOST_MEMORY


def test_the_largest_envelope_is_taken_within_the_memory() -> None:
    assert peak(lambda: CAST.unseal(CAST.large.file)) < MOST_MEMORY


def test_the_bench_refuses_what_it_changes_and_knows_when_something_is_taken() -> None:
    bench = Bench()
    bench.run(700)
    assert (bench.wrong, bench.came["crashed"]) == (0, 0)
    assert {name.split(":")[0] for name in bench.came} - {"crashed"} >= {"file", "head", "sealed", "message", "signed"}
    bench.refused("file", bench.files[0])
    bench.tried("file", lambda: 1 / 0, None)
    assert (bench.wrong, bench.came["crashed"]) == (1, 1)


@pytest.mark.long
def test_more_of_the_same() -> None:
    bench = Bench()
    bench.chance = random.Random()
    bench.run(100_000)
    assert (bench.wrong, bench.came["crashed"]) == (0, 0)
    assert bench.slowest * 1000 < LONGEST_MS
