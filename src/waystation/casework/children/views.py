"""Pages about a child's case."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.casework.cases import queries as cases
from waystation.casework.cases.codes import CaseKind
from waystation.casework.cases.models import Case
from waystation.casework.children import actions, panels, queries
from waystation.casework.children.forms import (
    BeginForm,
    CareForm,
    DecideForm,
    GuardianForm,
    LookAgainForm,
    PanelForm,
)
from waystation.casework.children.models import BestInterests, BestInterestsDocument, CareDocument, GuardianDocument
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.people.panels import readers_of
from waystation.web.forms import mend, status_of


@page("children.work")
def child(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Who speaks for the child, who cares, what is best."""
    case = _child(request, case_id)
    context = {
        "case": case,
        "person": case.person,
        "identity": people.identity_of(case.person, by=request.actor),
        "readers": readers_of("children.work", case.compartment_of_row, case.person),
        "panel": panels.of_child(case, by=request.actor),
    }
    return render(request, "children/child.html", context)


@page("children.work")
def guardian(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Name who speaks for the child."""

    def save(answers: dict[str, Any]) -> None:
        since = answers.pop("since")
        actions.name_guardian(by=request.actor, case_id=case_id, document=GuardianDocument(**answers), since=since)

    return _page(request, case_id, GuardianForm(request.POST or None), _("Name a guardian"), save)


@page("children.work")
@require_POST
def end_guardian(request: StaffRequest, guardian_id: UUID) -> HttpResponse:
    """The guardian is none any more."""
    ended = actions.end_guardian(by=request.actor, guardian_id=guardian_id)
    messages.success(request, _("Recorded."))
    return redirect("children:child", ended.case_id)


@page("children.work")
def care(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Write down who cares for the child."""

    def save(answers: dict[str, Any]) -> None:
        since, concerns = answers.pop("since"), tuple(answers.pop("concerns"))
        document = CareDocument(**answers, concerns=concerns)
        actions.arrange_care(by=request.actor, case_id=case_id, document=document, since=since)

    return _page(request, case_id, CareForm(request.POST or None), _("Who cares for the child?"), save)


@page("children.work")
def begin(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Begin to weigh what is best for the child."""

    def save(answers: dict[str, Any]) -> None:
        procedure = answers.pop("procedure")
        document = BestInterestsDocument(**answers)
        actions.begin_best_interests(by=request.actor, case_id=case_id, procedure=procedure, document=document)

    return _page(request, case_id, BeginForm(request.POST or None), _("What is best for the child?"), save)


@page("children.work")
def panel(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """Call the panel."""
    row, _said = _opened(request, row_id)

    def save(answers: dict[str, Any]) -> None:
        actions.call_panel(by=request.actor, row_id=row.pk, panel=answers["panel"])

    return _page(request, row.case_id, PanelForm(request.POST or None), _("Call the panel"), save)


@page("children.work")
def decide(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """Write down the decision."""
    row, said = _opened(request, row_id)
    form = DecideForm(request.POST or None, initial={"views": said.views, "weighed": said.weighed})
    if row.procedure == "assessment":
        del form.fields["minutes"]

    def save(answers: dict[str, Any]) -> None:
        actions.decide(by=request.actor, row_id=row.pk, decision=actions.Decision(**answers))

    return _page(request, row.case_id, form, _("Write down the decision"), save, said=said)


@page("children.work")
def look_again(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """Look at the decision again."""
    row, said = _opened(request, row_id)

    def save(answers: dict[str, Any]) -> None:
        actions.look_again(by=request.actor, row_id=row.pk, words=answers["words"])

    return _page(request, row.case_id, LookAgainForm(request.POST or None), _("Look at it again"), save, said=said)


def _opened(request: StaffRequest, row_id: UUID) -> tuple[BestInterests, BestInterestsDocument]:
    row = BestInterests.objects.select_related("case").filter(pk=row_id).first()
    if row is None:
        raise NotFound
    view = queries.of_case(_child(request, row.case_id), by=request.actor)
    return next(pair for pair in view.best_interests if pair[0].pk == row.pk)


def _child(request: StaffRequest, case_id: UUID) -> Case:
    case = cases.get_for(request.actor, case_id)
    if case.kind != CaseKind.CHILD:
        raise NotFound
    return case


def _page(
    request: StaffRequest,
    case_id: UUID,
    form: forms.Form,
    title: str,
    save: Callable[[dict[str, Any]], None],
    **more: Any,
) -> HttpResponse:
    case = _child(request, case_id)
    if request.method == "POST" and form.is_valid():
        try:
            save(dict(form.cleaned_data))
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("children:child", case.pk)
    context = {
        "form": form,
        "case": case,
        "person": case.person,
        "identity": people.identity_of(case.person, by=request.actor),
        "readers": readers_of("children.work", case.compartment_of_row, case.person),
        "part_title": title,
        **more,
    }
    template = "children/weigh.html" if more else "cases/part.html"
    return render(request, template, context, status=status_of(form))
