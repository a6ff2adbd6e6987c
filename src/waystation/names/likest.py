"""What was found near, and lists of numbers under numbers: the small tools of hearing and of rows."""

from array import array
from collections.abc import Callable, Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Worths = NDArray[np.float32]


class Likest(NamedTuple):
    """Numbers, and how like (0 to 1) what they stand for is."""

    numbers: Places
    likeness: Worths


NONE = Likest(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32))


Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class Remembered(Generic[Key, Found]):
    """What was found before, of so many at most; who changes what it depends on forgets it."""

    MOST = 4096

    def __init__(self, find: Callable[[Key], Found]) -> None:
        self._find = find
        self._known: dict[Key, Found] = {}

    def of(self, key: Key) -> Found:
        """What is found for a key."""
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= self.MOST:
                self._known.clear()
            known = self._known[key] = self._find(key)
        return known

    def forget(self) -> None:
        """All of it."""
        if self._known:
            self._known.clear()


class Best:
    """Brings findings together. Keeps the room that takes."""

    def __init__(self) -> None:
        self._room = np.zeros(1024, dtype=np.float32)

    def of(self, found: Sequence[Likest], many: int) -> Likest:
        """Each number, below `many`, once, as like as it was found; each finding has its numbers once."""
        if len(found) == 1:
            return found[0]
        if many > len(self._room):
            self._room = np.zeros(2 * many, dtype=np.float32)
        numbers = np.concatenate([one.numbers for one in found])
        np.maximum.at(self._room, numbers, np.concatenate([one.likeness for one in found]))
        numbers = each_once(numbers)
        likeness = self._room[numbers]
        self._room[numbers] = 0
        return Likest(numbers, likeness)


def each_once(numbers: Places) -> Places:
    """Each of some numbers below 2³¹ once, in order."""
    ordered = np.sort(numbers.astype(np.int32))
    new = np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)]
    return np.asarray(ordered[new], dtype=np.intp)


def missing_in(some: Places, others: Places) -> Places:
    """Those of other numbers that some, in order, do not have."""
    if not len(some):
        return others
    at = np.minimum(some.searchsorted(others), len(some) - 1)
    return np.asarray(others[some[at] != others], dtype=np.intp)


def spread(starts: Places, many: Places) -> Places:
    """The places of stretches, one after the other: where each begins, and how long it is."""
    before = np.cumsum(many) - many
    return np.asarray(np.arange(int(many.sum())) + np.repeat(starts - before, many), dtype=np.intp)


class Lists:
    """Numbers listed under numbers: those of one time sorted once and for all, later ones beside them."""

    FEW = 4096

    def __init__(self) -> None:
        self.values: Places = np.zeros(0, dtype=np.intp)
        """All that are sorted, list after list."""
        self._starts: Places = np.zeros(1, dtype=np.intp)
        self._later: dict[int, list[int]] = {}
        self._count = 0

    def outgrown(self, more: int) -> bool:
        """Whether with so many more it is time to sort."""
        return self._count + more > max(self.FEW, len(self.values) // 16)

    def sort(self, keys: Places, values: Places) -> None:
        """Everything anew: values in the order they are given, each under its key."""
        order = np.argsort(keys, kind="stable")
        self.settle(keys[order], values[order])

    def settle(self, keys: Places, values: Places) -> None:
        """Everything anew, in the order of the keys as it is given."""
        self.values = values
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(keys))])
        self._later, self._count = {}, 0

    def add(self, key: int, value: int) -> None:
        """List one more."""
        self._later.setdefault(key, []).append(value)
        self._count += 1

    def places(self, keys: Places) -> tuple[Places, Places]:
        """Where in `values` the lists of some keys are, and how long each is."""
        last = len(self._starts) - 1
        starts = self._starts[np.minimum(keys, last)]
        many = self._starts[np.minimum(keys + 1, last)] - starts
        return spread(starts, many), many

    def later(self, keys: Places) -> tuple[Places, Places]:
        """What was listed since, and how much of it under each key."""
        if not self._later:
            return np.zeros(0, dtype=np.intp), np.zeros(len(keys), dtype=np.intp)
        listed = [self._later.get(key, ()) for key in keys.tolist()]
        return (
            np.array([value for values in listed for value in values], dtype=np.intp),
            np.array(list(map(len, listed)), dtype=np.intp),
        )


class Growing:
    """Lists that are added to one by one and asked between."""

    def __init__(self) -> None:
        self._keys: array[int] = array("q")
        self._values: array[int] = array("q")
        self._lists = Lists()
        self._taken = 0

    def add(self, key: int, value: int) -> None:
        """List a value under a key."""
        self._keys.append(key)
        self._values.append(value)

    def of(self, keys: Places) -> tuple[Places, Places]:
        """All that is listed under some keys, and which of the keys each is under."""
        self._take_in()
        places, many = self._lists.places(keys)
        values, under = self._lists.values[places], np.repeat(np.arange(len(keys)), many)
        later, many = self._lists.later(keys)
        if not len(later):
            return values, under
        return np.concatenate([values, later]), np.concatenate([under, np.repeat(np.arange(len(keys)), many)])

    def _take_in(self) -> None:
        if self._lists.outgrown(len(self._keys) - self._taken):
            self._lists.sort(np.array(self._keys, dtype=np.intp), np.array(self._values, dtype=np.intp))
        else:
            for place in range(self._taken, len(self._keys)):
                self._lists.add(self._keys[place], self._values[place])
        self._taken = len(self._keys)
