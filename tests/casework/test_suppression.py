"""Small counts stay hidden: shown nowhere, and not to be worked out from what is shown."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.casework.suppression import suppress, with_totals

LEAST = 3
SMALL = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=1, max_size=3)
)
LARGE = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=8)
)


def possible(shown: list[list[int | None]], most: int) -> Iterator[list[list[int]]]:
    """Every table of counts that would have been shown as this one, for whoever knows no more than what is shown."""
    inner = [(r, c) for r in range(len(shown) - 1) for c in range(len(shown[0]) - 1) if shown[r][c] is None]
    for counts in itertools.product(range(most + 1), repeat=len(inner)):
        table = [[count or 0 for count in row[:-1]] for row in shown[:-1]]
        for (r, c), count in zip(inner, counts, strict=True):
            table[r][c] = count
        full = with_totals(table)
        if all(
            there is None or there == here
            for row, mine in zip(shown, full, strict=True)
            for there, here in zip(row, mine, strict=True)
        ):
            yield full


@settings(max_examples=150, deadline=None)
@given(SMALL)
def test_no_hidden_cell_can_be_worked_out(table: list[list[int]]) -> None:
    shown = suppress(table, LEAST)
    unknown = [(r, c) for r, row in enumerate(shown) for c, count in enumerate(row) if count is None]
    inner = [(r, c) for r, c in unknown if r < len(table) and c < len(table[0])]
    if len(inner) > 5:
        return
    seen: dict[tuple[int, int], set[int]] = {cell: set() for cell in unknown}
    for full in possible(shown, 8):
        for r, c in unknown:
            seen[r, c].add(full[r][c])
    assert all(len(values) > 1 for values in seen.values()), (table, shown)


@given(LARGE)
def test_nothing_small_is_shown_and_what_is_shown_is_true(table: list[list[int]]) -> None:
    full = with_totals(table)
    for mine, row in zip(full, suppress(table), strict=True):
        for count, there in zip(mine, row, strict=True):
            assert there is None or there == count
            assert not (0 < count < 5) or there is None


@given(LARGE)
def test_hidden_cells_of_a_line_are_together_no_small_group(table: list[list[int]]) -> None:
    shown = suppress(table)
    lines = [*shown, *map(list, zip(*shown, strict=True))]
    for line in lines:
        told, total = line[:-1], line[-1]
        if None in told and total is not None:
            covered = total - sum(count for count in told if count is not None)
            assert covered == 0 or covered >= 5


def test_a_single_small_cell_takes_neighbours_with_it_and_no_more_than_needed() -> None:
    table = [[20, 2, 30], [25, 9, 40], [30, 12, 50]]
    shown = suppress(table)
    assert shown[0][1] is None
    assert sum(count is None for row in shown for count in row) == 4
    assert shown[2] == [30, 12, 50, 92]


def test_zeros_are_shown_and_a_table_of_zeros_hides_nothing() -> None:
    assert suppress([[0, 0], [0, 0]]) == [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert suppress([[0, 9], [7, 0]]) == [[0, 9, 9], [7, 0, 7], [7, 9, 16]]


def test_an_empty_table_has_one_total() -> None:
    assert suppress([]) == [[0]]


@pytest.mark.parametrize("table", [[[1, 2], [3]], [[-1]]])
def test_what_is_no_table_of_counts_is_refused(table: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="lines of one length"):
        suppress(table)
