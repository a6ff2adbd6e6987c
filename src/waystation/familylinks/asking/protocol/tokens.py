"""Tokens: what is known of a person as conjunctions of at least three facts, each of which a filter says yes or no to.

    2y|a|b|year   2m|a|b|mother   2p|a|b|place   3n|a|b|c            three facts: any holder of 20,000 people or more
    2yp|a|b|year|place   2ym|a|b|year|mother   3ny|a|b|c|year        four facts: a smaller holder, and these only

`a`, `b`, `c` are keys of parts of one name, in the order of the alphabet: a name is a set. The holder stores the year
it knows; who asks tries the year before and after, too. A single fact is never a token: "any Abebe?" has no answer.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from waystation.familylinks.asking.protocol import keys

MOST_STORED, ASKED = 24, 32
"""Tokens of a person in a table; and in every question, with dummies."""
ENOUGH_HITS = 2
FEW_PEOPLE = 20_000
"""Below so many findable people a table holds only tokens of four facts."""
MOST_NAMES, MOST_PLACES = 4, 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody: all `names`, a year of birth (0: not known), the mother's name, places.

    A country stands among the places by its code (ISO 3166-1); the places that tell most come first.
    """

    names: Sequence[str]
    birth_year: int = 0
    mother: str = ""
    places: Sequence[str] = ()


def stored(facts: Facts, *, few: bool) -> list[bytes]:
    """The tokens of a person in a table of many people, or of `few`; at most MOST_STORED."""
    years = (facts.birth_year,) if facts.birth_year else ()
    return list(islice(_each_once(_tokens(facts, years, few=few)), MOST_STORED))


def asked(facts: Facts, *, few: bool) -> list[bytes]:
    """The tokens that a question about somebody spends, without dummies; at most ASKED."""
    years = (facts.birth_year, facts.birth_year - 1, facts.birth_year + 1) if facts.birth_year else ()
    return list(islice(_each_once(_tokens(facts, years, few=few)), ASKED))


def can_be_found(facts: Facts, *, few: bool = False) -> bool:
    """Whether enough is known of somebody for two hits."""
    return len(stored(facts, few=few)) >= ENOUGH_HITS


def _each_once(tokens: Iterable[str]) -> Iterator[bytes]:
    return (token.encode() for token in dict.fromkeys(tokens))


def _tokens(facts: Facts, years: Sequence[int], *, few: bool) -> Iterator[str]:
    """All that can be made of the facts, what tells most first; other readings and places last, so they fall first."""
    names = [keys.rules(parts) for name in facts.names[:MOST_NAMES] if len(parts := keys.keys_of(name)) > 1]
    mother = keys.key_of_first(facts.mother)
    places = [place for one in facts.places[:MOST_PLACES] if (place := keys.key_of_place(one))]
    made = _of_four if few else _of_three
    for readings in (1, keys.MOST_READINGS):
        for with_places in (False, True):
            for rule in (0, 1):
                told = _Told(
                    [str(year) for year in years],
                    [mother[rule][0]] if mother else [],
                    [place[rule][0] for place in places],
                )
                for name in names:
                    yield from made([part[:readings] for part in name[rule]], told, places=with_places)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told beside the names, as it stands in tokens."""

    years: Sequence[str]
    mothers: Sequence[str]
    places: Sequence[str]


def _of_three(parts: Sequence[Sequence[str]], told: _Told, *, places: bool) -> Iterator[str]:
    if places:
        yield from _with("2p", _sets(parts, 2), told.places)
        return
    yield from _with("3n", _sets(parts, 3))
    yield from _with("2y", _sets(parts, 2), told.years)
    yield from _with("2m", _sets(parts, 2), told.mothers)


def _of_four(parts: Sequence[Sequence[str]], told: _Told, *, places: bool) -> Iterator[str]:
    if places:
        yield from _with("2yp", _sets(parts, 2), told.years, told.places)
        return
    yield from _with("3ny", _sets(parts, 3), told.years)
    yield from _with("2ym", _sets(parts, 2), told.years, told.mothers)


def _sets(parts: Sequence[Sequence[str]], size: int) -> list[str]:
    """So many parts of a name, each in one of its readings, in the order of the alphabet, whatever their own order."""
    chosen = (keys_ for some in combinations(sorted(parts, key=tuple), size) for keys_ in product(*some))
    return ["|".join(sorted(some)) for some in chosen]


def _with(kind: str, *facts: Sequence[str]) -> Iterator[str]:
    return ("|".join((kind, *one)) for one in product(*facts))
