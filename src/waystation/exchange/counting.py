"""Which of a peer's messages came, with the gaps between them. Pure: knows no table.

Messages of a pair of nodes are numbered from 1. What came is `to`, up to which all came, and ranges of later ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_RANGES = 5000
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

    def holds(self, seq: int) -> bool:
        """Whether that one came."""
        return 0 < seq <= self.to or any(first <= seq <= last for first, last in self.later)

    def plus(self, seq: int) -> "Came":
        """With one more. Raises TooManyGaps, ValueError for a number that none can have."""
        if not 0 < seq <= HIGHEST:
            raise ValueError("No message has this number.")
        if self.holds(seq):
            return self
        if not self.later and seq == self.to + 1:
            return Came(seq)
        return _joined(self.to, [*self.later, (seq, seq)])

    def gaps(self) -> tuple[tuple[int, int], ...]:
        """The ranges that are missing before what came later."""
        starts = (self.to, *(last for _first, last in self.later))
        return tuple((start + 1, first - 1) for start, (first, _last) in zip(starts, self.later, strict=False))


def _joined(to: int, ranges: list[tuple[int, int]]) -> Came:
    later: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if first == to + 1:
            to = last
        elif later and first == later[-1][1] + 1:
            later[-1] = (later[-1][0], last)
        else:
            later.append((first, last))
    if len(later) > MOST_RANGES:
        raise TooManyGaps
    return Came(to, tuple(later))
