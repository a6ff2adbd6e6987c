"""Which words begin with what was typed so far: whoever is still typing has not come to the end of a name."""

from bisect import bisect_left, insort

SHORTEST = 3
"""Fewer letters begin too much."""
MOST_BEGUN = 300
LEAST, WHOLE = 0.86, 0.89
"""How near a beginning is, by the share of its letters: below what sounds the same, which is a whole name."""
_AFTER_ALL = "\U0010ffff"
_FEW = 50


class Beginnings:
    """Spellings in order, with the readings they stand for. New ones wait until someone asks."""

    def __init__(self) -> None:
        self._sorted: list[tuple[str, int]] = []
        self._new: list[tuple[str, int]] = []

    def add(self, spelling: str, reading: int) -> None:
        """A spelling to be found by its beginning."""
        self._new.append((spelling, reading))

    def near(self, typed: str) -> dict[int, float]:
        """How near (0 to 1) the readings are that go on where `typed` ends; of too many, those with least to come."""
        if len(typed) < SHORTEST:
            return {}
        self._take_in()
        first, last = (bisect_left(self._sorted, (text,)) for text in (typed, typed + _AFTER_ALL))
        begun = [(len(spelling), reading) for spelling, reading in self._sorted[first:last]]
        step = (WHOLE - LEAST) * len(typed)
        nearest = sorted(begun)[:MOST_BEGUN]
        return {reading: LEAST + step / length for length, reading in reversed(nearest)}

    def _take_in(self) -> None:
        if len(self._new) > _FEW:
            self._sorted.extend(self._new)
            self._sorted.sort()
        else:
            for one in self._new:
                insort(self._sorted, one)
        self._new.clear()
