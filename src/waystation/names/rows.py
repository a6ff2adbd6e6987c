"""Names as rows of numbers: the parts of each, what else is told of who has it, and which rows have a part.

All that is asked of a row stands together, so that it is fetched from memory once. New rows wait until someone asks;
while they are few they are listed by part beside the many, which are sorted by part once and for all.
"""

from array import array
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from waystation.names.likest import Lists, Places, Worths

WIDTH = 6
"""Parts of a name that are compared; few names have more."""
TOLD, OWNER = WIDTH, WIDTH + 1
"""The columns after the parts: what else is told, as one number, and whose name it is."""
ACROSS = WIDTH + 2
GONE = 0xFFFFFFFF
"""Whose name it is no longer."""

Records = NDArray[np.uint32]
"""Rows by ACROSS."""


class Having(NamedTuple):
    """Rows that have some part, what that is worth, and what else is told of whose names they are."""

    rows: Places
    worths: Worths
    told: NDArray[np.uint32]


class Rows:
    """Grows; rows can be emptied. Parts are numbered from 1; 0 is where a name has no more parts."""

    def __init__(self) -> None:
        self.having: array[int] = array("I", [0])
        """How many rows have each part."""
        self._count, self._emptied = 0, False
        self._records: Records = np.zeros((1024, ACROSS), dtype=np.uint32)
        self._new: array[int] = array("I")
        self._by_part = Lists()
        self._told_by_part: NDArray[np.uint32] = np.zeros(0, dtype=np.uint32)

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
        return self._records.take(rows, axis=0)

    def with_parts(self, parts: Places, worths: Worths) -> Having:
        """The rows that have any of the parts; one that has two of them twice."""
        self._take_in()
        places, many = self._by_part.places(parts)
        found = Having(self._by_part.values[places], np.repeat(worths, many), self._told_by_part[places])
        later, many = self._by_part.later(parts)
        if len(later):
            rows = np.concatenate([found.rows, later])
            every = np.concatenate([found.worths, np.repeat(worths, many)])
            found = Having(rows, every, np.concatenate([found.told, self._records[later, TOLD]]))
        if not self._emptied:
            return found
        there = self._records[found.rows, OWNER] != GONE
        return Having(*(one[there] for one in found))

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
        if self._by_part.outgrown(WIDTH * len(new)):
            self._sort()
            return
        for row, parts in enumerate(new[:, :WIDTH].tolist(), start=first):
            for part in set(parts) - {0}:
                self._by_part.add(part, row)

    def _sort(self) -> None:
        """All rows by their parts, each part of a row once."""
        parts = self._records[: self._count, :WIDTH].copy()
        for column in range(1, WIDTH):
            for before in range(column):
                parts[parts[:, column] == parts[:, before], column] = 0
        flat = parts.ravel()
        held = np.flatnonzero(flat)
        self._by_part.sort(flat[held].astype(np.intp), held // WIDTH)
        self._told_by_part = self._records[self._by_part.values, TOLD]
