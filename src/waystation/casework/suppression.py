"""Small counts hidden in a table, and enough of its neighbours that nobody can work them out again.

Cells of 1 to 4 are hidden; a zero counts nobody and is shown. Then neighbours are hidden too ("complementary"
suppression), because one hidden cell in a line is that line's total less the rest. Rows, columns, the total row and the
total column form a graph whose edges are the cells that hold somebody: a hidden cell can be worked out exactly if and
only if it is a bridge among the hidden edges (Gusfield, "A graph theoretic approach to statistical data security",
SIAM J. Comput. 17, 1988). So each bridge is closed to a ring along the cheapest way. All cells of a ring hold at least
one, therefore one more here and one less there is always possible. A line whose hidden cells come to fewer than `least`
together hides another one besides: the group itself would be small.

It guards one table. Two tables about the same people must be made of one another's shown cells, or not overlap. Those
that tell the same people apart in different ways share their totals: told as `totals`, these are hidden or shown as
they are elsewhere, and the rings close among the other cells (a visible total is never one of them).
"""

import heapq
from collections.abc import Iterator, Sequence

Cell = tuple[int, int]
Shown = list[list[int | None]]


def suppress(table: Sequence[Sequence[int]], least: int = 5, totals: Sequence[int | None] | None = None) -> Shown:
    """A table of counts with its totals, safe to show: one column and one row longer, the last of each the totals.

    None stands where a count is hidden. `table` holds counts of people of whom each is in one cell; `totals` is the row
    of totals as other tables about the same people show it (`shown_totals`). Raises ValueError for lines of different
    length and for negative counts.
    """
    if len({len(row) for row in table}) > 1 or any(count < 0 for row in table for count in row):
        raise ValueError("A table needs lines of one length and no negative counts.")
    full = with_totals(table)
    hidden = {cell for cell, count in _cells(full) if 0 < count < least}
    open_to_all = _known_by(full, totals or ())
    hidden |= {(len(table), c) for c, count in enumerate(totals or ()) if count is None}
    while True:
        extra = _for_small_groups(full, hidden, least, open_to_all) | _for_bridges(full, hidden, open_to_all)
        if not extra:
            return [[None if (r, c) in hidden else count for c, count in enumerate(row)] for r, row in enumerate(full)]
        hidden |= extra


def _known_by(full: Sequence[Sequence[int]], totals: Sequence[int | None]) -> set[Cell]:
    """Totals that stand elsewhere, and cells that are the whole of one: to hide these would hide nothing."""
    last = len(full) - 1
    known = {(last, c) for c, count in enumerate(totals) if count is not None}
    whole = {(r, c) for _row, c in known for r in range(last) if full[r][c] == full[last][c] and full[r][c]}
    return known | whole


def shown_totals(counts: Sequence[int], least: int = 5) -> list[int | None]:
    """The totals of columns with their sum, safe to show beside every table about the same people."""
    return suppress([counts], least)[-1]


def with_totals(table: Sequence[Sequence[int]]) -> list[list[int]]:
    """A table with a column and a row of totals."""
    rows = [[*row, sum(row)] for row in table]
    width = len(rows[0]) if rows else 1
    return [*rows, [sum(row[column] for row in rows) for column in range(width)]]


def _cells(full: Sequence[Sequence[int]]) -> Iterator[tuple[Cell, int]]:
    for r, row in enumerate(full):
        for c, count in enumerate(row):
            yield (r, c), count


def _lines(full: Sequence[Sequence[int]]) -> Iterator[tuple[list[Cell], Cell]]:
    """Every line whose cells add up to a total: its cells, and its total."""
    height, width = len(full) - 1, len(full[0]) - 1
    for r in range(height + 1):
        yield [(r, c) for c in range(width)], (r, width)
    for c in range(width + 1):
        yield [(r, c) for r in range(height)], (height, c)


def _for_small_groups(
    full: Sequence[Sequence[int]], hidden: set[Cell], least: int, open_to_all: set[Cell]
) -> set[Cell]:
    """Where the hidden cells of a line with a known total come to fewer than `least`: one more to hide."""
    extra: set[Cell] = set()
    for cells, total in _lines(full):
        covered = sum(full[r][c] for r, c in cells if (r, c) in hidden)
        if total in hidden or not 0 < covered < least:
            continue
        others = [(full[r][c], (r, c)) for r, c in cells if (r, c) not in hidden | open_to_all and full[r][c]]
        extra.add(min(others)[1] if others else total)
    return extra


def _for_bridges(full: Sequence[Sequence[int]], hidden: set[Cell], open_to_all: set[Cell]) -> set[Cell]:
    """The cells that put the first hidden cell that could be worked out into a ring; nothing when there is none."""
    for cell in sorted(hidden):
        every = {other for other, _count in _cells(full)} - open_to_all
        if _way(full, hidden, cell, among=hidden) is None and (way := _way(full, hidden, cell, among=every)):
            return set(way) - hidden
    return set()


def _way(full: Sequence[Sequence[int]], hidden: set[Cell], around: Cell, *, among: set[Cell]) -> list[Cell] | None:
    """The cheapest way from a cell's row to its column without using the cell itself (Dijkstra); hidden cells are free.

    Nodes are ("r", n) and ("c", n). The totals give a way to every cell that holds somebody.
    """
    start, goal = ("r", around[0]), ("c", around[1])
    queue: list[tuple[int, tuple[str, int], list[Cell]]] = [(0, start, [])]
    seen: set[tuple[str, int]] = set()
    while queue:
        cost, node, way = heapq.heappop(queue)
        if node == goal:
            return way
        if node in seen:
            continue
        seen.add(node)
        for cell, count in _edges(full, node):
            if cell == around or not count or cell not in among:
                continue
            beyond = ("c", cell[1]) if node[0] == "r" else ("r", cell[0])
            heapq.heappush(queue, (cost + (0 if cell in hidden else count), beyond, [*way, cell]))
    return None


def _edges(full: Sequence[Sequence[int]], node: tuple[str, int]) -> Iterator[tuple[Cell, int]]:
    kind, place = node
    if kind == "r":
        yield from (((place, c), count) for c, count in enumerate(full[place]))
    else:
        yield from (((r, place), row[place]) for r, row in enumerate(full))
