"""What a person lived through and fears: add, write anew, strike out."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from waystation.casework.safety import queries
from waystation.casework.safety.actions import risks as actions
from waystation.casework.safety.documents import RiskDocument
from waystation.casework.safety.forms import CorrectForm, RiskForm, WhyForm
from waystation.casework.safety.views.common import form_page
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.vault import open_document


@page("safety.work")
def add(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Write down one thing."""
    found = people.get_for(request.actor, person_id)

    def save(answers: dict[str, Any]) -> None:
        risk, stage = answers.pop("risk"), answers.pop("stage")
        document = RiskDocument(**answers)
        actions.write_risk(by=request.actor, person_id=found.pk, risk=risk, stage=stage, document=document)

    return form_page(request, found, RiskForm(request.POST or None), _("What happened, or is feared"), save)


@page("safety.work")
def correct(request: StaffRequest, risk_id: UUID) -> HttpResponse:
    """Write one thing anew; what stood there is kept."""
    row = queries.risk_for(request.actor, risk_id)
    said = open_document(row, RiskDocument, by=request.actor)
    told = {name: getattr(said, name) for name in CorrectForm.base_fields if name not in {"risk", "stage", "why"}}
    form = CorrectForm(request.POST or None, initial={**told, "risk": row.risk, "stage": row.stage})

    def save(answers: dict[str, Any]) -> None:
        risk, stage = answers.pop("risk"), answers.pop("stage")
        document = RiskDocument(**answers)
        actions.correct_risk(by=request.actor, risk_id=row.pk, risk=risk, stage=stage, document=document)

    return form_page(request, row.person, form, _("Write it anew"), save)


@page("safety.work")
def strike(request: StaffRequest, risk_id: UUID) -> HttpResponse:
    """It was a mistake."""
    row = queries.risk_for(request.actor, risk_id)

    def save(answers: dict[str, Any]) -> None:
        actions.strike_risk(by=request.actor, risk_id=row.pk, why=answers["why"])

    return form_page(request, row.person, WhyForm(request.POST or None), _("Strike it out"), save)
