"""Pure counting: from people's groups and outcomes to a table safe to show, and to where somebody should look."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from waystation.casework.disparity.codes import BY_CHANCE, FOUR_FIFTHS, MOST_GROUPS
from waystation.casework.suppression import shown_totals, suppress

REST = ""
"""The group of all that are too many to be shown one by one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One group: its counts (None: hidden), their total, the share that went well, whether somebody should look."""

    group: str
    cells: tuple[int | None, ...]
    total: int | None
    percent: int | None = None
    look: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Lines by group, the largest first, and all together."""

    lines: tuple[Line, ...]
    total: Line
    hides: bool


def tabulate(outcomes: Iterable[tuple[str, str]], columns: Sequence[str], good: frozenset[str]) -> Table:
    """Count (group, column) pairs of one person each. Small cells are hidden, and enough others with them."""
    counted = Counter(outcomes)
    groups = _largest(counted)
    rows = {group: [0] * len(columns) for group in groups}
    for (group, column), count in counted.items():
        rows[group if group in rows else REST][columns.index(column)] += count
    # The same people told apart by another ground make the same totals: none shows what another hides.
    every = [sum(rows[group][place] for group in groups) for place in range(len(columns))]
    shown = suppress([rows[group] for group in groups], totals=shown_totals(every))
    places = [place for place, column in enumerate(columns) if column in good]
    lines = [_line(group, cells, places) for group, cells in zip(groups, shown, strict=False)]
    total = _line("", shown[-1], places)
    looked = tuple(_looked_at(line, total, places) for line in lines)
    return Table(lines=looked, total=total, hides=any(None in cells for cells in shown))


def _largest(counted: Mapping[tuple[str, str], int]) -> list[str]:
    sizes: Counter[Hashable] = Counter()
    for (group, _column), count in counted.items():
        sizes[group] += count
    ordered = sorted(sizes, key=lambda group: (-sizes[group], str(group)))
    kept = [str(group) for group in ordered if group != REST][:MOST_GROUPS]
    return kept + ([REST] if len(kept) < len(sizes) else [])


def _line(group: str, cells: Sequence[int | None], good: Sequence[int]) -> Line:
    *counts, total = cells
    percent = None
    if total and None not in counts:
        percent = round(100 * sum(counts[place] or 0 for place in good) / total)
    return Line(group=group, cells=tuple(counts), total=total, percent=percent)


def _looked_at(line: Line, total: Line, good: Sequence[int]) -> Line:
    if line.percent is None or total.percent is None or line.total is None or total.total is None:
        return line
    own = sum(line.cells[place] or 0 for place in good)
    others = sum(total.cells[place] or 0 for place in good) - own
    many = total.total - line.total
    look = is_worse(own, line.total, others, many)
    return Line(group=line.group, cells=line.cells, total=line.total, percent=line.percent, look=look)


def is_worse(own: int, of_own: int, others: int, of_others: int) -> bool:
    """Whether a group's share is below four fifths of everyone else's, and not by chance.

    Chance is judged by the pooled two-proportion z test, one side (Fleiss, Levin, Paik, "Statistical Methods for Rates
    and Proportions", 3rd ed. 2003, section 3.1).
    """
    if not of_own or not of_others or not others:
        return False
    share, rest = own / of_own, others / of_others
    if share >= FOUR_FIFTHS * rest:
        return False
    pooled = (own + others) / (of_own + of_others)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / of_own + 1 / of_others))
    return spread > 0 and 0.5 * math.erfc((rest - share) / spread / math.sqrt(2)) < BY_CHANCE
