"""Being seen, things lent or given, and sessions of support."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.casework.health import actions
from waystation.casework.health.forms.care import ContactForm, GroupForm, SessionForm, ThingForm
from waystation.casework.health.models import LentDocument
from waystation.casework.health.policies import require_trained
from waystation.casework.health.views.common import page_of, patient, saved
from waystation.kernel.pages import StaffRequest, page
from waystation.people.models import Person
from waystation.web.forms import status_of


@page("health.work")
def contact(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Somebody is seen."""
    person = patient(request, person_id)
    form = ContactForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        draft = actions.ContactDraft(colour=answers["colour"], document=form.document(), again_on=answers["again_on"])
        actions.record_contact(by=request.actor, person_id=person.pk, draft=draft)

    return page_of(request, person, form, _("Write down what was done"), save)


@page("health.work")
def thing(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Something is lent or given."""
    person = patient(request, person_id)
    form = ThingForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        document = LentDocument(thing=answers["thing"], words=answers["words"])
        actions.lend(by=request.actor, person_id=person.pk, document=document, keeps=answers["keeps"] == "given")

    return page_of(request, person, form, _("Lend or give something"), save, back=_support(person))


@page("health.work")
@require_POST
def settle(request: StaffRequest, lent_id: UUID) -> HttpResponse:
    """What became of something lent."""
    row = actions.settle_lent(by=request.actor, lent_id=lent_id, act=request.POST.get("act", ""))
    messages.success(request, _("Recorded."))
    return redirect("health:support", row.person_id)


@page("health.work")
def session(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A talk with one person."""
    person = patient(request, person_id)
    form = SessionForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        draft = actions.SessionDraft(
            person_id=person.pk, minutes=answers["minutes"], document=form.document(), next_on=answers["next_on"]
        )
        actions.record_session(by=request.actor, draft=draft)

    return page_of(request, person, form, _("Write down a talk of support"), save, back=_support(person))


@page("health.work")
def group(request: StaffRequest) -> HttpResponse:
    """A session with a group."""
    require_trained(request.actor)
    form = GroupForm(request.POST or None, initial={"minutes": 60, "after": request.GET.get("after")})

    def save(answers: dict[str, Any]) -> None:
        draft = actions.SessionDraft(
            people_count=answers["people_count"],
            minutes=answers["minutes"],
            document=form.document(),
            next_on=answers["next_on"],
            after_id=answers["after"],
        )
        actions.record_session(by=request.actor, draft=draft)

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("Recorded."))
        return redirect("health:desk")
    context = {"form": form, "title": _("Write down a session with a group"), "back": reverse("health:desk")}
    return render(request, "health/group.html", context, status=status_of(form))


def _support(person: Person) -> str:
    return reverse("health:support", args=[person.pk])
