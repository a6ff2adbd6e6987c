"""A nameless preview in words, as both sides see it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from waystation.casework.cases.codes import CaseKind, Risk
from waystation.casework.codes import NEEDS
from waystation.casework.referrals.codes import Service
from waystation.people.codes import AgeBand, Sex
from waystation.people.tongues import LANGUAGES
from waystation.web.components.cldr import day, language_name


def preview_lines(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and value of each line; what says nothing stays away."""
    until = said.get("until")
    lines = (
        (_("What is it about?"), _label(CaseKind, said.get("case_kind", ""))),
        (_("Risk"), _label(Risk, said.get("risk", ""))),
        (_("Age"), _label(AgeBand, said.get("age_band", ""))),
        (_("Sex"), _label(Sex, said.get("sex", ""))),
        (_("Languages"), _(", ").join(_language(code) for code in said.get("languages", ()))),
        (_("Needs"), _(", ").join(str(NEEDS[code].label) for code in said.get("needs", ()) if code in NEEDS)),
        (_("What is asked"), _(", ").join(_labels(Service, said.get("asked", ())))),
        (_("The offer stands until"), day(date.fromisoformat(str(until))) if until else ""),
    )
    return [(label, value) for label, value in lines if value]


def _language(code: str) -> str:
    return language_name(code) if code in LANGUAGES else code


def _labels(codes: type[TextChoices], said: Sequence[str]) -> list[str]:
    return [_label(codes, one) for one in said if one in codes.values]


def _label(codes: type[TextChoices], code: str) -> str:
    return str(codes(code).label) if code in codes.values else code
