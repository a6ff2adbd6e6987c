"""Features in words: of one side, and of both beside each other."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.missing.documents import Features
from waystation.familylinks.missing.fitting import WORDS
from waystation.familylinks.missing.forms.lost import FeaturesForm
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.people.codes import AGES, OLDEST, AgeBand, Sex

Side = dict[Any, str]
TOLD_SEX = frozenset({Sex.FEMALE, Sex.MALE, Sex.OTHER})
LATER = 3
"""Years that may lie between a death, a finding and a request."""


def features(said: Features) -> list[tuple[Any, str]]:
    """Label and words of what is known; what is empty stays away."""
    return [(label, value) for label, value in _lines(said) if value]


def side_by_side(
    family: Features, found: Features, sought: TracingRequest | None = None, birth_year: int | None = None
) -> list[tuple[Any, str, str]]:
    """Label, what the family tells, how the body is described: wherever one of them says something.

    What the request says of sex and age stands in where the family told nothing more. Nothing is judged: a likeness
    that a program counts would be taken for more than it is.
    """
    band = str(AgeBand(sought.age_band).label) if sought and sought.age_band in AGES else ""
    told = _lines(replace(family, sex=_sex(family, sought)), band)
    pairs = [(label, words, seen) for (label, words), (_same, seen) in zip(told, _lines(found), strict=True)]
    pairs.insert(2, (_("Year of birth"), str(birth_year or ""), ""))
    return [line for line in pairs if line[1] or line[2]]


def contradict(
    family: Features, found: Features, sought: TracingRequest, birth_year: int | None = None, found_on: str = ""
) -> bool:
    """Whether sex or age as they are told cannot be those of the body as it is described."""
    if {_sex(family, sought), found.sex} == {Sex.FEMALE, Sex.MALE}:
        return True
    seen = _open(found)
    told = _open(family)
    if told is None and birth_year:
        age = int(found_on[:4] or clock.today().year) - birth_year
        told = (age - LATER, age)
    elif told is None and sought.age_band in AGES:
        youngest, oldest = AGES[AgeBand(sought.age_band)]
        told = (youngest - LATER, oldest + LATER)
    return seen is not None and told is not None and (seen[1] < told[0] or told[1] < seen[0])


def _sex(family: Features, sought: TracingRequest | None) -> str:
    told = family.sex in TOLD_SEX or sought is None or sought.sex not in TOLD_SEX
    return family.sex if told or sought is None else sought.sex


def _open(said: Features) -> tuple[int, int] | None:
    """Ages from and to; nothing where neither is told."""
    if said.age_from is None and said.age_to is None:
        return None
    return said.age_from or 0, OLDEST if said.age_to is None else said.age_to


def _lines(said: Features, band: str = "") -> list[tuple[Any, str]]:
    return [
        (_("Sex"), str(Sex(said.sex).label) if said.sex else ""),
        (_("Age (years)"), _range(said.age_from, said.age_to) or band),
        (_("Height (centimetres)"), _range(said.height_from, said.height_to)),
        *((FeaturesForm.base_fields[name].label, getattr(said, name)) for name in WORDS),
    ]


def _range(low: int | None, high: int | None) -> str:
    told = list(dict.fromkeys(str(value) for value in (low, high) if value is not None))
    return "–".join(told)
