"""What tells people apart beside their names: year of birth, sex, country; what each tells, in natural logarithms.

A record of the person sought and one of anybody agree or differ with known chances; the logarithm of the two chances'
ratio is what that tells (Fellegi and Sunter 1969, A Theory for Record Linkage). The chances of slips are those of the
field: an age is guessed from a face, a sex is misread from a name, a country is where somebody was, not whence they
came.
"""

import math
from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

YEAR_RIGHT = {0: 0.72, 1: 0.18, 2: 0.06, 3: 0.02}
"""How often the year told of somebody is off by so many years."""
YEAR_WRONG = 0.02
MOST_YEARS_OFF = max(YEAR_RIGHT)
YEARS_APART, YEARS_ALIKE = 70, 2
"""Over so many years people are spread where nothing is known of them; so many years around one are counted with it."""
SUPPOSED = 20
"""How many people's worth what is supposed counts, before those of the registry are counted."""
SEX_WRONG, COUNTRY_WRONG = 0.02, 0.06
LATEST = 9999
YEAR_BITS = 14
"""The low bits of what is told of somebody: the year of birth, 0 where it is not known."""
YEAR = (1 << YEAR_BITS) - 1
Table = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody beside names: 0 and "" where it is not. `country` as in ISO 3166-1."""

    birth_year: int = 0
    sex: str = ""
    country: str = ""


class Told:
    """What being somebody of whom this or that is known tells, where something is known of the one sought."""

    def __init__(self, born: int, years: Table, sexes: Table, countries: Table, pairs: NDArray[np.intp]) -> None:
        self.born = born
        """The year that is known of the one sought, 0 where it is not."""
        self._years, self._sexes, self._countries = years, sexes, countries
        self._pairs = sexes[pairs[:, 0]] + countries[pairs[:, 1]]
        self.most = float(years.max() + self._pairs.max())

    def by(self, numbers: NDArray[np.uint32]) -> Table:
        """Of each of many: above 0 for the person, below against."""
        return self._years.take(numbers & YEAR) + self._pairs.take(numbers >> YEAR_BITS)

    def parts(self, year: int, sex: int, country: int) -> list[tuple[str, float]]:
        """The same of one, each part by its name."""
        every = (
            ("birth_year", self._years[year]),
            ("sex", self._sexes[sex]),
            ("country", self._countries[country]),
        )
        return [(name, float(told)) for name, told in every if told]


class Attributes:
    """What is known of each of many people as one number: the year in the low bits, sex and country in the rest."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {"": 0}
        self._numbers: dict[tuple[str, str], int] = {("", ""): 0}
        self._pairs = [(0, 0)]
        self._in_pairs: NDArray[np.intp] = np.zeros((0, 2), dtype=np.intp)
        self._years: array[int] = array("q", bytes(8 * (LATEST + 1)))
        self._of_pair: array[int] = array("q", [0])

    def add(self, known: Known) -> int:
        """The number for what is known of somebody who comes."""
        both = known.sex, known.country
        pair = self._numbers.get(both)
        if pair is None:
            pair = self._numbers[both] = len(self._pairs)
            self._pairs.append((self._code(known.sex), self._code(known.country)))
            self._of_pair.append(0)
        year = known.birth_year if 0 < known.birth_year <= LATEST else 0
        self._years[year] += 1
        self._of_pair[pair] += 1
        return pair << YEAR_BITS | year

    def remove(self, number: int) -> None:
        """Somebody is no longer there: what is known is as common as it is among those who are."""
        self._years[number & YEAR] -= 1
        self._of_pair[number >> YEAR_BITS] -= 1

    def told(self, known: Known) -> Told:
        """What agreeing and differing tells, where this is known of the one sought."""
        if len(self._in_pairs) < len(self._pairs):
            self._in_pairs = np.array(self._pairs, dtype=np.intp)
        people = np.frombuffer(self._of_pair, dtype=np.int64)
        sexes, countries = (
            np.bincount(codes, people, len(self._codes)).astype(np.float64) for codes in self._in_pairs.T
        )
        return Told(
            known.birth_year,
            self._year_table(known.birth_year),
            self._table(known.sex, sexes, SEX_WRONG),
            self._table(known.country, countries, COUNTRY_WRONG),
            self._in_pairs,
        )

    def parts(self, told: Told, number: int) -> list[tuple[str, float]]:
        """What is told by what is known of one, each part by its name."""
        return told.parts(number & YEAR, *self._pairs[number >> YEAR_BITS])

    def _table(self, value: str, counts: NDArray[np.float64], wrong: float) -> Table:
        """By code, what agreeing in a value tells (the rarer it is, the more), and differing."""
        table = np.zeros(len(self._codes), dtype=np.float32)
        if not value:
            return table
        here = self._codes.get(value, 0)
        here = here if counts[here] else 0
        known = float(counts[1:].sum())
        share = (float(counts[here]) + 1) / (known + 2) if here else 0.0
        table[1:] = math.log(wrong / max(1 - share, 0.05))
        if here:
            table[here] = math.log((1 - wrong) / share)
        return table

    def _year_table(self, year: int) -> Table:
        """By year, the same: a year in which few of the registry are born tells more."""
        table = np.zeros(LATEST + 1, dtype=np.float32)
        if not year:
            return table
        table[1:] = math.log(YEAR_WRONG)
        known = int(np.frombuffer(self._years, dtype=np.int64)[1:].sum())
        for apart in range(-MOST_YEARS_OFF, MOST_YEARS_OFF + 1):
            if 0 < year + apart <= LATEST:
                near = range(year + apart - YEARS_ALIKE, year + apart + YEARS_ALIKE + 1)
                born = sum(self._years[one] for one in near if 0 < one <= LATEST) / len(near)
                share = (born + SUPPOSED / YEARS_APART) / (known + SUPPOSED)
                table[year + apart] = math.log(YEAR_RIGHT[abs(apart)] / (2 if apart else 1) / share)
        return table

    def _code(self, value: str) -> int:
        return self._codes.setdefault(value, len(self._codes))
