"""The code on the slip survives how people read, type and mistype it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.kernel.errors import Invalid
from waystation.people import cards

numbers = st.integers(0, 2**40 - 1)
codes = numbers.map(cards._with_check)
MISREAD = {"0": "oO", "1": "iIlL"}


@given(codes, st.randoms(use_true_random=False))
def test_a_code_is_read_however_it_is_typed(code: str, random: object) -> None:
    typed = "".join(random.choice([c, c.lower(), *MISREAD.get(c, "")]) for c in code[:8]) + code[8].lower()  # type: ignore[attr-defined]
    assert cards.parse(f" {typed[:4]} - {typed[4:]}") == code
    assert cards.parse(cards.shown(code)) == code


@given(codes, st.integers(0, 7), st.sampled_from(cards.DIGITS))
def test_one_wrong_character_is_always_noticed(code: str, place: int, other: str) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    if wrong == code:
        assert cards.parse(wrong) == code
        return
    with pytest.raises(Invalid) as refusal:
        cards.parse(wrong)
    assert "wrong" in str(refusal.value.fields["card_code"])
    if any(character.isdigit() for character in wrong):
        assert cards.looks_like_code(wrong)


@given(codes, st.integers(0, 6))
def test_two_swapped_neighbours_are_always_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(Invalid):
            cards.parse(swapped)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        assert len(cards.parse(text)) == 9
    except Invalid as refusal:
        assert set(refusal.fields) == {"card_code"}


def test_a_fresh_code_has_eight_characters_and_a_check() -> None:
    code = cards.new_code()
    assert len(code) == 9
    assert cards.shown(code)[4] == cards.shown(code)[9] == "-"
    assert cards.new_code() != code


@pytest.mark.parametrize("text", ["Ahmed Ali", "+254700123456", "", "1234", "Gulshanoy"])
def test_names_and_numbers_are_not_taken_for_codes(text: str) -> None:
    assert not cards.looks_like_code(text)
