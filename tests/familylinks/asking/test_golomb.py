"""A set of tags says yes to each of its tags, hardly ever to another, and has one form."""

import secrets

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.familylinks.asking.protocol import golomb
from waystation.familylinks.asking.protocol.golomb import NotASet, TagSet, build, heads_of, slots_for

TAGS = st.lists(st.binary(min_size=16, max_size=16), max_size=700, unique_by=lambda tag: tag[:8])
SMALL = golomb.SPREAD


@settings(max_examples=60, deadline=None)
@given(TAGS)
def test_each_tag_of_a_set_is_in_it(tags: list[bytes]) -> None:
    found = TagSet(build(heads_of(tags), slots_for(len(tags) + 1)))

    found.check()
    assert all(map(found.has, tags))


def test_one_wrong_yes_in_two_to_the_sixteen() -> None:
    found = TagSet(build(heads_of(secrets.token_bytes(16) for _ in range(3000)), 4096))

    asked = np.frombuffer(secrets.token_bytes(8 * 400_000), dtype=np.uint64) >> np.uint64(64 - 28)
    every = np.concatenate([first + found._gaps(piece).cumsum() for piece, first in enumerate(found._firsts)])
    wrong = int(np.isin(asked, every).sum())

    # 6.1 are to be expected; more than 25 would be chance once in 10^8.
    assert wrong <= 25
    assert sum(found.has(secrets.token_bytes(16)) for _ in range(3000)) <= 3


@given(st.integers(0, 3_000_000))
def test_the_number_of_slots_tells_the_number_of_tags_only_to_a_power_of_two(count: int) -> None:
    slots = slots_for(count)

    assert slots >= max(count, SMALL)
    assert slots & (slots - 1) == 0
    assert slots == SMALL or slots < 2 * count


def test_a_set_is_small_and_the_same_tags_give_the_same_bytes() -> None:
    tags = [secrets.token_bytes(16) for _ in range(8192)]
    numbers = np.unique(golomb.numbers_of(heads_of(tags), 8192))

    full = golomb._written(numbers)
    assert full == golomb._written(numbers)
    assert len(build(heads_of(tags), 8192)) * 8 / 8192 < 18


def test_random_tags_fill_a_set_up() -> None:
    one = secrets.token_bytes(16)

    assert build(heads_of([one]), SMALL) != build(heads_of([one]), SMALL)
    assert TagSet(build(heads_of([one]), SMALL)).has(one)


@pytest.mark.parametrize("slots", [0, 1, 256, 1000, 3 * SMALL, 2 * golomb.MOST_SLOTS])
def test_a_number_of_slots_that_is_none_is_refused(slots: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        build(heads_of([]), slots)
    with pytest.raises(NotASet):
        TagSet(slots.to_bytes(8, "little") + bytes(5000))


def test_more_tags_than_slots_are_refused() -> None:
    with pytest.raises(ValueError, match="more tags"):
        build(heads_of(secrets.token_bytes(16) for _ in range(600)), SMALL)


@settings(max_examples=200, deadline=None)
@given(place=st.integers(0, 2000), value=st.integers(1, 255))
def test_any_byte_changed_is_seen_or_makes_another_whole_set(place: int, value: int) -> None:
    raw = bytearray(build(heads_of([bytes(16)]), SMALL))
    raw[place % len(raw)] ^= value

    try:
        found = TagSet(bytes(raw))
        found.check()
    except NotASet:
        return
    assert len(np.unique(found._firsts)) == len(found._firsts)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_a_set_or_refused(raw: bytes) -> None:
    with pytest.raises(NotASet):
        TagSet(SMALL.to_bytes(8, "little") + raw).check()


@pytest.mark.parametrize("cut", [1, 100, 1000])
def test_a_set_cut_off_or_with_more_behind_is_refused(cut: int) -> None:
    raw = build(heads_of([]), SMALL)

    for other in (raw[:-cut], raw + bytes(cut), raw + b"\xff" * cut):
        with pytest.raises(NotASet):
            TagSet(other).check()


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 10**6), value=st.integers(1, 255))
def test_checked_piece_by_piece_only_what_would_be_written_is_a_set(place: int, value: int) -> None:
    raw = bytearray(build(heads_of([bytes(16)]), 8 * SMALL))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(golomb, "AT_ONCE", 3)
        TagSet(bytes(raw)).check()
        raw[place % len(raw)] ^= value
        try:
            found = TagSet(bytes(raw))
            found.check()
        except NotASet:
            return
    every = [first + found._gaps(piece).cumsum() for piece, first in enumerate(found._firsts)]
    assert golomb._written(np.concatenate(every)) == bytes(raw)
