"""How far one string of sounds is from thousands at once: weighted edit distance, columnwise.

Edit distance as Wagner and Fischer (1974) compute it, with neighbours that changed places (optimal string alignment).
Each string is a column, the longest first, so that in each row of the table those stand together that are as long: a
step of the table is one addition or comparison of a row of bytes, for all strings.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from waystation.names.likest import Places
from waystation.names.symbols import Alphabet

CROSSED = 20
"""What two sounds in each other's place cost."""
FAR = 150
"""No distance is told to be more, so that a byte holds it; strings so far apart are not near by any measure."""
_EASED = 3
"""After so many sounds what is above FAR is brought down to it, before it grows over a byte."""
_KIND = 64
"""The numbers of sounds are below this; it is added to them once for each alphabet after the first."""

Bytes = NDArray[np.uint8]


class Costing:
    """What one numbered sound costs in place of another, and what it costs to leave one out; in several alphabets."""

    def __init__(self, *alphabets: Alphabet) -> None:
        self._indel = [alphabet.indel.tolist() for alphabet in alphabets]
        sounds = range(len(self._indel[0]))
        self.left_out = _table([alphabet.indel for alphabet in alphabets])
        self.instead = [_table([alphabet.swap[sound] for alphabet in alphabets]) for sound in sounds]
        self.missing = [_table([np.full(_KIND, alphabet.indel[sound]) for alphabet in alphabets]) for sound in sounds]

    def weight(self, codes: Sequence[int], kind: int = 0) -> int:
        """What leaving out the whole string costs."""
        costs = self._indel[kind]
        return sum([costs[code] for code in codes])


def _table(kinds: Sequence[NDArray[np.int16]]) -> bytes:
    table = np.zeros(4 * _KIND, dtype=np.uint8)
    for kind, costs in enumerate(kinds):
        table[kind * _KIND : kind * _KIND + len(costs)] = costs
    return table.tobytes()


class Columns:
    """Strings to compare with one after another; what a sound costs in place of each of theirs is kept once computed.

    Cells of the table are numbered row after row, the row of nothing met first.
    """

    def __init__(self, costing: Costing, codes: Bytes, lengths: Bytes, kinds: Bytes | None = None) -> None:
        """Of numbered sounds (strings × longest), their lengths, and which alphabet each string is compared by."""
        self._costing = costing
        self.order: Places = np.argsort(~lengths, kind="stable")
        """Which string each column is, as they were given."""
        self._many: list[int] = np.bincount(lengths, minlength=1)[::-1].cumsum()[::-1].tolist()
        self._starts: list[int] = [0, *np.cumsum(self._many).tolist()]
        ordered = np.zeros((len(lengths), len(self._many)), dtype=np.uint8)
        ordered[:, 1:] = codes[self.order, : len(self._many) - 1]
        if kinds is not None:
            ordered += kinds[self.order, None] * np.uint8(_KIND)
        by_row = ordered.T
        cells = np.concatenate([row[:many] for row, many in zip(by_row, self._many, strict=True)])
        self._cells, self._sounds = cells.tobytes(), cells & np.uint8(_KIND - 1)
        befores = [row[:many] for row, many in zip(by_row, self._many[1:], strict=False)]
        self._sounds_before = np.concatenate([cells[:0], *befores]) & np.uint8(_KIND - 1)
        self._left_out = self._rows(_by(costing.left_out, self._cells))[1:]
        self._instead: dict[int, list[Bytes]] = {}
        self._missing: dict[int, Bytes] = {}
        self._crossed: dict[tuple[int, int], tuple[Places, Places] | None] = {}
        self._work = [np.full(len(cells), FAR, dtype=np.uint8) for _ in range(5)]
        self._views = [self._rows_and_before(work) for work in self._work]
        self._work[0][: len(lengths)] = 0
        self._leave_out(self._views[0])

    def distances(self, wanted: Sequence[int]) -> Bytes:
        """From one string to each column; FAR for all that are farther."""
        met, each_met, after = self._work[4], self._views[4][0][1:], self._starts[1]
        two_before = row = self._work[0]
        (rows, befores), last = self._views[0], 0
        for place, sound in enumerate(wanted):
            new, views = self._work[1 + place % 3], self._views[1 + place % 3]
            np.add(row, self._missing_costs(sound), out=new)
            for before, costs, there in zip(befores, self._instead_costs(sound), each_met, strict=True):
                np.add(before, costs, out=there)
            np.minimum(new[after:], met[after:], out=new[after:])
            if last and last != sound and (crossed := self._cells_crossed(last, sound)):
                cells, since = crossed
                new[cells] = np.minimum(new[cells], two_before[since] + np.uint8(CROSSED))
            self._leave_out(views)
            if place % _EASED == _EASED - 1:
                np.minimum(new, FAR, out=new)
            two_before, row, (rows, befores), last = row, new, views, sound
        ends = [one[longer:] for one, longer in zip(rows[::-1], [0, *self._many[:0:-1]], strict=True)]
        return np.minimum(np.concatenate(ends), FAR)

    def _leave_out(self, views: tuple[list[Bytes], list[Bytes]]) -> None:
        """Each cell at most what the one before it in its column costs and its own sound left out."""
        rows, befores = views
        for row, before, costs, there in zip(rows[1:], befores, self._left_out, self._views[4][0][1:], strict=True):
            np.add(before, costs, out=there)
            np.minimum(row, there, out=row)

    def _rows(self, cells: Bytes) -> list[Bytes]:
        return [cells[start : start + many] for start, many in zip(self._starts, self._many, strict=False)]

    def _rows_and_before(self, cells: Bytes) -> tuple[list[Bytes], list[Bytes]]:
        """The rows, and for each after the first that before it as far as it goes itself."""
        rows = self._rows(cells)
        return rows, [row[:many] for row, many in zip(rows, self._many[1:], strict=False)]

    def _instead_costs(self, sound: int) -> list[Bytes]:
        known = self._instead.get(sound)
        if known is None:
            known = self._instead[sound] = self._rows(_by(self._costing.instead[sound], self._cells))[1:]
        return known

    def _missing_costs(self, sound: int) -> Bytes:
        known = self._missing.get(sound)
        if known is None:
            known = self._missing[sound] = _by(self._costing.missing[sound], self._cells)
        return known

    def _cells_crossed(self, first: int, second: int) -> tuple[Places, Places] | None:
        """The cells where these two sounds stand the other way round, and those two rows above them."""
        if (first, second) in self._crossed:
            return self._crossed[first, second]
        after = self._starts[1]
        cells = np.flatnonzero((self._sounds[after:] == first) & (self._sounds_before == second)) + after
        found = None
        if len(cells):
            starts = np.array(self._starts)
            rows = np.searchsorted(starts, cells, side="right") - 1
            found = cells, cells - starts[rows] + starts[rows - 2]
        self._crossed[first, second] = found
        return found


def _by(table: bytes, cells: bytes) -> Bytes:
    return np.frombuffer(cells.translate(table), dtype=np.uint8)
