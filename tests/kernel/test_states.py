"""A declared table is all that is possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waystation.kernel.states import StateTable, WrongState

NAMES = ("a", "b", "c", "d")
lines = st.lists(st.tuples(st.sampled_from(("go", "stop", "back")), st.sampled_from(NAMES), st.sampled_from(NAMES)))


def table(steps: list[tuple[str, str, str]]) -> StateTable:
    once = {(act, start): end for act, start, end in steps}
    return StateTable(states=NAMES, first="a", steps=[(act, start, end) for (act, start), end in once.items()])


@given(lines, st.lists(st.sampled_from(("go", "stop", "back"))))
def test_no_walk_leaves_what_is_reachable(steps: list[tuple[str, str, str]], walk: list[str]) -> None:
    states, state = table(steps), "a"
    for act in walk:
        if states.allows(state, act):
            state = states.after(state, act)
        else:
            with pytest.raises(WrongState):
                states.after(state, act)
        assert state in states.reachable()


def test_a_table_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        StateTable(states=NAMES, first="a", steps=[("go", "a", "b"), ("go", ("a", "c"), "d")])
    with pytest.raises(ValueError, match="does not have"):
        StateTable(states=NAMES, first="a", steps=[("go", "a", "nowhere")])
