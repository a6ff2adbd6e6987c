"""Which of a peer's messages came, with the gaps between them. Pure: knows no table.

Messages of a pair of nodes are numbered from 1. What came is `to`, up to which all came, and ranges of later ones.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_RANGES = 50_000
"""A stick of 100,000 messages that is read in any order leaves half as many on the way."""
HIGHEST = 2**53


class TooManyGaps(ValueError):  # noqa: N818 - told as it is
    """More gaps than honest loss leaves: someone makes numbers up."""


@dataclass(frozen=True, slots=True)
class Came:
    """All up to `to`, and `later` ranges (first, last): ascending, none touching another or `to`."""

    to: int = 0
    later: tuple[tuple[int, int], ...] = ()

    @classmethod
    def read(cls, to: int, later: Iterable[Sequence[int]]) -> "Came":
        """Out of a row or a receipt. Raises ValueError for what is not in the one form."""
        ranges = tuple((first, last) for first, last in later)
        edge = to
        for first, last in ranges:
            if not edge + 1 < first <= last <= HIGHEST:
                raise ValueError("These are not ranges in order.")
            edge = last
        if to < 0:
            raise ValueError("Nothing comes before the first.")
        return cls(to, ranges)

    @classmethod
    def kept(cls, to: int, later: Iterable[Sequence[int]]) -> "Came":
        """As this node itself wrote it."""
        return cls(to, tuple((first, last) for first, last in later))

    def holds(self, seq: int) -> bool:
        """Whether that one came."""
        place = self._place(seq)
        return 0 < seq <= self.to or (place > 0 and seq <= self.later[place - 1][1])

    def plus(self, seq: int) -> "Came":
        """With one more. Raises TooManyGaps, ValueError for a number that none can have."""
        if not 0 < seq <= HIGHEST:
            raise ValueError("No message has this number.")
        if self.holds(seq):
            return self
        begin = end = self._place(seq)
        first = last = seq
        if begin and self.later[begin - 1][1] == seq - 1:
            begin, first = begin - 1, self.later[begin - 1][0]
        if end < len(self.later) and self.later[end][0] == seq + 1:
            end, last = end + 1, self.later[end][1]
        if first == self.to + 1:
            return Came(last, self.later[end:])
        if len(self.later) - (end - begin) >= MOST_RANGES:
            raise TooManyGaps
        return Came(self.to, (*self.later[:begin], (first, last), *self.later[end:]))

    def _place(self, seq: int) -> int:
        """How many of the later ranges begin at that number or before."""
        return bisect(self.later, (seq, HIGHEST))

    def gaps(self) -> tuple[tuple[int, int], ...]:
        """The ranges that are missing before what came later."""
        starts = (self.to, *(last for _first, last in self.later))
        return tuple((start + 1, first - 1) for start, (first, _last) in zip(starts, self.later, strict=False))
