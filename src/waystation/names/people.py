"""Names of many people as numbers, so that numpy compares hundreds of them at once.

Every part that occurs in names has a number; a name is a row of such numbers, and each part knows its rows. What is
asked for is heard once in all parts; then rows are looked at, not words.
"""

import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from waystation.names.index import INITIAL, INITIAL_WEIGHT, NOT_THE_SAME, SAME_SOUND
from waystation.names.vocabulary import Near, Reading, Vocabulary
from waystation.names.words import Part, parts_of
from waystation.names.writing import spelled

WIDTH = 6
"""Parts of a name that are compared; few names have more."""
ENOUGH = 8_000
"""Rows that are looked at whole. Of those who have only a commoner part than these, only the most promising are."""

WAYS, SHORTEST, COMMONER = 3, 3, 20
"""Ways to read a name that are tried; letters of each half of a parted word; how much commoner both halves must be."""
NEAREST = 300
"""Parts near one asked for that are looked up."""

Rows = NDArray[np.intp]
Worths = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of the name asked for: what it tells where it is met (`weight`), and how like each near part is."""

    word: str
    weight: float
    parts: NDArray[np.intp]
    likeness: Worths


class People:
    """Rows are names; their owners are places. Nothing is taken out of the vocabulary."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.count = 0
        self._numbers: dict[Reading, int] = {(): 0}
        self._spellings: list[str] = [""]
        self._part_of: array[int] = array("I")
        self._also: dict[int, list[int]] = {}
        self._same: dict[str, list[int]] = {}
        self._beginning: dict[str, list[int]] = {}
        self._group: array[int] = array("I", [0])
        self._rows_with: list[array[int]] = [array("I")]
        self._carriers: array[int] = array("I")
        self._names = np.zeros((1024, WIDTH), dtype=np.uint32)
        self._owner: array[int] = array("I")
        self._alive: array[int] = array("B")
        self._rows_of: array[int] = array("I", [0])
        self._heard = np.zeros(1024, dtype=np.float32)

    def add(self, names: Sequence[str]) -> int:
        """Add somebody by all their names; their place."""
        place = len(self._rows_of) - 1
        groups: set[int] = set()
        for text in names:
            numbers = [self._number(part) for part in parts_of(text)][:WIDTH]
            if numbers:
                self._add_row(place, numbers)
                groups.update(self._group[number] for number in numbers)
        self._rows_of.append(len(self._owner))
        for group in groups:
            self._carriers[group] += 1
        self.count += 1
        return place

    def remove(self, place: int) -> bool:
        """Forget somebody; whether they were there still."""
        rows = range(self._rows_of[place], self._rows_of[place + 1])
        if not any(self._alive[row] for row in rows):
            return False
        for group in {self._group[number] for row in rows for number in self._names[row].tolist() if number}:
            self._carriers[group] -= 1
        for row in rows:
            self._alive[row] = 0
        self.count -= 1
        return True

    def asked(self, name: str) -> list[list[Asked]]:
        """The parts of a name, heard in all parts that occur: as they are written first, then parted or joined in ways
        that occur (Amirhossein, Amir Hossein)."""
        parts = parts_of(name)[:WIDTH]
        ways = [parts, *self._parted(parts), *self._joined(parts)][:WAYS]
        return [[self._hear(part) for part in way] for way in ways if way]

    def _parted(self, parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
        """With a rare part in two common ones, where it can be read so."""
        for place, part in enumerate(parts):
            word = part.words[0]
            halves = [(word[:cut], word[cut:]) for cut in range(SHORTEST, len(word) - SHORTEST + 1)]
            rarer, one, other = max(((min(map(self._carried, both)), *both) for both in halves), default=(0, "", ""))
            if rarer > COMMONER * (1 + self._carried(word)):
                yield (*parts[:place], Part((one,)), Part((other,)), *parts[place + 1 :])

    def _joined(self, parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
        """With two neighbours in one, where somebody is written so."""
        for place, (one, other) in enumerate(pairwise(parts)):
            if self._carried(word := one.words[0] + other.words[0]):
                yield (*parts[:place], Part((word,)), *parts[place + 2 :])

    def _carried(self, word: str) -> int:
        """How many names have a part written so."""
        return sum(len(self._rows_with[number]) for number in self._same.get(spelled(word), ()))

    def by_rarity(self, asked: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
        """Those so rare that everybody who has them is looked at, and the common ones."""
        counts = {id(part): sum(len(self._rows_with[number]) for number in part.parts.tolist()) for part in asked}
        ordered = sorted(asked, key=lambda part: counts[id(part)])
        total, rare = 0, 0
        for part in ordered:
            total += counts[id(part)]
            if rare and total > ENOUGH:
                break
            rare += 1
        return ordered[:rare], ordered[rare:]

    def rows_with(self, part: Asked) -> tuple[Rows, Worths]:
        """The rows that have a part near one asked for, and how like it is; some more than once."""
        held = [self._rows_with[number] for number in part.parts.tolist()]
        if not held:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
        rows = np.concatenate([np.frombuffer(one, dtype=np.uint32) for one in held if one]).astype(np.intp)
        return rows, np.repeat(part.likeness, [len(one) for one in held])

    def each_once(self, found: Sequence[Rows]) -> Rows:
        """Rows of several findings, those of people who are still there, each once and in order."""
        marked = np.zeros(len(self._owner), dtype=bool)
        for rows in found:
            marked[rows] = True
        return np.flatnonzero(marked & np.frombuffer(self._alive, dtype=bool))

    def owners(self, rows: Rows) -> Rows:
        """Whose names they are."""
        return np.frombuffer(self._owner, dtype=np.uint32)[rows].astype(np.intp)

    def likeness(self, asked: Sequence[Asked], rows: Rows) -> Worths:
        """How like (0 to 1) each part asked for is to each part of each row: rows × asked × WIDTH."""
        numbers = self._names[rows]
        found = np.empty((len(rows), len(asked), WIDTH), dtype=np.float32)
        for place, part in enumerate(asked):
            self._heard[part.parts] = part.likeness
            found[:, place] = self._heard[numbers]
            self._heard[part.parts] = 0
        return found

    def best_likeness(self, asked: Sequence[Asked], rows: Rows) -> Worths:
        """How like each part asked for is to the likest part of each row: asked × rows."""
        numbers = self._columns(rows)
        found = np.zeros((len(asked), len(rows)), dtype=np.float32)
        for part, best in zip(asked, found, strict=True):
            self._heard[part.parts] = part.likeness
            for column in numbers:
                np.maximum(best, self._heard[column], out=best)
            self._heard[part.parts] = 0
        return found

    def _columns(self, rows: Rows) -> NDArray[np.uint32]:
        """The parts of rows, first parts first, as far as any row goes."""
        numbers = self._names[rows].T
        used = np.flatnonzero(numbers.any(axis=1))
        return np.ascontiguousarray(numbers[: used[-1] + 1] if len(used) else numbers[:0])

    def rarity(self, rows: Rows) -> Worths:
        """What each part of each row tells, for itself: rows × WIDTH, 0 where there is none."""
        numbers = self._names[rows]
        carriers = np.frombuffer(self._carriers, dtype=np.uint32)
        counts = carriers[np.frombuffer(self._group, dtype=np.uint32)[numbers]]
        told = np.log(2 + self.count / (1 + counts.astype(np.float32)))
        return np.where(numbers > 0, told, 0).astype(np.float32)

    def _hear(self, part: Part) -> Asked:
        written = {spelled(one) for one in part.words}
        letters = {one[0] for one in written if one}
        like = np.zeros(len(self._spellings), dtype=np.float32)
        if len(part.words[0]) == 1:
            like[self._begun_with(letters)] = INITIAL
            weight = INITIAL_WEIGHT
        else:
            heard = self.vocabulary.near(part)
            weight = self._weight(heard)
            self._hear_in_parts(heard, like)
            initials = [number for letter in letters for number in self._same.get(letter, ())]
            like[initials] = np.maximum(like[initials], INITIAL)
        like[[number for one in written for number in self._same.get(one, ())]] = 1
        parts = np.flatnonzero(like)
        if len(parts) > NEAREST:
            parts = parts[np.argpartition(-like[parts], NEAREST)[:NEAREST]]
        return Asked(part.words[0], weight, parts, like[parts])

    def _hear_in_parts(self, heard: Near, like: Worths) -> None:
        """How like the nearest reading of each part is."""
        count, known = len(heard.readings), len(self._part_of)
        readings = np.fromiter(heard.readings.keys(), dtype=np.intp, count=count)
        worths = np.minimum(np.fromiter(heard.readings.values(), dtype=np.float32, count=count), NOT_THE_SAME)
        # Of several readings of one part the last written stays: the nearest, for they come in this order.
        order = np.argsort(worths, kind="stable")
        order = order[readings[order] < known]
        like[np.frombuffer(self._part_of, dtype=np.uint32)[readings[order]]] = worths[order]
        like[0] = 0
        for reading in self._also.keys() & heard.readings.keys():
            numbers = self._also[reading]
            like[numbers] = np.maximum(like[numbers], min(heard.readings[reading], NOT_THE_SAME))

    def _begun_with(self, letters: set[str]) -> list[int]:
        return [number for letter in letters for number in self._beginning.get(letter, ())]

    def _weight(self, near: Near) -> float:
        alike = sum(
            self._carriers[group]
            for group, likeness in near.groups.items()
            if likeness >= SAME_SOUND and group < len(self._carriers)
        )
        return math.log(2 + self.count / (1 + alike))

    def _number(self, part: Part) -> int:
        readings = self.vocabulary.readings(part)
        known = self._numbers.get(readings)
        if known is not None:
            return known
        number = self._numbers[readings] = len(self._spellings)
        if number >= len(self._heard):
            self._heard = np.zeros(2 * len(self._heard), dtype=np.float32)
        spellings = {self.vocabulary.spelling_of[reading] for reading in readings}
        self._spellings.append(self.vocabulary.spelling_of[readings[0]])
        self._part_of.extend([0] * (len(self.vocabulary) - len(self._part_of)))
        for reading in readings:
            if self._part_of[reading]:
                self._also.setdefault(reading, []).append(number)
            else:
                self._part_of[reading] = number
        self._group.append(self.vocabulary.group_of[readings[0]])
        self._rows_with.append(array("I"))
        self._carriers.extend([0] * (self.vocabulary.groups - len(self._carriers)))
        for spelling in spellings:
            self._same.setdefault(spelling, []).append(number)
        for letter in {spelling[:1] for spelling in spellings}:
            self._beginning.setdefault(letter, []).append(number)
        return number

    def _add_row(self, place: int, numbers: list[int]) -> None:
        row = len(self._owner)
        if row >= len(self._names):
            self._names = np.concatenate([self._names, np.zeros_like(self._names)])
        self._names[row, : len(numbers)] = numbers
        self._owner.append(place)
        self._alive.append(1)
        for number in set(numbers):
            self._rows_with[number].append(row)
