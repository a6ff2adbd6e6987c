"""Two people side by side, and in words why one may be the other."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.matches.codes import Why
from waystation.familylinks.matches.comparing import Candidate, Side
from waystation.familylinks.tracing.codes import NameKind, Relation
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.people.codes import Sex
from waystation.web.components.cldr import country_name, language_name

SMALLEST = 0.05
"""A part that tells less is not shown."""
Line = tuple[Any, list[str], list[str]]


def percent(probability: float) -> str:
    """A probability as it is printed: never 0 % or 100 %, nobody is sure of that."""
    if probability < 0.01:
        return "< 1 %"
    return "> 99 %" if probability > 0.99 else f"{100 * probability:.0f} %"


def why(found: Candidate) -> list[tuple[Any, str, bool]]:
    """What speaks for and against, the strongest first: label, weight, whether it speaks for. All of it adds up."""
    told = [(code, weight) for code, weight in found.why if abs(weight) >= SMALLEST]
    lines = [(_label(code), f"{weight:+.1f}", weight > 0) for code, weight in sorted(told, key=lambda one: -one[1])]
    return [*lines, (_("Together"), f"{found.score:+.1f}", found.score > 0)]


def _label(code: str) -> Any:
    if code in Why.values:
        return Why(code).label
    return _("Name: %(part)s") % {"part": code}


def beside(row: TracingRequest, said: RequestDocument, other: Side) -> list[Line]:
    """Label, what is known of the person sought, what is known of the other."""
    relatives = [f"{Relation(one.relation).label}: {one.name}" for one in said.relatives]
    family = [*said.of(NameKind.MOTHER), *relatives]
    lines: list[tuple[Any, Sequence[Any], Sequence[Any]]] = [
        (_("Names"), said.names_to_seek, other.names),
        (_("Their family"), family, other.relatives),
        (_("Sex"), [Sex(row.sex).label], [_sex(other.sex)]),
        (_("Year of birth"), [said.birth_year], [other.birth_year]),
        (_("Comes from"), [country_name(said.country)], [country_name(other.country)]),
        (_("Places"), [said.birth_place, said.lost_at, said.last_place], other.places),
        (
            _("Languages"),
            [language_name(one) for one in said.languages],
            [language_name(one) for one in other.languages],
        ),
        (_("How one would know them"), [said.looks, said.work], []),
        (_("Known from"), [_("what the enquirer told")], [other.source or _("our own book")]),
    ]
    filled = [(label, _texts(ours), _texts(theirs)) for label, ours, theirs in lines]
    return [line for line in filled if line[1] or line[2]]


def _sex(code: str) -> Any:
    return Sex(code).label if code in Sex.values else ""


def _texts(values: Sequence[Any]) -> list[str]:
    return [str(value) for value in values if value not in {None, ""}]
