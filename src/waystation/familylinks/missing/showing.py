"""Features in words: of one side, and of both beside each other."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.missing.documents import Features
from waystation.familylinks.missing.fitting import WORDS
from waystation.familylinks.missing.forms.lost import FeaturesForm
from waystation.people.codes import Sex

Side = dict[Any, str]


def features(said: Features) -> list[tuple[Any, str]]:
    """Label and words of what is known; what is empty stays away."""
    return [(label, value) for label, value in _lines(said) if value]


def side_by_side(family: Features, found: Features) -> list[tuple[Any, str, str]]:
    """Label, what the family tells, how the body is described: wherever one of them says something.

    Nothing is judged: a likeness that a program counts would be taken for more than it is.
    """
    pairs = zip(_lines(family), _lines(found), strict=True)
    return [(label, told, seen) for (label, told), (_same, seen) in pairs if told or seen]


def _lines(said: Features) -> list[tuple[Any, str]]:
    return [
        (_("Sex"), str(Sex(said.sex).label) if said.sex else ""),
        (_("Age (years)"), _range(said.age_from, said.age_to)),
        (_("Height (centimetres)"), _range(said.height_from, said.height_to)),
        *((FeaturesForm.base_fields[name].label, getattr(said, name)) for name in WORDS),
    ]


def _range(low: int | None, high: int | None) -> str:
    told = list(dict.fromkeys(str(value) for value in (low, high) if value is not None))
    return "–".join(told)
