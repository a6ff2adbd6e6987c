"""Names as rows of numbers: the parts of each, what else is told of who has it, and which rows have a part.

All that is asked of a row stands together, so that it is fetched from memory once. New rows wait until someone asks;
while they are few they are listed by part beside the many, which are sorted by part once and for all.
"""

from array import array
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from waystation.names.attributes import YEAR, YEAR_BITS
from waystation.names.likest import Lists, Places, Worths, spread

WIDTH = 6
"""Parts of a name that are compared; few names have more."""
TOLD, OWNER = WIDTH, WIDTH + 1
"""The columns after the parts: what else is told, as one number, and whose name it is."""
ACROSS = WIDTH + 2
ROW_BITS = 28
"""Bits of a row's number where part, year and row are sorted as one number of 63: 2²¹ parts, 2²⁸ rows."""
GONE = 0xFFFFFFFF
"""Whose name it is no longer."""

Records = NDArray[np.uint32]
"""Rows by ACROSS."""


class Having(NamedTuple):
    """Rows that have some part, what that is worth, and what else is told of whose names they are."""

    rows: Places
    worths: Worths
    told: NDArray[np.uint32]

    def and_also(self, other: "Having") -> "Having":
        """These and then others."""
        return Having(
            np.concatenate([self.rows, other.rows]),
            np.concatenate([self.worths, other.worths]),
            np.concatenate([self.told, other.told]),
        )


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
        self._parts_and_years: NDArray[np.int64] = np.zeros(0, dtype=np.int64)

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
        return self._having(places, np.repeat(worths, many), *self._later(parts, worths))

    def with_parts_born(self, parts: Places, worths: Worths, first: int, last: int) -> Having:
        """The same, of those alone who are known to be born in one of the years from the first to the last."""
        self._take_in()
        keys = parts.astype(np.int64) << YEAR_BITS
        starts, ends = np.searchsorted(self._parts_and_years, [keys + max(first, 1), keys + last + 1])
        later, theirs = self._later(parts, worths)
        years = self._records[later, TOLD] & YEAR
        born = (years >= max(first, 1)) & (years <= last)
        many = ends - starts
        return self._having(spread(starts, many), np.repeat(worths, many), later[born], theirs[born])

    def _later(self, parts: Places, worths: Worths) -> tuple[Places, Worths]:
        """Rows that came since all were sorted, and what those have is worth."""
        later, many = self._by_part.later(parts)
        return later, np.repeat(worths, many)

    def _having(self, places: Places, worths: Worths, later: Places, theirs: Worths) -> Having:
        found = Having(self._by_part.values[places], worths, self._told_by_part[places])
        if len(later):
            found = found.and_also(Having(later, theirs, self._records[later, TOLD]))
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
        """All rows by their parts, each part of a row once, and by year of birth."""
        parts = self._records[: self._count, :WIDTH].copy()
        for column in range(1, WIDTH):
            for before in range(column):
                parts[parts[:, column] == parts[:, before], column] = 0
        flat = parts.ravel()
        held = np.flatnonzero(flat)
        rows = held // WIDTH
        keys = flat[held].astype(np.int64) << YEAR_BITS | (self._records[: self._count, TOLD] & YEAR)[rows]
        keys = keys << ROW_BITS | rows
        keys.sort()
        self._parts_and_years = keys >> ROW_BITS
        self._by_part.settle(self._parts_and_years >> YEAR_BITS, keys & ((1 << ROW_BITS) - 1))
        self._told_by_part = self._records[self._by_part.values, TOLD]
