"""What tells people apart beside their names: year of birth, sex, country; what each tells, in natural logarithms.

A record of the person sought and one of anybody agree or differ with known chances; the logarithm of the two chances'
ratio is what that tells (Fellegi and Sunter 1969, A Theory for Record Linkage). The chances of slips are those of the
field: an age is guessed from a face, a sex is misread from a name, a country is where somebody was, not whence they
came.
"""

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

YEAR_RIGHT = {0: 0.72, 1: 0.17, 2: 0.06, 3: 0.02}
"""How often the year told of somebody is off by so many years."""
YEAR_WRONG = 0.03
YEARS_APART = 70
"""Over so many years people of a registry are spread, more or less evenly."""
SEX_WRONG, COUNTRY_WRONG = 0.02, 0.06
LATEST = 9999
_YEAR_BITS = 14
_YEAR = (1 << _YEAR_BITS) - 1


Table = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody beside names: 0 and "" where it is not. `country` as in ISO 3166-1."""

    birth_year: int = 0
    sex: str = ""
    country: str = ""


class Told:
    """What being somebody of whom this or that is known tells, where something is known of the one sought."""

    def __init__(self, years: Table, sexes: Table, countries: Table, pairs: NDArray[np.intp]) -> None:
        self._years, self._sexes, self._countries = years, sexes, countries
        self._pairs = sexes[pairs[:, 0]] + countries[pairs[:, 1]]

    def by(self, numbers: NDArray[np.uint32]) -> Table:
        """Of each of many: above 0 for the person, below against."""
        return self._years.take(numbers & _YEAR) + self._pairs.take(numbers >> _YEAR_BITS)

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
        self._numbers: dict[tuple[int, int], int] = {(0, 0): 0}
        self._pairs = [(0, 0)]
        self._in_pairs: NDArray[np.intp] = np.zeros((0, 2), dtype=np.intp)
        self._counts: Counter[int] = Counter()
        self._known = 0

    def add(self, known: Known) -> int:
        """The number for what is known of somebody who comes."""
        pair = self._code(known.sex), self._code(known.country)
        self._count(pair[1], 1)
        number = self._numbers.setdefault(pair, len(self._pairs))
        if number == len(self._pairs):
            self._pairs.append(pair)
        return number << _YEAR_BITS | (known.birth_year if 0 < known.birth_year <= LATEST else 0)

    def remove(self, number: int) -> None:
        """Somebody is no longer there: a country is as common as it is among those who are."""
        self._count(self._pairs[number >> _YEAR_BITS][1], -1)

    def told(self, known: Known) -> Told:
        """What agreeing and differing tells, where this is known of the one sought."""
        pairs = np.array(self._pairs, dtype=np.intp)
        return Told(
            _year_table(known.birth_year), self._sex_table(known.sex), self._country_table(known.country), pairs
        )

    def parts(self, told: Told, number: int) -> list[tuple[str, float]]:
        """What is told by what is known of one, each part by its name."""
        return told.parts(number & _YEAR, *self._pairs[number >> _YEAR_BITS])

    def _sex_table(self, sex: str) -> Table:
        table = np.full(len(self._codes), math.log(SEX_WRONG / 0.5) if sex else 0.0, dtype=np.float32)
        table[0] = 0.0
        if sex in self._codes and sex:
            table[self._codes[sex]] = math.log((1 - SEX_WRONG) / 0.5)
        return table

    def _country_table(self, country: str) -> Table:
        if not country:
            return np.zeros(len(self._codes), dtype=np.float32)
        here = self._codes.get(country, -1)
        share = (self._counts[here] + 1) / (self._known + 2)
        table = np.full(len(self._codes), math.log(COUNTRY_WRONG / max(1 - share, 0.05)), dtype=np.float32)
        table[0] = 0.0
        if here > 0:
            table[here] = math.log((1 - COUNTRY_WRONG) / share)
        return table

    def _code(self, value: str) -> int:
        return self._codes.setdefault(value, len(self._codes))

    def _count(self, country: int, by: int) -> None:
        if country:
            self._counts[country] += by
            self._known += by


@lru_cache(maxsize=256)
def _year_table(year: int) -> Table:
    table = np.zeros(LATEST + 1, dtype=np.float32)
    if not year:
        return table
    others = np.abs(np.arange(LATEST + 1) - year)
    table[:] = math.log(YEAR_WRONG)
    for apart, chance in YEAR_RIGHT.items():
        table[others == apart] = math.log(chance / (2 if apart else 1) * YEARS_APART)
    table[0] = 0.0
    return table
