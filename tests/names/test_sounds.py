"""A name sounds the same in whatever script and spelling it is written, and no text breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.names.sounds import folded, keys_of, skeleton

ALIKE = [
    ("نور الحسن", "Nour Alhassan"),
    ("ሰላም ተኽለ", "Selam Tekle"),
    ("Оксана Левченко", "Oksana Levchenko"),
    ("Diallo", "Dialo"),
    ("Mohammed", "Mohamad"),
]


def sounds(name: str) -> list[set[str]]:
    return [{skeleton(word), *keys_of(word)} for word in folded(name).split()]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_name_in_two_writings_shares_a_key(one: str, other: str) -> None:
    left, right = set().union(*sounds(one)), set().union(*sounds(other))
    assert left & right, (left, right)


@given(st.text(max_size=300))
def test_any_text_can_be_folded_and_folding_it_again_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    for word in once.split():
        assert skeleton(word)
        assert keys_of(word)
