"""Pure counting: from people and what they met to three tables that are safe to show together.

Each person is counted once, in each table, by what happened last; so the guarantee of `suppression` holds for a table.
The three have only the number of all people in common. A table that must hide it is left out, for another would tell
it; among those that may tell it, none tells more of another than it tells itself.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from waystation.casework.barriers.codes import ACCESS, MOST_COUNTRIES, Access, Denied, Kind
from waystation.casework.suppression import suppress

REST = ""
"""All countries that are too many to be shown one by one."""
ORDER = list(Access)


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """So many people met this."""

    country: str
    kind: Kind
    denied: Denied
    month: date
    people: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """Lines with their cells (None: hidden); the last cell of each, and the last line, are totals."""

    heads: tuple[str, ...]
    rows: tuple[Any, ...]
    cells: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What stood in the way by country; by help that was denied; by month. None: not to be told yet."""

    kinds: Table | None
    denied: Table | None
    months: Table | None


def figures(found: Iterable[Met]) -> Figures:
    """The three tables."""
    lines = list(found)
    countries = _largest(lines)
    named = [line.country if line.country in countries else REST for line in lines]
    heads = [*countries, *([REST] if REST in named else [])]
    kinds = sorted({line.kind for line in lines}, key=lambda kind: (ORDER.index(ACCESS[kind]), list(Kind).index(kind)))
    by_kind = _table(zip((line.kind for line in lines), named, _many(lines), strict=True), kinds, heads)
    denied = sorted({line.denied for line in lines}, key=list(Denied).index)
    months = sorted({line.month for line in lines})
    by_denied = _table(((line.denied, "", line.people) for line in lines), denied, [""])
    by_month = _table(((line.month, "", line.people) for line in lines), months, [""])
    return Figures(kinds=_told(by_kind), denied=_told(by_denied), months=_told(by_month))


def _told(table: Table) -> Table | None:
    return table if table.rows and table.cells[-1][-1] is not None else None


def _many(lines: Sequence[Met]) -> list[int]:
    return [line.people for line in lines]


def _largest(lines: Sequence[Met]) -> list[str]:
    sizes: Counter[str] = Counter()
    for line in lines:
        sizes[line.country] += line.people
    return sorted(sizes, key=lambda country: (-sizes[country], country))[:MOST_COUNTRIES]


def _table(counted: Iterable[tuple[object, str, int]], rows: Sequence[object], heads: Sequence[str]) -> Table:
    cells = {row: dict.fromkeys(heads, 0) for row in rows}
    for row, head, people in counted:
        cells[row][head] += people
    shown = suppress([list(line.values()) for line in cells.values()])
    return Table(heads=tuple(heads), rows=tuple(rows), cells=tuple(tuple(line) for line in shown))
