"""Where someone could stay, from the least restrictive on, as data.

Order after the UNHCR Detention Guidelines (2012), guideline 4.3 and annex A, and the Human Rights Council's report
A/HRC/20/24: liberty first; what restricts comes only with a reason, an electronic tag last and never by suggestion.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.casework.screening.codes import RATINGS, Domain, Rating


class Placement(TextChoices):
    """Places, the least restrictive first: the order of this list is the order in which they are considered."""

    COMMUNITY = "community", _("In the community, with family or friends")
    HOST = "host", _("With a host family; for a child, a foster family")
    SUPPORTED = "supported", _("In the community, with somebody who visits")
    SAFE_HOUSE = "safe_house", _("In a safe house whose address is not told")
    OPEN_RECEPTION = "open_reception", _("In an open reception centre with the care needed")
    GUARANTOR = "guarantor", _("In the community, with somebody who vouches")
    DIRECTED = "directed", _("At an address that was set")
    REPORTING = "reporting", _("In the community, showing up on set days")
    ELECTRONIC = "electronic", _("With an electronic tag: the very last, never for a child")


ORDER: tuple[Placement, ...] = tuple(Placement)
FREE = ORDER[: ORDER.index(Placement.OPEN_RECEPTION) + 1]
"""Those that do not restrict; anything after them needs a reason."""

FITS: Mapping[Domain, frozenset[Placement]] = {
    Domain.CHILD: frozenset({Placement.HOST, Placement.SUPPORTED, Placement.OPEN_RECEPTION}),
    Domain.GENDER: frozenset({Placement.HOST, Placement.SAFE_HOUSE, Placement.OPEN_RECEPTION}),
    Domain.HEALTH: frozenset({Placement.SUPPORTED, Placement.OPEN_RECEPTION}),
    Domain.PROTECTION: frozenset({Placement.SUPPORTED, Placement.SAFE_HOUSE, Placement.OPEN_RECEPTION}),
    Domain.OTHER: frozenset({Placement.COMMUNITY, Placement.HOST, Placement.SUPPORTED, Placement.OPEN_RECEPTION}),
}
"""Where somebody rated high in a domain gets what is needed."""
HOW_MANY = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """What the ratings come to: the highest, two places from the least restrictive, the domains to ask help for."""

    overall: Rating
    places: tuple[Placement, ...]
    domains: tuple[Domain, ...]


def suggest(ratings: Mapping[Domain, Rating]) -> Suggestion:
    """What follows from ratings of one domain or more; overall is the highest. Raises ValueError for none."""
    overall = highest(ratings.values())
    if overall is None:
        raise ValueError("Nothing was rated yet.")
    high = tuple(domain for domain in Domain if ratings.get(domain) is Rating.HIGH)
    medium = tuple(domain for domain in Domain if ratings.get(domain) is Rating.MEDIUM)
    return Suggestion(overall=overall, places=_places(high), domains=high + medium)


def highest(ratings: Iterable[Rating]) -> Rating | None:
    """The highest of some ratings; None for none."""
    return max(ratings, key=RATINGS.index, default=None)


def needs_reason(chosen: Placement, suggested: tuple[Placement, ...]) -> bool:
    """Whether a place restricts more than the least restrictive one suggested."""
    return ORDER.index(chosen) > ORDER.index(suggested[0])


def _places(high: tuple[Domain, ...]) -> tuple[Placement, ...]:
    for_all = [place for place in FREE if all(place in FITS[domain] for domain in high)]
    for_one = [place for place in FREE if any(place in FITS[domain] for domain in high)]
    best = for_all[:HOW_MANY]
    chosen = best + [place for place in for_one if place not in best][: HOW_MANY - len(best)]
    return tuple(sorted(chosen, key=ORDER.index))
