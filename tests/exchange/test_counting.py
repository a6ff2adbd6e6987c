"""Which numbers came: any order, loss and duplication, told apart from a list of them by nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.exchange import counting
from waystation.exchange.counting import HIGHEST, Came, TooManyGaps

SEQS = st.lists(st.integers(1, 40), max_size=80)


def of(seqs: list[int]) -> Came:
    came = Came()
    for seq in seqs:
        came = came.plus(seq)
    return came


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seqs=SEQS)
def test_it_says_what_a_set_says(seqs: list[int]) -> None:
    came, plain = of(seqs), set(seqs)
    assert {seq for seq in range(50) if came.holds(seq)} == plain
    missing = {seq for first, last in came.gaps() for seq in range(first, last + 1)}
    assert missing == set(range(1, max(plain, default=0) + 1)) - plain
    assert came.to == next(seq for seq in range(50) if seq + 1 not in plain)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seqs=SEQS, data=st.data())
def test_order_and_copies_make_no_difference(seqs: list[int], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*seqs, *seqs]))
    assert of(list(again)) == of(seqs)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seqs=SEQS)
def test_its_form_is_read_back(seqs: list[int]) -> None:
    came = of(seqs)
    assert Came.read(came.to, [list(one) for one in came.later]) == came


@pytest.mark.parametrize("later", [[(1, 1)], [(3, 2)], [(3, 4), (5, 6)], [(5, 6), (3, 3)], [(3, HIGHEST + 1)], [(3,)]])
def test_no_other_form_is_read(later: list[tuple[int, ...]]) -> None:
    with pytest.raises(ValueError):
        Came.read(1, later)


@pytest.mark.parametrize("seq", [0, -1, HIGHEST + 1])
def test_numbers_that_none_can_have(seq: int) -> None:
    with pytest.raises(ValueError, match="number"):
        Came().plus(seq)


def test_gaps_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_RANGES", 3)
    came = of([2, 4, 6])
    with pytest.raises(TooManyGaps):
        came.plus(8)
    assert came.plus(5).later == ((2, 2), (4, 6))
