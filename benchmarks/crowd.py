"""Invented people in any number for benches: names out of syllables in four scripts, the common ones common (Zipf)."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from anyascii import anyascii

LATIN = (
    "ma",
    "ri",
    "sa",
    "jo",
    "ka",
    "lu",
    "ne",
    "to",
    "di",
    "fa",
    "ou",
    "ba",
    "che",
    "go",
    "il",
    "an",
    "mi",
    "ro",
    "se",
    "ya",
)
ARABIC = (
    "مح",
    "ما",
    "لي",
    "سن",
    "عب",
    "رح",
    "نو",
    "كر",
    "فا",
    "طي",
    "جم",
    "يو",
    "خل",
    "زي",
    "حس",
    "دا",
    "بو",
    "شا",
    "قا",
    "ها",
)
CYRILLIC = (
    "ра",
    "ми",
    "до",
    "са",
    "лев",
    "ченко",
    "фир",
    "дав",
    "на",
    "зи",
    "ру",
    "ок",
    "ев",
    "ша",
    "ба",
    "ту",
    "ке",
    "ли",
    "ян",
    "ой",
)
ETHIOPIC = ("ሰ", "ላ", "ም", "ዳ", "ዊ", "ት", "ማ", "ር", "ያ", "ተ", "ኽ", "ለ", "ገ", "ብ", "ረ", "ሃ", "ይ", "ኣ", "ስ", "ፍ")
SCRIPTS = (LATIN, ARABIC, CYRILLIC, ETHIOPIC)
WEIGHTS = (55, 25, 12, 8)
POOL = 20_000
ORIGINS = ("SY", "ER", "AF", "GN", "VE", "BD", "SD", "SO", "ML", "UA")


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person."""

    given: str
    family: str
    birth_year: int
    origin: str
    phone: str


class Crowd:
    """The same seed gives the same people."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._pools = [self._pool(syllables) for syllables in SCRIPTS]
        self._rank_weights = [1 / (rank + 10) for rank in range(POOL)]
        self._cumulative = self._running_sum(self._rank_weights)

    def people(self, count: int) -> Iterator[Invented]:
        """So many people, in order."""
        for _ in range(count):
            pool = self._random.choices(self._pools, WEIGHTS)[0]
            given, middle, family = self._random.choices(pool, cum_weights=self._cumulative, k=3)
            yield Invented(
                given=given if self._random.random() < 0.6 else f"{given} {middle}",
                family=family,
                birth_year=self._random.randint(1945, 2025),
                origin=self._random.choice(ORIGINS),
                phone=f"+39350{self._random.randint(1_000_000, 9_999_999)}",
            )

    def as_typed(self, person: Invented) -> str:
        """How someone else types this name next month: with a slip of one letter, or in Latin letters."""
        name = f"{person.given} {person.family}"
        if not name.isascii():
            return anyascii(name)
        place = self._random.randrange(1, len(name) - 1)
        return (
            name[:place] + name[place + 1 :] if self._random.random() < 0.5 else name[:place] + "e" + name[place + 1 :]
        )

    def _pool(self, syllables: tuple[str, ...]) -> list[str]:
        names: dict[str, None] = {}
        while len(names) < POOL:
            parts = self._random.choices(syllables, k=self._random.choice((2, 3, 3, 4)))
            names["".join(parts).capitalize()] = None
        return list(names)

    @staticmethod
    def _running_sum(weights: list[float]) -> list[float]:
        total, sums = 0.0, []
        for weight in weights:
            total += weight
            sums.append(total)
        return sums
