"""A nameless question and a stated consent in words, as both sides see them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from waystation.casework.cases.codes import CaseKind
from waystation.casework.requests import telling
from waystation.casework.requests.codes import Why
from waystation.people.codes import AgeBand, GivenBy, Sex
from waystation.web.components.cldr import day, language_name

Lines = list[tuple[str, str]]


def question_lines(said: Mapping[str, Any]) -> Lines:
    """Label and value of each line of the question; what says nothing stays away."""
    until = said.get("until")
    lines = (
        (_("Why is it asked?"), _label(Why, said.get("why", ""))),
        (_("What was the help about?"), _label(CaseKind, said.get("case_kind", ""))),
        (_("Age"), _label(AgeBand, said.get("age_band", ""))),
        (_("Sex"), _label(Sex, said.get("sex", ""))),
        (_("Languages"), _(", ").join(language_name(code) for code in said.get("languages", ()))),
        (_("When were they helped?"), said.get("when", "")),
        (_("What is asked"), _(", ").join(str(telling.LABELS[code]) for code in said.get("parts", ()))),
        (_("An answer is asked for until"), day(date.fromisoformat(str(until))) if until else ""),
    )
    return [(label, value) for label, value in lines if value]


def consent_lines(said: Mapping[str, Any]) -> Lines:
    """The consent that the other side states."""
    if "consent_on" not in said:
        return []
    read_back = _("Yes") if said["consent_read_back"] else _("No")
    lines = (
        (_("Given on"), day(date.fromisoformat(said["consent_on"]))),
        (_("Holds until"), day(date.fromisoformat(said["consent_until"]))),
        (_("Who decided?"), _label(GivenBy, said["consent_given_by"])),
        (_("Explained in"), language_name(said["consent_language"])),
        (_("Said back in the person's own words"), read_back),
    )
    return [(label, value) for label, value in lines if value]


def _label(codes: type[TextChoices], code: str) -> str:
    return str(codes(code).label) if code in codes.values else code
