"""Screening for disease: the question, and every step after a yes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from waystation.accounts.queries import handles
from waystation.casework.health import actions, queries
from waystation.casework.health.codes.diseases import EXPLAINED, TABLE, Act, Place, Result, State
from waystation.casework.health.forms.screenings import AskForm, StepForm
from waystation.casework.health.models import DiseaseDocument, DiseaseScreening
from waystation.casework.health.views.common import base, page_of, patient
from waystation.casework.health.views.person import disease_of
from waystation.kernel.errors import NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people.codes import GivenBy
from waystation.vault import open_document

FIRST_ACTS = {
    State.WAITING: Act.NEGATIVE,
    State.UNCLEAR: Act.RETEST,
    State.FOUND: Act.TREAT,
    State.TREATED: Act.CHECK,
    State.PASSED_ON: Act.HEARD,
}
"""The step that stands out in each state."""


@page("health.work")
def ask(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """What is read out, the question, the answer."""
    person = patient(request, person_id)
    form = AskForm(request.POST or None, initial={"place": Place.POST, "agreed_by": GivenBy.SELF})

    def save(answers: dict[str, Any]) -> None:
        actions.ask(by=request.actor, person_id=person.pk, draft=actions.ScreeningDraft(**answers))

    title = _("Ask about a screening for disease")
    return page_of(request, person, form, title, save, template="health/ask.html", explained=EXPLAINED)


@page("health.work")
def screening(request: StaffRequest, screening_id: UUID) -> HttpResponse:
    """Where it stands, what may come next, and each step so far."""
    row = queries.get_for(request.actor, DiseaseScreening, screening_id)
    text = open_document(row, DiseaseDocument, by=request.actor)
    first = FIRST_ACTS.get(State(text.state))
    acts = [(act, Act(act).label, act == first) for act in TABLE.acts(text.state)]
    context = {
        **base(request, row.person),
        "screening": row,
        "text": text,
        "title": disease_of(text),
        "state": State(text.state).label,
        "is_open": bool(acts),
        "result": Result(text.result).label if text.result else "",
        "agreed_by": GivenBy(text.agreed_by).label,
        "acts": acts,
        "steps": [(step, Act(step.act).label) for step in reversed(text.steps)],
        "handles": handles({row.by}),
    }
    return render(request, "health/screening.html", context)


@page("health.work")
def step(request: StaffRequest, screening_id: UUID, act: str) -> HttpResponse:
    """The next step."""
    row = queries.get_for(request.actor, DiseaseScreening, screening_id)
    if act not in Act.values:
        raise NotFound
    form = StepForm(request.POST or None, act=act)

    def save(_answers: dict[str, Any]) -> None:
        actions.go_on(by=request.actor, screening_id=row.pk, draft=form.draft(act))

    back = reverse("health:screening", args=[row.pk])
    return page_of(request, row.person, form, str(Act(act).label), save, back=back)
