"""Names as rows of numbers: the parts of each, what else is told of who has it, and which rows have a part.

All that is asked of a row stands together, so that it is fetched from memory once. New rows wait until someone asks;
while they are few they are listed by part beside the many, which are sorted by part once and for all.
"""

from array import array

import numpy as np
from numpy.typing import NDArray

from waystation.names.distance import Places
from waystation.names.vocabulary import Likest, Worths

WIDTH = 6
"""Parts of a name that are compared; few names have more."""
TOLD, OWNER = WIDTH, WIDTH + 1
"""The columns after the parts: what else is told, as one number, and whose name it is."""
ACROSS = WIDTH + 2
GONE = 0xFFFFFFFF
"""Whose name it is no longer."""
FEW = 4096

Records = NDArray[np.uint32]
"""Rows by ACROSS."""


class Rows:
    """Grows; rows can be emptied. Parts are numbered from 1; 0 is where a name has no more parts."""

    def __init__(self) -> None:
        self.having: array[int] = array("I", [0])
        """How many rows have each part."""
        self._count, self._emptied = 0, False
        self._records: Records = np.zeros((1024, ACROSS), dtype=np.uint32)
        self._new: array[int] = array("I")
        self._sorted: NDArray[np.uint32] = np.zeros(0, dtype=np.uint32)
        self._starts: Places = np.zeros(1, dtype=np.intp)
        self._sorted_rows = 0
        self._later: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return self._count

    def add(self, parts: list[int], told: int, owner: int) -> None:
        """At most WIDTH parts."""
        self._new.extend([*parts, *[0] * (WIDTH - len(parts)), told, owner])
        self._count += 1
        for part in set(parts):
            self.having[part] += 1

    def parts(self, row: int) -> list[int]:
        """Those of one row that is not empty."""
        self._take_in()
        return [part for part in self._records[row, :WIDTH].tolist() if part]

    def empty(self, row: int) -> None:
        """Nobody has this name any more."""
        for part in set(self.parts(row)):
            self.having[part] -= 1
        self._records[row, OWNER] = GONE
        self._emptied = True

    def is_empty(self, row: int) -> bool:
        """Whether nobody has it."""
        self._take_in()
        return bool(self._records[row, OWNER] == GONE)

    def told(self, row: int) -> int:
        """What else is told of whose name one row was."""
        return int(self._records[row, TOLD])

    def records(self, rows: Places) -> Records:
        """What stands in some rows."""
        return np.take(self._records, rows, axis=0)

    def with_parts(self, parts: Likest) -> tuple[Places, Worths]:
        """Which rows have any of the parts, and how like that is; a row that has two of them twice."""
        self._take_in()
        rows, worths = self._having(parts)
        if not self._emptied:
            return rows, worths
        there = self._records[rows, OWNER] != GONE
        return rows[there], worths[there]

    def _having(self, parts: Likest) -> tuple[Places, Worths]:
        numbers, likeness = parts
        old = numbers < len(self._starts) - 1
        starts = self._starts[numbers[old]]
        many = self._starts[numbers[old] + 1] - starts
        places = np.arange(int(many.sum())) + np.repeat(starts - (np.cumsum(many) - many), many)
        rows, worths = [self._sorted[places].astype(np.intp)], [np.repeat(likeness[old], many)]
        for at in self._listed_later(numbers):
            later = self._later[int(numbers[at])]
            rows.append(np.array(later, dtype=np.intp))
            worths.append(np.full(len(later), likeness[at]))
        return (np.concatenate(rows), np.concatenate(worths)) if len(rows) > 1 else (rows[0], worths[0])

    def _listed_later(self, numbers: Places) -> list[int]:
        return [at for at, number in enumerate(numbers.tolist()) if number in self._later] if self._later else []

    def _take_in(self) -> None:
        if not self._new:
            return
        new = np.array(self._new, dtype=np.uint32).reshape(-1, ACROSS)
        self._new = array("I")
        first = self._count - len(new)
        if self._count > len(self._records):
            grown = np.zeros((max(self._count, 2 * len(self._records)), ACROSS), dtype=np.uint32)
            grown[:first] = self._records[:first]
            self._records = grown
        self._records[first : self._count] = new
        if self._count - self._sorted_rows > max(FEW, self._sorted_rows // 16):
            self._sort()
            return
        for row, parts in enumerate(new[:, :WIDTH].tolist(), start=first):
            for part in set(parts) - {0}:
                self._later.setdefault(part, []).append(row)

    def _sort(self) -> None:
        """All rows by their parts, each part of a row once."""
        parts = self._records[: self._count, :WIDTH].copy()
        for column in range(1, WIDTH):
            for before in range(column):
                parts[parts[:, column] == parts[:, before], column] = 0
        flat = parts.ravel()
        held = np.flatnonzero(flat)
        order = held[np.argsort(flat[held], kind="stable")]
        self._sorted = (order // WIDTH).astype(np.uint32)
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(flat[held], minlength=len(self.having)))])
        self._sorted_rows, self._later = self._count, {}
