"""Every word that occurs in names, once: what it sounds like, and which words sound near another.

Words with the same firm consonants share a group, by the skeleton of those. A word asked for is compared with all
skeletons first, then, with vowels, with the words of the groups that are near; words that only begin with it are near
too.
"""

from array import array
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from waystation.names import symbols
from waystation.names.beginnings import Beginnings
from waystation.names.distance import FAR, Columns, Costing
from waystation.names.likest import NONE, Best, Growing, Likest, Places, Remembered, Worths
from waystation.names.words import Part
from waystation.names.writing import sounds_of, spelled, writes_vowels

LONGEST_SKELETON, LONGEST_SOUND = 10, 18
NEAR_GROUP = 0.63
NEAR_WORD = 0.65
MOST_GROUPS = 250
FEW = 500
SIMILAR = 3, 4, 5, 6
"""Skeletons shorter than each of these and not shorter than the one before are compared at once."""

Reading = tuple[int, ...]
"""The numbers of a part's readings in the vocabulary."""


class Near(NamedTuple):
    """Which groups and which readings sound near a part asked for."""

    groups: Likest
    readings: Likest


class Vocabulary:
    """Grows as names are added; nothing is taken out of it."""

    def __init__(self) -> None:
        self._parts: dict[Part, Reading] = {}
        self._words: dict[str, Reading] = {}
        self._groups: dict[str, int] = {}
        self._skeleton_of: list[str] = []
        self.group_of: array[int] = array("q")
        self._in_group = Growing()
        self.spelling_of: list[str] = []
        self._skeletons = _Skeletons()
        self._sounds = _Sounds()
        self._beginnings = Beginnings()
        self._best = Best()
        self._near = Remembered(self._look_for)

    def __len__(self) -> int:
        return len(self.group_of)

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return len(self._groups)

    def skeleton_of(self, reading: int) -> str:
        """The firm consonants of a reading."""
        return self._skeleton_of[self.group_of[reading]]

    def readings(self, part: Part) -> Reading:
        """The readings of a part, added when they are new."""
        known = self._parts.get(part)
        if known is None:
            every = [reading for word in part.words for reading in self._of_word(word)]
            known = self._parts[part] = tuple(dict.fromkeys(every))
        return known

    def near(self, part: Part) -> Near:
        """What sounds near a part; remembered until the vocabulary grows."""
        return self._near.of(part)

    def _of_word(self, word: str) -> Reading:
        known = self._words.get(word)
        if known is None:
            known = tuple(self._add(word, sound) for sound in sounds_of(word))
            self._words[word] = known
            self._near.forget()
        return known

    def _add(self, word: str, sound: str) -> int:
        skeleton = symbols.firm(sound)
        group = self._groups.get(skeleton)
        if group is None:
            group = self._groups[skeleton] = len(self._groups)
            self._skeleton_of.append(skeleton)
            self._skeletons.add(skeleton)
        reading = len(self.group_of)
        self.group_of.append(group)
        self._in_group.add(group, reading)
        self.spelling_of.append(spelled(word))
        self._sounds.add(sound, vowelled=writes_vowels(word))
        self._beginnings.add(self.spelling_of[reading], reading)
        return reading

    def _look_for(self, part: Part) -> Near:
        if not len(self):
            return Near(NONE, NONE)
        groups, readings = [], []
        for word in part.words:
            for sound in sounds_of(word):
                groups.append(self._skeletons.near(symbols.firm(sound)))
                chosen, _group = self._in_group.of(groups[-1].numbers)
                readings.append(self._sounds.near(sound, chosen, vowelled=writes_vowels(word)))
            readings.append(_listed(self._beginnings.near(spelled(word))))
        return Near(self._best.of(groups, len(self._groups)), self._best.of(readings, len(self)))


class _Skeletons:
    """Strings of consonants. New ones are compared apart from the many until they are many themselves."""

    def __init__(self) -> None:
        self._costing, self._codes = Costing(symbols.SKELETON), bytearray()
        self._lengths, self._weights = array("B"), array("f")
        self._blocks: list[_Block] = []
        self._settled = 0
        self._reaches: dict[int, NDArray[np.uint8]] = {}
        self._near = Remembered(self._look_for)
        self._taken = 0

    def add(self, skeleton: str) -> None:
        codes = symbols.SKELETON.codes(skeleton)[:LONGEST_SKELETON]
        self._codes += codes.ljust(LONGEST_SKELETON, b"\0")
        self._lengths.append(len(codes))
        self._weights.append(self._costing.weight(codes))

    def near(self, skeleton: str) -> Likest:
        """Those that are near, or of too many the nearest; remembered until there are more."""
        self._take_in()
        return self._near.of(skeleton)

    def _look_for(self, skeleton: str) -> Likest:
        codes = symbols.SKELETON.codes(skeleton)[:LONGEST_SKELETON]
        own = self._costing.weight(codes)
        distances = np.concatenate([block.distances(codes, own) for block in self._blocks])
        near = np.flatnonzero(distances <= self._reach(own))
        likeness = _likeness(distances[near], self._weights_in_order[near], own)
        if len(near) > MOST_GROUPS:
            fit = likeness >= np.partition(likeness, -MOST_GROUPS)[-MOST_GROUPS]
            near, likeness = near[fit], likeness[fit]
        return Likest(self._order[near], likeness)

    def _reach(self, own: int) -> NDArray[np.uint8]:
        """How far each may be to be near a skeleton of some weight."""
        known = self._reaches.get(own)
        if known is None:
            known = self._reaches[own] = ((1 - NEAR_GROUP) * _half(self._weights_in_order, own)).astype(np.uint8)
        return known

    def _take_in(self) -> None:
        """Compare the new ones too; with all in order when they are not few."""
        if self._taken == len(self._lengths):
            return
        lengths = np.frombuffer(bytes(self._lengths), dtype=np.uint8)
        if len(lengths) - self._settled > max(FEW, self._settled // 8):
            self._settled = len(lengths)
            bounds = [0, *SIMILAR, LONGEST_SKELETON + 1]
            alike = [np.flatnonzero((lengths >= low) & (lengths < high)) for low, high in pairwise(bounds)]
            self._blocks = [self._block(chosen) for chosen in alike]
        else:
            self._blocks[len(SIMILAR) + 1 :] = [self._block(np.arange(self._settled, len(lengths)))]
        self._order = np.concatenate([block.order for block in self._blocks])
        self._weights_in_order = np.concatenate([block.weights for block in self._blocks])
        self._reaches.clear()
        self._near.forget()
        self._taken = len(self._lengths)

    def _block(self, chosen: Places) -> "_Block":
        weights = np.frombuffer(bytes(self._weights), dtype=np.float32)[chosen]
        order = np.argsort(weights, kind="stable")
        chosen = chosen[order]
        codes = np.frombuffer(bytes(self._codes), dtype=np.uint8).reshape(-1, LONGEST_SKELETON)[chosen]
        lengths = np.frombuffer(bytes(self._lengths), dtype=np.uint8)[chosen]
        return _Block(chosen, weights[order], Columns(self._costing, codes, lengths))


class _Block(NamedTuple):
    """Skeletons about as long, by weight."""

    order: Places
    weights: Worths
    columns: Columns

    def distances(self, codes: bytes, own: float) -> NDArray[np.uint8]:
        """From a skeleton of some weight to each; FAR to those whose weight alone says that they are not near."""
        far = 1 - NEAR_GROUP
        lightest = ((1 - far / 2) * own - far * symbols.ONE) / (1 + far / 2)
        heaviest = ((1 + far / 2) * own + far * symbols.ONE) / (1 - far / 2)
        first, last = (int(place) for place in np.searchsorted(self.weights, [lightest - 1, heaviest + 1]))
        distances = np.full(len(self.order), FAR, dtype=np.uint8)
        if first < last:
            distances[first:last] = self.columns.distances(codes, first, last)
        return distances


class _Sounds:
    """Strings of sounds, to be compared with some of them: with vowels where both scripts write them."""

    def __init__(self) -> None:
        self._costing, self._codes = Costing(symbols.VOWELLED, symbols.MIXED), bytearray()
        self._lengths, self._silent = array("B"), array("B")
        self._weights = array("f")

    def add(self, sounds: str, *, vowelled: bool) -> None:
        codes = symbols.VOWELLED.codes(sounds)[:LONGEST_SOUND]
        self._codes += codes.ljust(LONGEST_SOUND, b"\0")
        self._lengths.append(len(codes))
        self._silent.append(not vowelled)
        self._weights.extend([self._costing.weight(codes, kind) for kind in (0, 1)])

    def near(self, sounds: str, chosen: Places, *, vowelled: bool) -> Likest:
        """Those of the chosen that are near."""
        if not len(chosen):
            return NONE
        codes = symbols.VOWELLED.codes(sounds)[:LONGEST_SOUND]
        silent = (
            np.frombuffer(self._silent, dtype=np.uint8)[chosen] if vowelled else np.ones(len(chosen), dtype=np.uint8)
        )
        weights = np.frombuffer(self._weights, dtype=np.float32)[2 * chosen + silent]
        own = np.array([self._costing.weight(codes, kind) for kind in (0, 1)], dtype=np.float32)[silent]
        fit = np.abs(weights - own) <= (1 - NEAR_WORD) * _half(weights, own)
        chosen, kinds, weights, own = chosen[fit], silent[fit], weights[fit], own[fit]
        every = np.frombuffer(self._codes, dtype=np.uint8).reshape(-1, LONGEST_SOUND)
        lengths = np.frombuffer(self._lengths, dtype=np.uint8)[chosen]
        columns = Columns(self._costing, every.take(chosen, axis=0), lengths, kinds)
        likeness = _likeness(columns.distances(codes), weights, own)
        near = np.flatnonzero(likeness >= NEAR_WORD)
        return Likest(chosen[near], likeness[near])


def _likeness(distances: NDArray[np.uint8], weights: Worths, own: float | Worths) -> Worths:
    """How like (1 for the same) strings are, by what they cost and what they weigh."""
    return np.asarray(1 - distances / _half(weights, own), dtype=np.float32)


def _half(weights: Worths, own: float | Worths) -> Worths:
    """Half of what leaving out both strings would cost, and one sound more: what a distance is a share of."""
    return np.asarray((weights + own) / 2 + symbols.ONE, dtype=np.float32)


def _listed(near: dict[int, float]) -> Likest:
    return Likest(np.fromiter(near.keys(), np.intp, len(near)), np.fromiter(near.values(), np.float32, len(near)))
