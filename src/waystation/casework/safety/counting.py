"""Pure counting: which risks people met on which part of the road, safe to show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from waystation.casework.suppression import suppress

LEAST = 5
Told = tuple[UUID, str, str]
"""A person, a risk, a stage."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """Counts by risk and stage, small ones hidden (None); the last of each line and the last line are totals."""

    risks: tuple[str, ...]
    stages: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    hides: bool


def tabulate(told: Iterable[Told], risks: Sequence[str], stages: Sequence[str]) -> Figures:
    """Count each person once for each risk and stage; lines and columns that hold nobody are left out.

    One person may stand in several cells, so a total is hidden too when fewer than `LEAST` people make it.
    """
    people: dict[tuple[str, str], set[UUID]] = defaultdict(set)
    for person, risk, stage in told:
        people[risk, stage].add(person)
    rows = tuple(risk for risk in risks if any(people.get((risk, stage)) for stage in stages))
    heads = tuple(stage for stage in stages if any(people.get((risk, stage)) for risk in risks))
    shown = suppress([[len(people.get((row, head), ())) for head in heads] for row in rows], LEAST)
    for number, row in enumerate(rows):
        _hide_few(shown, number, len(heads), [people.get((row, head), set()) for head in heads])
    for number, head in enumerate(heads):
        _hide_few(shown, len(rows), number, [people.get((row, head), set()) for row in rows])
    _hide_few(shown, len(rows), len(heads), list(people.values()))
    cells = tuple(tuple(line) for line in shown)
    return Figures(risks=rows, stages=heads, cells=cells, hides=any(None in line for line in cells))


def _hide_few(shown: list[list[int | None]], row: int, column: int, groups: Sequence[set[UUID]]) -> None:
    if 0 < len(set().union(*groups)) < LEAST:
        shown[row][column] = None
