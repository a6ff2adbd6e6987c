"""Who of many people may be the one sought: names in any script, year of birth, sex, country; and how probable it is.

Everything that tells for or against somebody adds up, in natural logarithms, so that it can be said why. From the sums
of all who may be meant comes the probability: each against all others, and against the chance that nobody here is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from waystation.names.attributes import Attributes, Known, Told
from waystation.names.index import LEFT_OVER
from waystation.names.likest import Places, Worths, each_once
from waystation.names.people import Asked, People
from waystation.names.rows import OWNER, TOLD, Records

COMPARED = 250
"""How many rows are compared part by part."""
MISSED = 0.2
"""What a part that is asked for and missing takes away, as a share of what it would tell."""
SCALE, NOBODY = 0.9, 8.5
"""How much of what is told counts, and what speaks for nobody: fitted on half of the development set, at a hundred
thousand and at a million people (docs/benchmarks.md)."""
MISS=0.0
LEFT=0.15
OVER=0.0
NOTHING = Known()


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who may be meant: `probability` (0 to 1) that it is they; `why`, all that adds up to `score`."""

    place: int
    score: float
    probability: float
    why: tuple[tuple[str, float], ...]


class Registry:
    """Grows and shrinks one by one. Not safe for several threads: who shares it, locks it."""

    def __init__(self) -> None:
        self._people, self._attributes = People(), Attributes()

    def __len__(self) -> int:
        return self._people.count

    def add(self, names: Sequence[str], known: Known = NOTHING) -> int:
        """Add somebody by all their names. Returns their place, by which `find` and `remove` call them."""
        return self._people.add(names, self._attributes.add(known))

    def remove(self, place: int) -> None:
        """Forget somebody; no error when that was done before."""
        told = self._people.remove(place)
        if told is not None:
            self._attributes.remove(told)

    def find(self, name: str, known: Known = NOTHING, *, limit: int = 10) -> list[Found]:
        """Who may be meant, the most probable first; of equals whoever was added first."""
        told = self._attributes.told(known)
        ways = [way for asked in self._people.asked(name) if (way := self._compared(asked, told))]
        if not ways:
            return []
        places = np.concatenate([way.records[:, OWNER] for way in ways])
        scores = np.concatenate([way.scores for way in ways])
        order = np.lexsort((places, -scores))
        best = order[_first_of_each(places[order])]
        chances = _chances(scores[best])
        shown = zip(best[:limit].tolist(), chances.tolist(), strict=False)
        return [self._found(ways, at, told, chance) for at, chance in shown]

    def _compared(self, asked: Sequence[Asked], told: Told) -> "_Way | None":
        """A way to read the name, and what it and what else is known tell of those of most promise; None: of nobody."""
        records = self._worth_comparing(asked, told)
        if not len(records):
            return None
        parts, over = self._told(asked, records)
        return _Way(asked, records, parts, over, parts.sum(axis=1) + over + told.by(records[:, TOLD]))

    def _worth_comparing(self, asked: Sequence[Asked], told: Told) -> Records:
        """The names of most promise: each part asked for at its best, and what else is known."""
        rare, common = self._people.by_rarity(asked)
        found = [self._people.rows_with(part)[0] for part in rare]
        found += [self._most_promising(part, told) for part in common]
        records = self._people.records(each_once(np.concatenate(found)))
        if len(records) <= COMPARED:
            return records
        promise = self._people.best_likeness(asked, records).sum(axis=0)
        return records[_highest(promise + told.by(records[:, TOLD]))]

    def _most_promising(self, part: Asked, told: Told) -> Places:
        """Of those who have a common part, whom that and what else is known speaks for most."""
        rows, likeness, theirs = self._people.rows_with(part)
        return rows[_highest(likeness + told.by(theirs))]

    def _told(self, asked: Sequence[Asked], records: Records) -> tuple[Worths, Worths]:
        """What each part asked for tells of each row, and what the row's other parts take away.

        Parts go together the likest first, each once; of equals those at the same place.
        """
        likeness = self._people.likeness(asked, records)
        every, width = np.arange(len(records)), likeness.shape[2]
        apart = np.abs(np.arange(len(asked))[:, None] - np.arange(width)) * 1e-4
        open_ = np.where(likeness > 0, likeness - apart.astype(np.float32), 0)
        rarity = self._people.rarity(records)
        told = np.tile([np.float32(-MISS - MISSED * part.weight) for part in asked], (len(records), 1))
        weights = np.array([part.weight for part in asked], dtype=np.float32)
        for _pair in range(min(len(asked), width)):
            best = open_.reshape(len(records), -1).argmax(axis=1)
            one, other = np.divmod(best, width)
            met = open_[every, one, other] > 0
            at, one, other = every[met], one[met], other[met]
            told[at, one] = likeness[at, one, other]
            rarity[at, other] = 0
            open_[at, one, :] = 0
            open_[at, :, other] = 0
        return told.astype(np.float32), (-LEFT * rarity.sum(axis=1) - OVER * (rarity > 0).sum(axis=1)).astype(np.float32)

    def _found(self, ways: Sequence["_Way"], at: int, told: Told, chance: float) -> Found:
        """One of those compared, counted through all ways."""
        for way in ways:
            if at < len(way.records):
                break
            at -= len(way.records)
        place, theirs = way.records[at, [OWNER, TOLD]].tolist()
        over = float(way.over[at])
        names = [(part.word, float(worth)) for part, worth in zip(way.asked, way.parts[at], strict=True)]
        why = (*names, *([("", over)] if over else []), *self._attributes.parts(told, theirs))
        return Found(place, sum(worth for _what, worth in why), chance, why)


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to read the name asked for, and what it tells of each row compared."""

    asked: Sequence[Asked]
    records: Records
    parts: Worths
    over: Worths
    scores: Worths


def _first_of_each(numbers: NDArray[np.uint32]) -> NDArray[np.intp]:
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    return np.sort(order[np.concatenate([[True], ordered[1:] != ordered[:-1]])])


def _sharp(likeness: Worths) -> Worths:
    """What nearness counts: to the third power (`index.SHARPNESS`)."""
    return likeness * likeness * likeness


def _highest(worths: Worths) -> NDArray[np.intp]:
    """Where those to be compared are; of equals the first."""
    if len(worths) <= COMPARED:
        return np.arange(len(worths))
    least = np.partition(worths, -COMPARED)[-COMPARED]
    above, equal = np.flatnonzero(worths > least), np.flatnonzero(worths == least)
    return np.concatenate([above, equal[: COMPARED - len(above)]])


def _chances(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """The probability of each, and with the rest of nobody: softmax over what is told, nobody among it."""
    scaled = SCALE * scores.astype(np.float64)
    top = max(float(scaled.max()), NOBODY)
    odds = np.exp(scaled - top)
    return np.asarray(odds / (odds.sum() + math.exp(NOBODY - top)))
