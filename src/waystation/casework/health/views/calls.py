"""Calling health staff, what to do until they come, and what they write down."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.accounts.queries import handles
from waystation.casework.health import actions, queries
from waystation.casework.health.codes.support import AT_ONCE, CALLS, PLAN_STEPS, CallAct, CallState, Outcome
from waystation.casework.health.forms.calls import CallForm, CloseForm, PlanForm
from waystation.casework.health.models import Call
from waystation.casework.health.views.common import base, page_of, saved
from waystation.kernel import policies
from waystation.kernel.pages import StaffRequest, page
from waystation.people import queries as people
from waystation.web.forms import status_of


@page("health.call")
def call(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """One tap calls; the page then says what to do, and takes words without showing them again."""
    person = people.get_for_page(request.actor, person_id)
    form = CallForm(request.POST if request.method == "POST" else None)

    def save(answers: dict[str, Any]) -> None:
        actions.call(by=request.actor, person_id=person.pk, words=answers["words"])

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("Health staff are called. Stay with the person."))
        return redirect(f"{request.path}?called=1")
    context = {
        **base(request, person),
        "form": form,
        "called": request.GET.get("called") == "1",
        "steps": AT_ONCE,
        "staff": queries.staff(),
    }
    return render(request, "health/call.html", context, status=status_of(form))


@page("health.work")
def called(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """A call: what was said, what to do now, the plan, the end."""
    row = queries.get_for(request.actor, Call, call_id)
    text, words = queries.call_opened(row, by=request.actor)
    who = {row.by, *(one.by for one, _said in words), *([row.seen_by] if row.seen_by else [])}
    context = {
        **base(request, row.person),
        "call": row,
        "text": text,
        "words": words,
        "handles": handles(who),
        "plan": [(label, getattr(text, name)) for name, (label, _hint) in PLAN_STEPS.items() if getattr(text, name)],
        "outcome": Outcome(text.outcome).label if text.outcome else "",
        "acts": [act for act in CALLS.acts(row.state) if act != CallAct.SEE],
        "unseen": row.state == CallState.RAISED,
        "planned": row.state == CallState.PLANNED,
        "may_refer": policies.permits(request.actor, "referrals.work"),
    }
    return render(request, "health/called.html", context)


@page("health.work")
@require_POST
def see(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """I am with the person."""
    actions.see(by=request.actor, call_id=call_id)
    messages.success(request, _("Recorded. The others see that somebody is there."))
    return redirect("health:called", call_id)


@page("health.work")
def plan(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """The plan to stay safe, made with the person."""
    row = queries.get_for(request.actor, Call, call_id)
    text, _words = queries.call_opened(row, by=request.actor)
    form = PlanForm(request.POST or None, initial={name: getattr(text, name) for name in ("found", *PLAN_STEPS)})

    def save(_answers: dict[str, Any]) -> None:
        actions.plan(by=request.actor, call_id=row.pk, document=form.document())

    back = reverse("health:called", args=[row.pk])
    return page_of(request, row.person, form, _("A plan to stay safe"), save, back=back, template="health/plan.html")


@page("health.work")
def close(request: StaffRequest, call_id: UUID) -> HttpResponse:
    """How it ended."""
    row = queries.get_for(request.actor, Call, call_id)
    form = CloseForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        actions.close(by=request.actor, call_id=row.pk, **answers)

    back = reverse("health:called", args=[row.pk])
    return page_of(request, row.person, form, _("Close the call"), save, back=back)
