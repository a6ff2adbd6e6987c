"""The distance of columns is the distance that the textbook's table gives, and it is fair both ways."""

from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from waystation.names import symbols
from waystation.names.distance import CROSSED, Costing

ALPHABET = symbols.VOWELLED
COSTING = Costing(ALPHABET.swap, ALPHABET.indel)
STRINGS = st.lists(st.integers(1, len(symbols.CONSONANTS + symbols.VOWELS)), max_size=7).map(tuple)


def textbook(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Optimal string alignment, cell by cell."""

    @cache
    def cell(row: int, column: int) -> int:
        if not row or not column:
            return sum(int(ALPHABET.indel[code]) for code in one[:row] + other[:column])
        ways = [
            cell(row - 1, column) + int(ALPHABET.indel[one[row - 1]]),
            cell(row, column - 1) + int(ALPHABET.indel[other[column - 1]]),
            cell(row - 1, column - 1) + int(ALPHABET.swap[one[row - 1], other[column - 1]]),
        ]
        if row > 1 and column > 1 and one[row - 1] == other[column - 2] and one[row - 2] == other[column - 1]:
            ways.append(cell(row - 2, column - 2) + int(CROSSED))
        return min(ways)

    return cell(len(one), len(other))


def columns(strings: list[tuple[int, ...]]) -> "np.ndarray[tuple[int, int], np.dtype[np.uint8]]":
    codes = np.zeros((max(map(len, strings), default=0), len(strings)), dtype=np.uint8)
    for place, string in enumerate(strings):
        codes[: len(string), place] = string
    return codes


@given(STRINGS, st.lists(STRINGS, min_size=1, max_size=5))
def test_columns_agree_with_the_textbook(wanted: tuple[int, ...], others: list[tuple[int, ...]]) -> None:
    assert COSTING.distances(wanted, columns(others)).tolist() == [textbook(wanted, other) for other in others]


def test_what_follows_two_that_changed_places_builds_on_them() -> None:
    one, other = (tuple(ALPHABET.codes(word)) for word in ("lm", "mlr"))
    assert textbook(one, other) == CROSSED + symbols.ONE
    assert COSTING.distances(one, columns([other])).tolist() == [CROSSED + symbols.ONE]


@given(STRINGS, STRINGS)
def test_it_is_as_far_there_as_back(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    there, back = (int(COSTING.distances(a, columns([b]))[0]) for a, b in ((one, other), (other, one)))
    assert there == back
    assert (there == 0) == (one == other) or there == 0
    assert int(COSTING.distances(one, columns([one]))[0]) == 0


def test_swapping_never_costs_more_than_leaving_out_both() -> None:
    swap, indel = ALPHABET.swap[1:, 1:], ALPHABET.indel[1:]
    assert (swap <= indel[:, None] + indel[None, :]).all()
    assert (swap == swap.T).all()
