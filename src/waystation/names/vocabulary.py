"""Every word that occurs in names, once: what it sounds like, and which words sound near another.

Words with the same consonants share a group. A word asked for is compared with all groups by consonants first, then,
with vowels, with the words of the groups that are near; words that only begin with it are near too.
"""

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.names import symbols
from waystation.names.beginnings import Beginnings
from waystation.names.distance import Codes, Costing
from waystation.names.words import Part
from waystation.names.writing import sounds_of, spelled, writes_vowels

LONGEST_SKELETON, LONGEST_SOUND = 10, 18
MOST_CLASSES_APART = 2
NEAR_GROUP = 0.59
NEAR_WORD = 0.65
MOST_GROUPS = 400
REMEMBERED = 4096

Reading = tuple[int, ...]
"""The numbers of a part's readings in the vocabulary."""


@dataclass(slots=True)
class Near:
    """Which groups and which readings sound near a part asked for, with how near (0 to 1)."""

    groups: dict[int, float]
    readings: dict[int, float]


class Vocabulary:
    """Grows as names are added; nothing is taken out of it."""

    def __init__(self) -> None:
        self._parts: dict[Part, Reading] = {}
        self._words: dict[str, Reading] = {}
        self._groups: dict[str, int] = {}
        self.group_of: array[int] = array("I")
        self.spelling_of: list[str] = []
        self._readings_in: list[list[int]] = []
        self._skeletons = _Columns(LONGEST_SKELETON, symbols.SKELETON)
        self._sounds = _Columns(LONGEST_SOUND, symbols.VOWELLED, symbols.MIXED)
        self._mostly: array[int] = array("I")
        self._may: array[int] = array("I")
        self._vowelled: array[int] = array("B")
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
            mostly, may = symbols.class_masks(skeleton)
            self._mostly.append(mostly)
            self._may.append(may)
            self._readings_in.append([])
        reading = len(self.group_of)
        self.group_of.append(group)
        self.spelling_of.append(spelled(word))
        self._vowelled.append(writes_vowels(word))
        self._sounds.add(sound)
        self._readings_in[group].append(reading)
        self._beginnings.add(self.spelling_of[reading], reading)
        return reading

    def _look_for(self, part: Part) -> Near:
        near = Near({}, {})
        for word in part.words:
            for sound in sounds_of(word):
                groups = self._near_groups(symbols.skeleton(sound))
                readings = self._near_readings(sound, groups, vowelled=writes_vowels(word))
                _keep_best(near.groups, groups)
                _keep_best(near.readings, readings)
            _keep_best(near.readings, self._beginnings.near(spelled(word)))
        return near

    def _near_groups(self, skeleton: str) -> dict[int, float]:
        mostly, may = map(np.uint32, symbols.class_masks(skeleton))
        theirs, may_be = (np.frombuffer(masks, dtype=np.uint32) for masks in (self._mostly, self._may))
        apart = np.bitwise_count(theirs & ~may) + np.bitwise_count(mostly & ~may_be)
        codes = self._skeletons.codes(skeleton)
        chosen = np.flatnonzero((apart <= MOST_CLASSES_APART) & self._skeletons.may_be_near(codes, NEAR_GROUP))
        likeness = self._skeletons.likeness(codes, chosen)
        near = np.flatnonzero(likeness >= NEAR_GROUP)
        if len(near) > MOST_GROUPS:
            near = near[np.argsort(-likeness[near], kind="stable")[:MOST_GROUPS]]
        return dict(zip(chosen[near].tolist(), likeness[near].tolist(), strict=True))

    def _near_readings(self, sound: str, groups: dict[int, float], *, vowelled: bool) -> dict[int, float]:
        every = np.array([reading for group in groups for reading in self._readings_in[group]], dtype=np.intp)
        if not len(every):
            return {}
        writes = np.frombuffer(self._vowelled, dtype=np.uint8)[every].astype(bool)
        codes = self._sounds.codes(sound)
        near: dict[int, float] = {}
        for costing, chosen in enumerate((every[writes & vowelled], every[~(writes & vowelled)])):
            likeness = self._sounds.likeness(codes, chosen, costing=costing)
            fit = likeness >= NEAR_WORD
            near |= dict(zip(chosen[fit].tolist(), likeness[fit].tolist(), strict=True))
        return near


class _Columns:
    """Strings of sounds as numbers. New ones wait until someone asks: then they come in at once."""

    def __init__(self, longest: int, *alphabets: symbols.Alphabet) -> None:
        self._longest, self._costings = longest, [Costing(one.swap, one.indel) for one in alphabets]
        self._alphabet = alphabets[0]
        self._new: list[bytes] = []
        self._codes: Codes = np.zeros((0, longest), dtype=np.uint8)
        self._lengths: NDArray[np.uint8] = np.zeros(0, dtype=np.uint8)
        self._weights: list[NDArray[np.float32]] = [np.zeros(0, dtype=np.float32) for _ in alphabets]

    def add(self, sounds: str) -> None:
        self._new.append(self.codes(sounds).ljust(self._longest, b"\0"))

    def codes(self, sounds: str) -> bytes:
        return self._alphabet.codes(sounds)[: self._longest]

    def may_be_near(self, codes: bytes, least: float) -> NDArray[np.bool_]:
        """Which columns are of a weight that leaves room for a likeness of at least `least`."""
        self._take_in()
        weight, weights = self._costings[0].weight(codes), self._weights[0]
        return np.abs(weights - weight) <= (1 - least) * ((weights + weight) / 2 + symbols.ONE)

    def likeness(self, codes: bytes, chosen: NDArray[np.intp], *, costing: int = 0) -> NDArray[np.float32]:
        """How like (0 to 1) a string is to each of the chosen columns, at the costs of one of the alphabets."""
        self._take_in()
        longest = int(self._lengths[chosen].max(initial=0))
        columns = np.ascontiguousarray(np.take(self._codes, chosen, axis=0)[:, :longest].T)
        distances = self._costings[costing].distances(codes, columns)
        room = (self._weights[costing][chosen] + self._costings[costing].weight(codes)) / 2 + symbols.ONE
        return np.asarray(1 - distances / room, dtype=np.float32)

    def _take_in(self) -> None:
        if not self._new:
            return
        new = np.frombuffer(b"".join(self._new), dtype=np.uint8).reshape(-1, self._longest)
        self._new.clear()
        self._codes = np.concatenate([self._codes, new])
        self._lengths = np.concatenate([self._lengths, np.count_nonzero(new, axis=1).astype(np.uint8)])
        for place, costing in enumerate(self._costings):
            weights = costing.indel[new].sum(axis=1).astype(np.float32)
            self._weights[place] = np.concatenate([self._weights[place], weights])


def _keep_best(best: dict[int, float], more: dict[int, float]) -> None:
    for key, value in more.items():
        if value > best.get(key, 0.0):
            best[key] = value
