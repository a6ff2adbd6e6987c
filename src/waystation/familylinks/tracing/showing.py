"""A request in words: what is known of the person sought, group by group; what is empty stays away."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.tracing.codes import Cause, NameKind, Relation
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.people.codes import AgeBand, Sex
from waystation.web.components.cldr import country_name, language_name

Value = Callable[[TracingRequest, RequestDocument], Any]
Line = tuple[Any, list[str]]


def _text(name: str) -> Value:
    return lambda _row, said: getattr(said, name)


def _names(kind: NameKind) -> Value:
    return lambda _row, said: said.of(kind)


def _country(name: str) -> Value:
    return lambda _row, said: country_name(getattr(said, name))


def _cause(_row: TracingRequest, said: RequestDocument) -> Any:
    return Cause(said.cause).label if said.cause else ""


def _relatives(_row: TracingRequest, said: RequestDocument) -> list[str]:
    return [f"{Relation(one.relation).label}: {one.name}" for one in said.relatives]


GROUPS: tuple[tuple[Any, tuple[tuple[Any, Value], ...]], ...] = (
    (
        _("The person sought"),
        (
            *((kind.label, _names(kind)) for kind in NameKind),
            (_("Sex"), lambda row, _said: Sex(row.sex).label),
            (_("Age today"), lambda row, _said: AgeBand(row.age_band).label),
            (_("Year of birth"), _text("birth_year")),
            (_("Born in (town, village)"), _text("birth_place")),
            (_("Comes from"), _country("country")),
            (_("Languages"), lambda _row, said: [language_name(code) for code in said.languages]),
            (_("Work"), _text("work")),
            (_("How one would know them"), _text("looks")),
            (_("Their family"), _relatives),
        ),
    ),
    (
        _("How they lost each other"),
        (
            (_("How did they lose each other?"), _cause),
            (_("When"), _text("lost_on")),
            (_("Where"), _text("lost_at")),
            (_("What happened"), _text("lost_how")),
        ),
    ),
    (
        _("The last news"),
        (
            (_("When"), _text("last_on")),
            (_("In which country"), _country("last_country")),
            (_("Where"), _text("last_place")),
            (_("Last telephone number"), _text("last_phone")),
            (_("How they last heard of each other"), _text("last_how")),
            (_("Who was on the way with them"), _text("together")),
        ),
    ),
    (
        _("What was tried"),
        (
            (_("Who was asked already"), _text("asked_already")),
            (_("With another society"), _text("sent_to")),
            (_("What the enquirer wishes, and fears"), _text("wishes")),
            (_("Who else can help"), _text("not_taken_up")),
        ),
    ),
)


def shown(row: TracingRequest, said: RequestDocument) -> list[tuple[Any, list[Line]]]:
    """Groups with their lines: label, values."""
    groups = []
    for title, lines in GROUPS:
        filled = [(label, _values(value(row, said))) for label, value in lines]
        if kept := [(label, values) for label, values in filled if values]:
            groups.append((title, kept))
    return groups


def _values(value: Any) -> list[str]:
    many = value if isinstance(value, list | tuple) else [value]
    return [str(one) for one in many if one not in {None, ""}]
