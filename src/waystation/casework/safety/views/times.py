"""Time to think: offer it, and go on."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from waystation.casework.cases import queries as cases
from waystation.casework.cases.codes import CaseKind
from waystation.casework.safety import queries
from waystation.casework.safety.actions import times as actions
from waystation.casework.safety.codes import TimeAct
from waystation.casework.safety.documents import TimeDocument
from waystation.casework.safety.forms import EndForm, LengthenForm, OfferForm, StartForm, WordsForm
from waystation.casework.safety.models import TimeToThink
from waystation.casework.safety.views.common import form_page
from waystation.kernel.errors import NotFound
from waystation.kernel.pages import StaffRequest, page

STEPS: dict[str, tuple[type[forms.Form], Callable[..., TimeToThink]]] = {
    TimeAct.ACCEPT: (WordsForm, actions.accept),
    TimeAct.DECLINE: (WordsForm, actions.decline),
    TimeAct.START: (StartForm, actions.start),
    TimeAct.LENGTHEN: (LengthenForm, actions.lengthen),
    TimeAct.END: (EndForm, actions.end),
}


@page("safety.work")
def offer(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """What it is, to read out; then what the person says, today or later."""
    case = cases.get_for(request.actor, case_id)
    if case.kind != CaseKind.TRAFFICKING:
        raise NotFound

    def save(answers: dict[str, Any]) -> None:
        document = TimeDocument(explained_by=answers["explained_by"], words=answers["words"])
        actions.offer(by=request.actor, case_id=case.pk, document=document)

    form = OfferForm(request.POST or None)
    return form_page(request, case.person, form, _("Offer time to think"), save, template="safety/offer.html")


@page("safety.work")
def go_on(request: StaffRequest, time_id: UUID, act: str) -> HttpResponse:
    """The person wants it or not; it begins, becomes longer, is over."""
    row = queries.time_for(request.actor, time_id)
    if act not in STEPS:
        raise NotFound
    made, do = STEPS[act]

    def save(answers: dict[str, Any]) -> None:
        do(by=request.actor, time_id=row.pk, **answers)

    form = made(request.POST or None, initial={"days": row.days} if row.days else None)
    return form_page(request, row.case.person, form, str(TimeAct(act).label), save)
