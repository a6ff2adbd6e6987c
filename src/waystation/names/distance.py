"""How far one string of sounds is from thousands at once: weighted edit distance, columnwise.

Edit distance as Wagner and Fischer (1974) compute it, with neighbours that changed places (optimal string alignment).
Each string is a column of bytes; a step of the table is one addition or comparison of bytes for all strings.
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
        self.missing = np.array(self._indel, dtype=np.uint8).T

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
    """Strings to compare with one after another; what a sound costs in place of each of theirs is kept."""

    def __init__(self, costing: Costing, codes: Bytes, lengths: Bytes, kinds: Bytes | None = None) -> None:
        """Of numbered sounds (strings × longest), their lengths, and which alphabet each string is compared by."""
        self._costing = costing
        self._kinds: Places | None = None if kinds is None else kinds.astype(np.intp)
        self._longest, self._many = int(lengths.max(initial=0)), len(lengths)
        self._sounds = np.ascontiguousarray(codes.T[: self._longest])
        self._cells = self._sounds.tobytes() if kinds is None else (self._sounds + kinds * np.uint8(_KIND)).tobytes()
        self._ends = None if (lengths == self._longest).all() else lengths * np.intp(self._many) + np.arange(self._many)
        self._left_out = list(self._by(costing.left_out))
        self._instead: dict[int, Bytes] = {}
        self._neighbours = self._sounds[:-1].astype(np.uint16) << 8 | self._sounds[1:]
        self._crossed: dict[tuple[int, int], tuple[Places, Places] | None] = {}
        self._work = [np.empty((self._longest + 1, self._many), dtype=np.uint8) for _ in range(4)]
        self._met = np.empty((self._longest, self._many), dtype=np.uint8)
        self._work[0].fill(FAR)
        self._work[0][0] = 0
        _leave_out(list(self._work[0]), self._left_out, self._met)

    def distances(self, wanted: Sequence[int], first: int = 0, last: int | None = None) -> Bytes:
        """From one string to each from the first to the last, as they were given; FAR for all that are farther."""
        span = slice(first, self._many if last is None else last)
        work, met = [one[:, span] for one in self._work], self._met[:, span]
        left_out = [costs[span] for costs in self._left_out]
        rows = [list(one) for one in work]
        two_before = row = self._work[0]
        before, sound_before = work[0], 0
        for place, sound in enumerate(wanted):
            at = 1 + place % 3
            new = work[at]
            np.add(before, self._missing_costs(sound, span), out=new)
            np.add(before[:-1], self._instead_costs(sound)[:, span], out=met)
            np.minimum(new[1:], met, out=new[1:])
            if sound_before and sound_before != sound and (crossed := self._cells_crossed(sound_before, sound)):
                cells, since = crossed
                flat = self._work[at].reshape(-1)
                crossing = two_before.reshape(-1).take(since) + np.uint8(CROSSED)
                flat[cells] = np.minimum(flat.take(cells), crossing)
            _leave_out(rows[at], left_out, met)
            if place % _EASED == _EASED - 1:
                np.minimum(new, FAR, out=new)
            two_before, row, before, sound_before = row, self._work[at], new, sound
        return np.minimum(row[-1] if self._ends is None else row.reshape(-1).take(self._ends), FAR)[span]

    def _by(self, table: bytes) -> Bytes:
        return np.frombuffer(self._cells.translate(table), dtype=np.uint8).reshape(self._sounds.shape)

    def _instead_costs(self, sound: int) -> Bytes:
        known = self._instead.get(sound)
        if known is None:
            known = self._instead[sound] = self._by(self._costing.instead[sound])
        return known

    def _missing_costs(self, sound: int, span: slice) -> Bytes | np.uint8:
        costs: Bytes = self._costing.missing[sound]
        return np.uint8(costs[0]) if self._kinds is None else costs[self._kinds[span]]

    def _cells_crossed(self, first: int, second: int) -> tuple[Places, Places] | None:
        """The cells where these two sounds stand the other way round, and those two rows above them."""
        if (first, second) not in self._crossed:
            there = np.flatnonzero(self._neighbours == np.uint16(second << 8 | first))
            self._crossed[first, second] = (there + 2 * self._many, there) if len(there) else None
        return self._crossed[first, second]


def _leave_out(rows: Sequence[Bytes], costs: Sequence[Bytes], spare: Bytes) -> None:
    """Each cell at most what the one before it in its column costs and its own sound left out."""
    before = rows[0]
    for place, row in enumerate(rows[1:]):
        np.add(before, costs[place], out=spare[0])
        np.minimum(row, spare[0], out=row)
        before = row
