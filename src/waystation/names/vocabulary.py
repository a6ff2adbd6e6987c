"""Every word that occurs in names, once: what it sounds like, and which words sound near another.

Words with the same consonants share a group. A word asked for is compared with all groups by consonants first, then,
with vowels, with the words of the groups that are near; words that only begin with it are near too.
"""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from waystation.names import symbols
from waystation.names.beginnings import Beginnings
from waystation.names.distance import Columns, Costing, Places
from waystation.names.words import Part
from waystation.names.writing import sounds_of, spelled, writes_vowels

LONGEST_SKELETON, LONGEST_SOUND = 10, 18
NEAR_GROUP = 0.59
NEAR_WORD = 0.65
MOST_GROUPS = 400
FEW = 500
REMEMBERED = 4096

Worths = NDArray[np.float32]
Reading = tuple[int, ...]
"""The numbers of a part's readings in the vocabulary."""


class Likest(NamedTuple):
    """Numbers, each once, and how like (0 to 1) what they stand for is."""

    numbers: Places
    likeness: Worths


NONE = Likest(np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32))


class Near(NamedTuple):
    """Which groups and which readings sound near a part asked for."""

    groups: Likest
    readings: Likest


def best_of(found: Sequence[Likest]) -> Likest:
    """Each number of several findings once, as like as it was found."""
    found = [one for one in found if len(one.numbers)]
    if len(found) < 2:
        return found[0] if found else NONE
    numbers, likeness = np.concatenate([one.numbers for one in found]), np.concatenate([one.likeness for one in found])
    order = np.lexsort((-likeness, numbers))
    numbers = numbers[order]
    first = np.concatenate([[True], numbers[1:] != numbers[:-1]])
    return Likest(numbers[first], likeness[order][first])


class Vocabulary:
    """Grows as names are added; nothing is taken out of it."""

    def __init__(self) -> None:
        self._parts: dict[Part, Reading] = {}
        self._words: dict[str, Reading] = {}
        self._groups: dict[str, int] = {}
        self.group_of: array[int] = array("q")
        self.spelling_of: list[str] = []
        self._skeletons = _Skeletons()
        self._sounds = _Sounds()
        self._beginnings = Beginnings()
        self._remembered: dict[Part, Near] = {}

    def __len__(self) -> int:
        return len(self.group_of)

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self._groups)

    def readings(self, part: Part) -> Reading:
        """The readings of a part, added when they are new."""
        known = self._parts.get(part)
        if known is None:
            every = [reading for word in part.words for reading in self._of_word(word)]
            known = self._parts[part] = tuple(dict.fromkeys(every))
        return known

    def near(self, part: Part) -> Near:
        """What sounds near a part; remembered until the vocabulary grows."""
        known = self._remembered.get(part)
        if known is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            known = self._remembered[part] = self._look_for(part)
        return known

    def _of_word(self, word: str) -> Reading:
        known = self._words.get(word)
        if known is None:
            known = tuple(self._add(word, sound) for sound in sounds_of(word))
            self._words[word] = known
            self._remembered.clear()
        return known

    def _add(self, word: str, sound: str) -> int:
        skeleton = symbols.skeleton(sound)
        group = self._groups.get(skeleton)
        if group is None:
            group = self._groups[skeleton] = len(self._groups)
            self._skeletons.add(skeleton)
        reading = len(self.group_of)
        self.group_of.append(group)
        self.spelling_of.append(spelled(word))
        self._sounds.add(sound, vowelled=writes_vowels(word))
        self._beginnings.add(self.spelling_of[reading], reading)
        return reading

    def _look_for(self, part: Part) -> Near:
        groups, readings = [], []
        for word in part.words:
            for sound in sounds_of(word):
                groups.append(self._skeletons.near(symbols.skeleton(sound)))
                chosen = self._in_groups(groups[-1].numbers)
                readings.append(self._sounds.near(sound, chosen, vowelled=writes_vowels(word)))
            readings.append(_listed(self._beginnings.near(spelled(word))))
        return Near(best_of(groups), best_of(readings))

    def _in_groups(self, groups: Places) -> Places:
        wanted = np.zeros(len(self._groups), dtype=bool)
        wanted[groups] = True
        return np.flatnonzero(wanted[np.frombuffer(self.group_of, dtype=np.intp)])


class _Skeletons:
    """Strings of consonants. New ones are compared apart from the many until they are many themselves."""

    def __init__(self) -> None:
        self._costing, self._codes = Costing(symbols.SKELETON), bytearray()
        self._lengths, self._weights = array("B"), array("f")
        self._columns: list[tuple[int, Columns]] = []
        self._taken = 0

    def add(self, skeleton: str) -> None:
        codes = symbols.SKELETON.codes(skeleton)[:LONGEST_SKELETON]
        self._codes += codes.ljust(LONGEST_SKELETON, b"\0")
        self._lengths.append(len(codes))
        self._weights.append(self._costing.weight(codes))

    def near(self, skeleton: str) -> Likest:
        """Those that are near, or of too many the nearest."""
        if not self._lengths:
            return NONE
        self._take_in()
        codes = symbols.SKELETON.codes(skeleton)[:LONGEST_SKELETON]
        distances = np.concatenate([columns.distances(codes) for _first, columns in self._columns])
        likeness = _likeness(distances, self._weights_in_order, self._costing.weight(codes))
        near = np.flatnonzero(likeness >= NEAR_GROUP)
        if len(near) > MOST_GROUPS:
            least = np.partition(likeness[near], -MOST_GROUPS)[-MOST_GROUPS]
            near = near[likeness[near] >= least]
        return Likest(self._order[near], likeness[near])

    def _take_in(self) -> None:
        """Compare the new ones too; with all in one when they are not few."""
        if self._taken == len(self._lengths):
            return
        first = self._columns[0][1].order.size if self._columns else 0
        few = len(self._lengths) - first <= max(FEW, first // 8)
        self._columns = [*self._columns[:1], self._from(first)] if few and first else [self._from(0)]
        self._order = np.concatenate([columns.order + first for first, columns in self._columns])
        self._weights_in_order = np.frombuffer(self._weights, dtype=np.float32)[self._order]
        self._taken = len(self._lengths)

    def _from(self, first: int) -> tuple[int, Columns]:
        codes = np.frombuffer(bytes(self._codes), dtype=np.uint8).reshape(-1, LONGEST_SKELETON)
        lengths = np.frombuffer(bytes(self._lengths), dtype=np.uint8)
        return first, Columns(self._costing, codes[first:], lengths[first:])


class _Sounds:
    """Strings of sounds, to be compared with some of them: with vowels where both scripts write them."""

    def __init__(self) -> None:
        self._costing, self._codes = Costing(symbols.VOWELLED, symbols.MIXED), bytearray()
        self._lengths, self._silent = array("B"), array("B")
        self._weights = array("f"), array("f")

    def add(self, sounds: str, *, vowelled: bool) -> None:
        codes = symbols.VOWELLED.codes(sounds)[:LONGEST_SOUND]
        self._codes += codes.ljust(LONGEST_SOUND, b"\0")
        self._lengths.append(len(codes))
        self._silent.append(not vowelled)
        for kind, weights in enumerate(self._weights):
            weights.append(self._costing.weight(codes, kind))

    def near(self, sounds: str, chosen: Places, *, vowelled: bool) -> Likest:
        """Those of the chosen that are near."""
        if not len(chosen):
            return NONE
        codes = symbols.VOWELLED.codes(sounds)[:LONGEST_SOUND]
        every = np.frombuffer(self._codes, dtype=np.uint8).reshape(-1, LONGEST_SOUND)
        lengths, silent = (np.frombuffer(one, dtype=np.uint8)[chosen] for one in (self._lengths, self._silent))
        kinds = silent if vowelled else np.ones_like(silent)
        columns = Columns(self._costing, every[chosen], lengths, kinds)
        chosen, kinds = chosen[columns.order], kinds[columns.order]
        both = [np.frombuffer(weights, dtype=np.float32)[chosen] for weights in self._weights]
        own = np.array([self._costing.weight(codes, kind) for kind in range(len(both))], dtype=np.float32)
        likeness = _likeness(columns.distances(codes), np.where(kinds, both[1], both[0]), own[kinds])
        near = np.flatnonzero(likeness >= NEAR_WORD)
        return Likest(chosen[near], likeness[near])


def _likeness(distances: NDArray[np.uint8], weights: Worths, own: float | Worths) -> Worths:
    """From 1 for the same down: distances as a share of half of what leaving out both costs, and one sound more."""
    return np.asarray(1 - distances / ((weights + own) / 2 + np.float32(symbols.ONE)), dtype=np.float32)


def _listed(near: dict[int, float]) -> Likest:
    return Likest(np.fromiter(near.keys(), np.intp, len(near)), np.fromiter(near.values(), np.float32, len(near)))
