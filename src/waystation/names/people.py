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

from waystation.names import symbols
from waystation.names.attributes import MOST_YEARS_OFF
from waystation.names.index import INITIAL, NOT_THE_SAME
from waystation.names.likest import Best, Growing, Likest, Places, Remembered, Worths
from waystation.names.rows import WIDTH, Having, Records, Rows
from waystation.names.vocabulary import Reading, Vocabulary
from waystation.names.words import Part, parts_of
from waystation.names.writing import sounds_of, spelled

ENOUGH = 4_000
"""Rows that are looked at whole. Of those who have only a commoner part than these, only the most promising are."""
AT_MOST = 5_000
"""Rows that are looked at for one part; of more, those whose part is likest."""
PEERS = 40
"""Of so many parts more, those of people born about the year asked for."""

WAYS, SHORTEST, COMMONER = 3, 3, 20
"""Ways to read a name that are tried; letters of each half of a parted word; how much commoner both halves must be."""
SUPPOSED = 50
"""So many more people of other names are supposed, so that a name tells something though all who are here have it."""
USUAL = 3
"""Parts that most names have no more of."""
STEPS = 400
"""So finely likeness is told apart where it is counted who has a part that is as like."""
UNLIKE, LEAST = 3.0, 0.1
"""What being wholly unlike takes away from what a part tells; what tells less is as good as missing."""
ROUGHLY = 2
"""Strong consonants that a word must have for its rough sound to say something."""
NEAREST = 400
"""Parts near one asked for that are looked up."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A part of the name asked for: what it tells at best (`weight`), what each near part tells, and how many rows have
    one of those."""

    word: str
    weight: float
    numbers: Places
    worths: Worths
    rows: int


class People:
    """Rows are names; their owners are places. Nothing is taken out of the vocabulary."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.count = 0
        self._rows = Rows()
        self._numbers: dict[Part, int] = {}
        self._of_readings: dict[Reading, int] = {}
        self._with_reading = Growing()
        self._same: dict[str, list[int]] = {}
        self._roughly: dict[str, list[int]] = {}
        self._beginning: dict[str, array[int]] = {}
        self._group: array[int] = array("q", [0])
        self._carriers: array[int] = array("I")
        self._rows_of: array[int] = array("I", [0])
        self._best = Best()
        self._asked = Remembered(self._hear)
        self._heard = np.zeros(1024, dtype=np.float32)

    def add(self, names: Sequence[str], told: int = 0) -> int:
        """Add somebody by all their names, with what else is told of them; their place."""
        self._asked.forget()
        place = len(self._rows_of) - 1
        groups: set[int] = set()
        known, group_of = self._numbers.get, self._group
        for text in names:
            numbers = [known(part) or self._number(part) for part in parts_of(text)[:WIDTH]]
            if numbers:
                self._rows.add(numbers, told, place)
                groups.update([group_of[number] for number in numbers])
        self._rows_of.append(len(self._rows))
        for group in groups:
            self._carriers[group] += 1
        self.count += 1
        return place

    def remove(self, place: int) -> int | None:
        """Forget somebody; what else was told of them, None when they were not there."""
        rows = range(self._rows_of[place], self._rows_of[place + 1])
        if not rows or self._rows.is_empty(rows[0]):
            return None
        self._asked.forget()
        for group in {self._group[number] for row in rows for number in self._rows.parts(row)}:
            self._carriers[group] -= 1
        for row in rows:
            self._rows.empty(row)
        self.count -= 1
        return self._rows.told(rows[0])

    def asked(self, name: str) -> list[list[Asked]]:
        """The parts of a name, heard in all parts that occur: as they are written first, then parted or joined in ways
        that occur (Amirhossein, Amir Hossein)."""
        parts = parts_of(name)[:WIDTH]
        ways = [parts, *self._parted(parts), *self._joined(parts)][:WAYS]
        return [[self._asked.of(part) for part in way] for way in ways if way]

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

    def loosely(self, name: str) -> Iterator[list[Asked]]:
        """The name with two neighbours in one, or a part in two, where somebody has parts that sound roughly so."""
        parts = parts_of(name)[:WIDTH]
        for place, (one, other) in enumerate(pairwise(parts)):
            if self._roughly_carried(word := one.words[0] + other.words[0]):
                yield [self._asked.of(part) for part in (*parts[:place], Part((word,)), *parts[place + 2 :])]
        for place, part in enumerate(parts):
            word = part.words[0]
            halves = [(word[:cut], word[cut:]) for cut in range(SHORTEST, len(word) - SHORTEST + 1)]
            carried = [(min(map(self._roughly_carried, both)), both) for both in halves]
            many, (first, last) = max(carried, default=(0, ("", "")))
            if many > COMMONER * (1 + self._roughly_carried(word)):
                both = Part((first,)), Part((last,))
                yield [self._asked.of(part) for part in (*parts[:place], *both, *parts[place + 1 :])]

    def _roughly_carried(self, word: str) -> int:
        """How many names have a part that sounds roughly so; none where that says little."""
        sounds = symbols.roughly(sounds_of(word)[0])
        if len(sounds) < ROUGHLY:
            return 0
        return sum(self._rows.having[number] for number in self._roughly.get(sounds, ()))

    def _carried(self, word: str) -> int:
        """How many names have a part written so."""
        return sum(self._rows.having[number] for number in self._same.get(spelled(word), ()))

    def by_rarity(self, asked: Sequence[Asked]) -> tuple[list[Asked], list[Asked]]:
        """Those so rare that everybody who has them is looked at, and the common ones."""
        ordered = sorted(asked, key=lambda part: part.rows)
        total, rare = 0, 0
        for part in ordered:
            total += part.rows
            if rare and total > ENOUGH:
                break
            rare += 1
        return ordered[:rare], ordered[rare:]

    def rows_with(self, part: Asked, born: int) -> Having:
        """The rows that have a part near one asked for, some more than once; of too many those that tell most, and
        those of people born about a year, where it is known."""
        if part.rows <= AT_MOST:
            return self._rows.with_parts(part.numbers, part.worths)
        order = np.argsort(-part.worths, kind="stable")
        many = np.cumsum(np.frombuffer(self._rows.having, dtype=np.uint32)[part.numbers[order]])
        fit = part.worths >= part.worths[order[min(int(np.searchsorted(many, AT_MOST)), len(order) - 1)]]
        likest = self._rows.with_parts(part.numbers[fit], part.worths[fit])
        if not born:
            return likest
        rest = order[np.count_nonzero(fit) :][:PEERS]
        years = born - MOST_YEARS_OFF, born + MOST_YEARS_OFF
        return likest.and_also(self._rows.with_parts_born(part.numbers[rest], part.worths[rest], *years))

    def records(self, rows: Places) -> Records:
        """What stands in some rows."""
        return self._rows.records(rows)

    def worths(self, asked: Sequence[Asked], records: Records) -> Worths:
        """What each part asked for tells where it is met in each part of each name: names × asked × WIDTH."""
        numbers = records[:, :WIDTH]
        found = np.empty((len(records), len(asked), WIDTH), dtype=np.float32)
        for place, part in enumerate(asked):
            self._heard[part.numbers] = part.worths
            found[:, place] = self._heard[numbers]
            self._heard[part.numbers] = 0
        return found

    def promise(self, asked: Sequence[Asked], records: Records) -> Worths:
        """What each name tells at most: every part asked for where it tells most, though another be met there."""
        first, long = records.T[:USUAL].astype(np.intp), np.flatnonzero(records[:, USUAL])
        rest = records[long, USUAL:WIDTH].T.astype(np.intp)
        total = np.zeros(len(records), dtype=np.float32)
        for part in asked:
            self._heard[part.numbers] = part.worths
            best = self._heard.take(first).max(axis=0)
            best[long] = np.maximum(best[long], self._heard.take(rest).max(axis=0))
            total += best
            self._heard[part.numbers] = 0
        return total

    def rarity(self, records: Records) -> Worths:
        """What each part of each name tells, for itself: names × WIDTH, 0 where there is none."""
        numbers = records[:, :WIDTH]
        carriers = np.frombuffer(self._carriers, dtype=np.uint32)
        counts = carriers[np.frombuffer(self._group, dtype=np.intp)[numbers]]
        told = np.log(2 + self.count / (1 + counts.astype(np.float32)))
        return np.where(numbers > 0, told, 0).astype(np.float32)

    def _hear(self, part: Part) -> Asked:
        written = {spelled(one) for one in part.words}
        letters = {one[0] for one in written if one}
        if len(part.words[0]) == 1:
            begun = np.concatenate([np.array(self._beginning.get(letter, ()), dtype=np.intp) for letter in letters])
            heard = [Likest(begun, np.full(len(begun), INITIAL, dtype=np.float32))]
        else:
            near = self.vocabulary.near(part).readings
            heard = [self._in_parts(near), self._written(letters, INITIAL)]
        parts = self._best.of([*heard, self._written(written, 1.0)], len(self._group))
        having = np.frombuffer(self._rows.having, dtype=np.uint32)[parts.numbers]
        worths = self._worths(parts.likeness, having)
        there = np.flatnonzero((having > 0) & (worths > LEAST))
        if len(there) > NEAREST:
            least = np.partition(worths[there], -NEAREST)[-NEAREST]
            there = there[worths[there] >= least]
        numbers, worths = parts.numbers[there], worths[there]
        weight = float(worths.max()) if len(there) else math.log(SUPPOSED + self.count)
        return Asked(part.words[0], weight, numbers, worths, int(having[there].sum()))

    def _worths(self, likeness: Worths, having: NDArray[np.uint32]) -> Worths:
        """What meeting each part tells: how few have one at least as like, less how seldom one is so unlike."""
        steps = ((1 - likeness) * STEPS).astype(np.intp)
        many = np.bincount(steps, having, STEPS + 1).cumsum()[steps]
        return np.asarray(np.log((SUPPOSED + self.count) / (1 + many)) - UNLIKE * (1 - likeness), dtype=np.float32)

    def _written(self, words: set[str], likeness: float) -> Likest:
        """The parts that are written so."""
        numbers = [number for word in words for number in self._same.get(word, ())]
        return Likest(np.array(numbers, dtype=np.intp), np.full(len(numbers), likeness, dtype=np.float32))

    def _in_parts(self, heard: Likest) -> Likest:
        """How like the nearest reading of each part is."""
        numbers, at = self._with_reading.of(heard.numbers)
        return Likest(numbers, np.minimum(heard.likeness, np.float32(NOT_THE_SAME))[at])

    def _number(self, part: Part) -> int:
        readings = self.vocabulary.readings(part)
        known = self._numbers[part] = self._of_readings.get(readings) or self._new(readings)
        return known

    def _new(self, readings: Reading) -> int:
        number = self._of_readings[readings] = len(self._group)
        if number >= len(self._heard):
            self._heard = np.zeros(2 * len(self._heard), dtype=np.float32)
        for reading in readings:
            self._with_reading.add(reading, number)
        self._roughly.setdefault(symbols.roughly(self.vocabulary.skeleton_of(readings[0])), []).append(number)
        self._group.append(self.vocabulary.group_of[readings[0]])
        self._rows.having.append(0)
        self._carriers.extend([0] * (self.vocabulary.groups - len(self._carriers)))
        spellings = {self.vocabulary.spelling_of[reading] for reading in readings}
        for spelling in spellings:
            self._same.setdefault(spelling, []).append(number)
        for letter in {spelling[:1] for spelling in spellings}:
            self._beginning.setdefault(letter, array("q")).append(number)
        return number
