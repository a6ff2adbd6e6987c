"""The distance of columns is the distance that the textbook's table gives, and it is fair both ways."""

from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from waystation.names import symbols
from waystation.names.distance import CROSSED, FAR, Columns, Costing

ALPHABET = symbols.VOWELLED
KINDS = symbols.VOWELLED, symbols.MIXED
COSTING = Costing(*KINDS)
STRINGS = st.lists(st.integers(1, len(symbols.CONSONANTS + symbols.VOWELS)), max_size=9).map(tuple)


def textbook(one: tuple[int, ...], other: tuple[int, ...], alphabet: symbols.Alphabet = ALPHABET) -> int:
    """Optimal string alignment, cell by cell."""

    @cache
    def cell(row: int, column: int) -> int:
        if not row or not column:
            return sum(int(alphabet.indel[code]) for code in one[:row] + other[:column])
        ways = [
            cell(row - 1, column) + int(alphabet.indel[one[row - 1]]),
            cell(row, column - 1) + int(alphabet.indel[other[column - 1]]),
            cell(row - 1, column - 1) + int(alphabet.swap[one[row - 1], other[column - 1]]),
        ]
        if row > 1 and column > 1 and one[row - 1] == other[column - 2] and one[row - 2] == other[column - 1]:
            ways.append(cell(row - 2, column - 2) + int(CROSSED))
        return min(ways)

    return cell(len(one), len(other))


def distances(
    wanted: tuple[int, ...], others: list[tuple[int, ...]], kinds: list[int] | None = None, costing: Costing = COSTING
) -> list[int]:
    codes = np.zeros((len(others), max(map(len, others), default=0)), dtype=np.uint8)
    for place, string in enumerate(others):
        codes[place, : len(string)] = string
    lengths = np.array([len(string) for string in others], dtype=np.uint8)
    columns = Columns(costing, codes, lengths, None if kinds is None else np.array(kinds, dtype=np.uint8))
    told = columns.distances(wanted)
    assert (columns.distances(wanted) == told).all(), "what is kept changes nothing"
    return list(map(int, told))


@given(STRINGS, st.lists(st.tuples(STRINGS, st.sampled_from([0, 1])), min_size=1, max_size=8))
def test_columns_agree_with_the_textbook_each_in_its_alphabet(
    wanted: tuple[int, ...], others: list[tuple[tuple[int, ...], int]]
) -> None:
    strings, kinds = [string for string, _kind in others], [kind for _string, kind in others]
    right = [min(FAR, textbook(wanted, string, KINDS[kind])) for string, kind in others]
    assert distances(wanted, strings, kinds) == right


@given(STRINGS, st.lists(STRINGS, min_size=1, max_size=8))
def test_one_string_after_another_may_be_asked_for(wanted: tuple[int, ...], others: list[tuple[int, ...]]) -> None:
    assert distances(wanted, others) == [min(FAR, textbook(wanted, other)) for other in others]


@given(STRINGS, st.lists(STRINGS, min_size=1, max_size=8), st.integers(0, 8), st.integers(0, 8))
def test_some_of_the_strings_may_be_compared_alone(
    wanted: tuple[int, ...], others: list[tuple[int, ...]], one: int, other: int
) -> None:
    first, last = sorted((min(one, len(others)), min(other, len(others))))
    codes = np.zeros((len(others), max(map(len, others))), dtype=np.uint8)
    for place, string in enumerate(others):
        codes[place, : len(string)] = string
    columns = Columns(COSTING, codes, np.array([len(string) for string in others], dtype=np.uint8))
    whole = columns.distances(wanted)
    assert columns.distances(wanted, first, last).tolist() == whole[first:last].tolist()


def test_what_is_far_is_told_to_be_far_and_never_near() -> None:
    (number,) = ALPHABET.codes("r")
    (other,) = ALPHABET.codes("b")
    long, longer = (number,) * 18, (other,) * 18
    assert distances(long, [longer, long, (), long[:16]]) == [FAR, 0, FAR, 2 * symbols.ONE]


def test_what_follows_two_that_changed_places_builds_on_them() -> None:
    one, other = (tuple(ALPHABET.codes(word)) for word in ("lm", "mlr"))
    assert textbook(one, other) == CROSSED + symbols.ONE
    assert distances(one, [other]) == [CROSSED + symbols.ONE]


@given(STRINGS, STRINGS)
def test_it_is_as_far_there_as_back(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    there, back = (distances(a, [b])[0] for a, b in ((one, other), (other, one)))
    assert there == back
    assert (there == 0) == (one == other) or there == 0
    assert distances(one, [one]) == [0]


def test_swapping_never_costs_more_than_leaving_out_both() -> None:
    swap, indel = ALPHABET.swap[1:, 1:], ALPHABET.indel[1:]
    assert (swap <= indel[:, None] + indel[None, :]).all()
    assert (swap == swap.T).all()
