"""Names of many people, in memory, and who among them has a name like one asked for: in any script, best first.

A part of a name weighs as much as it tells: the logarithm of how few people carry a name that sounds so (inverse
document frequency over sounds, not spellings, so that a rare spelling of a common name does not outrank everything).
"""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from waystation.names.vocabulary import Near, Reading, Vocabulary
from waystation.names.words import Part, parts_of
from waystation.names.writing import spelled

COMPARED = 120
"""How many people whose parts sound near are compared part by part."""
WORTH_COMPARING = 0.3
"""Whose parts sound near enough, as a share of the nearest one's."""
LEFT_OVER = 0.15
"""What a part that only the other side has takes away, beside one that is asked for and missing."""
SHARPNESS = 3
"""To what power nearness counts: two parts half near are worth less than one that is the same."""
SAME_SOUND = 0.9
INITIAL = 0.7
"""How like an initial is to a name that begins with it."""
INITIAL_WEIGHT = 2.0
NOT_THE_SAME = 0.97
"""Most for a part that only sounds the same, so that whoever also writes it the same comes first."""

Name = tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Someone whose name is like the one asked for: how like (0 to 1), by which name, and how near its parts are.

    `which` is the nearest of their names, of those written the same if there is one. `same` says that each part asked
    for is written the same, `sound` that each sounds the same.
    """

    place: int
    score: float
    which: int
    same: bool
    sound: bool


class NameIndex:
    """Not safe for several threads: who shares it, locks it."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._names: list[tuple[Name, ...]] = []
        self._carriers: list[array[int]] = []
        self._counts: array[int] = array("I")
        self._alive: array[int] = array("B")
        self._people = 0
        self._heard = np.zeros(1024, dtype=np.float32)
        self._total = np.zeros(1024, dtype=np.float32)

    def __len__(self) -> int:
        return self._people

    def add(self, names: Sequence[str]) -> int:
        """Add someone by all their names. Returns their place, by which `near` and `remove` call them."""
        place = len(self._names)
        readings_of = self._vocabulary.readings
        held = tuple(name for text in names if (name := tuple([readings_of(part) for part in parts_of(text)])))
        self._names.append(held)
        self._alive.append(1)
        if len(self._carriers) < len(self._vocabulary) or len(self._heard) < len(self._names):
            self._make_room()
        readings = {reading for name in held for part in name for reading in part}
        for reading in readings:
            self._carriers[reading].append(place)
        for group in {self._vocabulary.group_of[reading] for reading in readings}:
            self._counts[group] += 1
        self._people += 1
        return place

    def remove(self, place: int) -> None:
        """Forget someone; no error when that was done before."""
        if not self._alive[place]:
            return
        for group in self._groups_of(self._names[place]):
            self._counts[group] -= 1
        self._names[place], self._alive[place] = (), 0
        self._people -= 1

    def near(self, name: str, *, limit: int) -> list[Match]:
        """Who has a name like this one, best first; of equals whoever was added first."""
        asked = [self._asked(part) for part in parts_of(name)]
        if not asked:
            return []
        matches = [self._compare(asked, place) for place in self._candidates(asked)]
        return sorted(matches, key=lambda match: (-match.score, match.place))[:limit]

    def _asked(self, part: Part) -> "_Asked":
        spellings = tuple(map(spelled, part.words))
        if len(part.words[0]) == 1:
            return _Asked({}, INITIAL_WEIGHT, spellings, {})
        near = self._vocabulary.near(part)
        readings = dict(zip(near.readings.numbers.tolist(), near.readings.likeness.tolist(), strict=True))
        return _Asked(readings, self._weight(near), spellings, {})

    def _groups_of(self, names: Sequence[Name]) -> set[int]:
        of = self._vocabulary.group_of
        return {of[reading] for name in names for part in name for reading in part}

    def _weight(self, near: Near) -> float:
        alike = sum(map(self._counts.__getitem__, near.groups.numbers[near.groups.likeness >= SAME_SOUND].tolist()))
        return math.log(2 + self._people / (1 + alike))

    def _candidates(self, asked: Sequence["_Asked"]) -> list[int]:
        touched = [places for part in asked if len(places := self._sum_up(part))]
        if not touched:
            return []
        places = np.concatenate(touched)
        totals = self._total[places]
        self._total[places] = 0
        worth = totals > float(totals.max()) * WORTH_COMPARING
        places, first = np.unique(places[worth], return_index=True)
        totals = totals[worth][first]
        if len(places) > COMPARED:
            places = places[np.argpartition(-totals, COMPARED)[:COMPARED]]
        return [int(place) for place in places]

    def _sum_up(self, part: "_Asked") -> NDArray[np.uint32]:
        """Add to everyone who carries a word near the part what it tells; who they are, some more than once."""
        near = [
            (likeness, held)
            for reading, likeness in part.heard(self._vocabulary.spelling_of)
            if (held := self._carriers[reading])
        ]
        if not near:
            return np.empty(0, dtype=np.uint32)
        places = np.concatenate([np.frombuffer(held, dtype=np.uint32) for _, held in near])
        worth = np.array([part.weight * likeness**SHARPNESS for likeness, _ in near], dtype=np.float32)
        # Of several words of one person the last written stays: the nearest, for they come in this order.
        self._heard[places] = np.repeat(worth, [len(held) for _, held in near])
        alive = np.frombuffer(self._alive, dtype=np.uint8)
        self._total[places] += self._heard[places] * alive[places]
        return places

    def _make_room(self) -> None:
        self._carriers += [array("I") for _ in range(len(self._vocabulary) - len(self._carriers))]
        self._counts.extend([0] * (self._vocabulary.groups - len(self._counts)))
        while len(self._heard) < len(self._names):
            self._heard = np.zeros(2 * len(self._heard), dtype=np.float32)
            self._total = np.zeros(2 * len(self._total), dtype=np.float32)

    def _compare(self, asked: Sequence["_Asked"], place: int) -> Match:
        best, told = 0.0, (False, 0.0, 0, False)
        every = sum([part.weight for part in asked])
        for which, name in enumerate(self._names[place]):
            rows = _paired([[self._likeness(part, there) for there in name] for part in asked])
            likenesses = [rows[row][1] if row in rows else 0.0 for row in range(len(asked))]
            met = sum([part.weight * like**SHARPNESS for part, like in zip(asked, likenesses, strict=True)])
            taken = {column for column, _ in rows.values()}
            over = sum([self._rarity(there) for column, there in enumerate(name) if column not in taken])
            low = min(likenesses)
            score = met / (every + LEFT_OVER * over)
            best = max(best, score)
            told = max(told, (low == 1.0, score, -which, low >= SAME_SOUND))
        # A name of one part in another script may be nearer than the same word among others: told is what is the same.
        same, _score, which, sound = told
        return Match(place, best, -which, same=same, sound=sound)

    def _likeness(self, part: "_Asked", there: Reading) -> float:
        known = part.known.get(there)
        if known is None:
            known = part.known[there] = self._fresh_likeness(part, there)
        return known

    def _fresh_likeness(self, part: "_Asked", there: Reading) -> float:
        spellings = [self._vocabulary.spelling_of[reading] for reading in there]
        if any(spelling in part.spelled for spelling in spellings):
            return 1.0
        best = max([part.near.get(reading, 0.0) for reading in there])
        return min(best, NOT_THE_SAME) if best else INITIAL * _is_initial(part.spelled[0], spellings[0])

    def _rarity(self, part: Reading) -> float:
        return math.log(2 + self._people / (1 + self._counts[self._vocabulary.group_of[part[0]]]))


@dataclass(frozen=True, slots=True)
class _Asked:
    """One part of the name asked for; `known` keeps how like each part met so far is to it."""

    near: dict[int, float]
    weight: float
    spelled: tuple[str, ...]
    known: dict[Reading, float]

    def heard(self, spelling_of: Sequence[str]) -> list[tuple[int, float]]:
        """The readings that sound near, the least near first; those written the same are the last."""
        return sorted(
            [
                (reading, 1.0 if spelling_of[reading] in self.spelled else min(likeness, NOT_THE_SAME))
                for reading, likeness in self.near.items()
            ],
            key=itemgetter(1),
        )


def _paired(likenesses: Sequence[Sequence[float]]) -> dict[int, tuple[int, float]]:
    """Which part (row) goes with which (column), the likest first, each once; of equals those at the same place."""
    pairs = [
        (likeness, -abs(row - column), row, column)
        for row, there in enumerate(likenesses)
        for column, likeness in enumerate(there)
        if likeness
    ]
    rows: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for likeness, _, row, column in sorted(pairs, reverse=True):
        if row not in rows and column not in taken:
            rows[row] = (column, likeness)
            taken.add(column)
    return rows


def _is_initial(one: str, other: str) -> bool:
    return bool(one and other) and one[0] == other[0] and 1 in (len(one), len(other))
