"""Who of many people may be the one sought: names in any script, year of birth, sex, country; and how probable it is.

Everything that tells for or against somebody adds up, in natural logarithms, so that it can be said why. From the sums
of all who may be meant comes the probability: each against all others, and against the chance that nobody here is.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from waystation.names.attributes import Attributes, Known, Told
from waystation.names.likest import Places, Worths, each_once, missing_in
from waystation.names.people import SUPPOSED, Asked, People
from waystation.names.rows import OWNER, TOLD, Records

COMPARED = 120
"""How many rows are compared part by part."""
SURE = 7.0
"""Where somebody may be ahead by so much of whoever has the common parts alone, those are not looked at."""
MISSED, MISSED_SHARE = 1.0, 0.05
"""What a part that is asked for and missing takes away: in any case, and as a share of what it would tell."""
INITIAL_MISSED = 0.4
"""How much of that an initial takes away: many leave it out."""
OVER, OVER_SHARE = 1.0, 0.25
"""The same for a part that is there and was not asked for."""
NOBODY, NOBODY_OF_FEW = 11.0, 1.0
"""What speaks for nobody who is here, beside what speaks for each who is; at most, and beside the logarithm of how many
there are: among few a name tells less, and somebody who fits is seldom somebody else."""
SCALE, UNMET, TRUST = 0.64, 0.15, -0.32
"""How a probability comes of it: how much of what is told for one and against all others counts, what each of what was
asked for and is not met takes away, and what is left to add. Fitted by logistic regression on half of the development
set, at a hundred thousand and at a million people (docs/benchmarks.md)."""
DOUBTFUL, LOOSELY, LOOSE = 0.3, 2, 1.0
"""Where nobody is more probable than this, so many more ways to read the name are tried; what that takes away."""
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
        ways = self._compared_all(self._people.asked(name), told)
        found = self._best(ways, told, limit)
        if found and found[0].probability >= DOUBTFUL:
            return found
        loosely = self._compared_all(islice(self._people.loosely(name), LOOSELY), told)
        more = [replace(way, over=way.over - LOOSE, scores=way.scores - LOOSE) for way in loosely]
        return self._best([*ways, *more], told, limit) if more else found

    def _compared_all(self, asked: Iterable[Sequence[Asked]], told: Told) -> "list[_Way]":
        return [way for parts in asked if (way := self._compared(parts, told))]

    def _best(self, ways: "Sequence[_Way]", told: Told, limit: int) -> list[Found]:
        """Who may be meant by any of several ways to read a name."""
        if not ways:
            return []
        places = np.concatenate([way.records[:, OWNER] for way in ways])
        scores = np.concatenate([way.scores for way in ways])
        order = np.lexsort((places, -scores))
        best = order[_first_of_each(places[order])]
        unmet = max(sum(part.weight for part in way.asked) for way in ways) - self._met(ways, int(best[0]))
        chances = _chances(scores[best], unmet, self._nobody())
        shown = zip(best[:limit].tolist(), chances.tolist(), strict=False)
        return [self._found(ways, at, told, chance) for at, chance in shown]

    def _nobody(self) -> float:
        return min(NOBODY, math.log(SUPPOSED + len(self)) + NOBODY_OF_FEW)

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
        rows = each_once(np.concatenate([self._people.rows_with(part, told.born).rows for part in rare]))
        records, hopes = self._hopes(asked, rows, told)
        without = sum(part.weight for part in common) - sum(map(_missed, rare)) + told.most
        if common and hopes.max(initial=0) < without + SURE:
            more = each_once(np.concatenate([self._most_promising(part, told) for part in common]))
            others, theirs = self._hopes(asked, missing_in(rows, more), told)
            records, hopes = np.concatenate([records, others]), np.concatenate([hopes, theirs])
        return records[_highest(hopes)]

    def _hopes(self, asked: Sequence[Asked], rows: Places, told: Told) -> tuple[Records, Worths]:
        """What stands in some rows, and what speaks for each at most."""
        records = self._people.records(rows)
        return records, self._people.promise(asked, records) + told.by(records[:, TOLD])

    def _most_promising(self, part: Asked, told: Told) -> Places:
        """Of those who have a common part, whom that and what else is known speaks for most."""
        rows, worths, theirs = self._people.rows_with(part, told.born)
        return rows[_highest(worths + told.by(theirs))]

    def _told(self, asked: Sequence[Asked], records: Records) -> tuple[Worths, Worths]:
        """What each part asked for tells of each row, and what the row's other parts take away.

        Parts go together those that tell most first, each once; of equals those at the same place.
        """
        worths = self._people.worths(asked, records)
        every, width = np.arange(len(records)), worths.shape[2]
        apart = np.abs(np.arange(len(asked))[:, None] - np.arange(width)) * 1e-4
        open_ = np.where(worths > 0, worths - apart.astype(np.float32), 0)
        rarity = self._people.rarity(records)
        told = np.tile([np.float32(-_missed(part)) for part in asked], (len(records), 1))
        for _pair in range(min(len(asked), width)):
            best = open_.reshape(len(records), -1).argmax(axis=1)
            one, other = np.divmod(best, width)
            met = open_[every, one, other] > 0
            at, one, other = every[met], one[met], other[met]
            told[at, one] = worths[at, one, other]
            rarity[at, other] = 0
            open_[at, one, :] = 0
            open_[at, :, other] = 0
        over = -OVER_SHARE * rarity.sum(axis=1) - OVER * np.count_nonzero(rarity, axis=1)
        return told, over.astype(np.float32)

    def _met(self, ways: Sequence["_Way"], at: int) -> float:
        """What the parts of a name tell of one of those compared, counted through all ways."""
        return float(np.concatenate([way.parts.sum(axis=1) for way in ways])[at])

    def _found(self, ways: Sequence["_Way"], at: int, told: Told, chance: float) -> Found:
        """One of those compared, counted through all ways."""
        for way in ways:
            if at < len(way.records):
                break
            at -= len(way.records)
        place, theirs = way.records[at, [OWNER, TOLD]].tolist()
        over = float(way.over[at])
        names = [(part.word, worth) for part, worth in zip(way.asked, way.parts[at].tolist(), strict=True)]
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


def _missed(part: Asked) -> float:
    whole = MISSED + MISSED_SHARE * part.weight
    return whole * INITIAL_MISSED if len(part.word) == 1 else whole


def _first_of_each(numbers: NDArray[np.uint32]) -> NDArray[np.intp]:
    order = np.argsort(numbers, kind="stable")
    ordered = numbers[order]
    return np.sort(order[np.concatenate([[True], ordered[1:] != ordered[:-1]])])


def _highest(worths: Worths) -> NDArray[np.intp]:
    """Where those to be compared are; of equals the first."""
    if len(worths) <= COMPARED:
        return np.arange(len(worths))
    least = np.partition(worths, -COMPARED)[-COMPARED]
    above, equal = np.flatnonzero(worths > least), np.flatnonzero(worths == least)
    return np.concatenate([above, equal[: COMPARED - len(above)]])


def _chances(scores: Worths, unmet: float, nobody: float) -> NDArray[np.float64]:
    """The probability of each, from the highest score on: against all others and nobody, together at most 1."""
    top = max(float(scores[0]), nobody)
    each = np.exp(scores.astype(np.float64) - top)
    others = np.maximum(each.sum() - each, 0) + math.exp(nobody - top)
    odds = SCALE * (np.log(np.maximum(each, 1e-300)) - np.log(others)) - UNMET * unmet + TRUST
    chances = 1 / (1 + np.exp(-odds))
    return np.asarray(chances / max(1.0, chances.sum()))
