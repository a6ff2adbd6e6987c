"""States of work as declared tables: which act leads from where to where, and nothing else is possible."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Problem


class WrongState(Problem):
    """The act does not fit the state something is in now."""

    code = "wrong-state"
    status = 409
    message = _("This is not possible in the present state. Load the page anew to see what has changed.")


@dataclass(frozen=True, slots=True)
class Step:
    """One act: its name, the states it may start from, the state it leads to."""

    act: str
    starts: frozenset[str]
    end: str


class StateTable:
    """All steps of one kind of work.

    `states` are its codes, `first` the state a new one is in, `steps` lines of (act, start or starts, end). One act
    may stand in several lines, but only once for a start. Raises ValueError for a table that contradicts itself.
    """

    def __init__(
        self, *, states: Sequence[str], first: str, steps: Iterable[tuple[str, str | Iterable[str], str]]
    ) -> None:
        self.states, self.first = tuple(states), first
        self.steps = tuple(
            Step(act, frozenset([starts] if isinstance(starts, str) else starts), end) for act, starts, end in steps
        )
        self._ends = {(step.act, start): step.end for step in self.steps for start in step.starts}
        named = {first, *(step.end for step in self.steps), *(start for step in self.steps for start in step.starts)}
        if named - set(self.states) or len(self._ends) != sum(len(step.starts) for step in self.steps):
            raise ValueError("The table names a state twice for one act, or one that it does not have.")

    def after(self, state: str, act: str) -> str:
        """The state an act leads to. Raises WrongState where the table has no such step."""
        if (act, state) not in self._ends:
            raise WrongState
        return self._ends[act, state]

    def allows(self, state: str, act: str) -> bool:
        """Whether an act is possible in a state."""
        return (act, state) in self._ends

    def acts(self, state: str) -> tuple[str, ...]:
        """What is possible in a state, in the order of the table."""
        return tuple(dict.fromkeys(step.act for step in self.steps if state in step.starts))

    def reachable(self) -> frozenset[str]:
        """Every state that can be come to from the first."""
        seen, edge = {self.first}, {self.first}
        while edge:
            edge = {step.end for step in self.steps if step.starts & edge} - seen
            seen |= edge
        return frozenset(seen)
