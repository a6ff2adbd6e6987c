"""Pages of outreach: rounds, one round on a phone, doors and places, and the fears named by month."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.casework.outreach import actions, queries
from waystation.casework.outreach.codes import MONTHS_SHOWN, TABLE, Act, Fear, State
from waystation.casework.outreach.forms import (
    CallOffForm,
    ContactForm,
    DoorForm,
    EndForm,
    PlaceForm,
    RoundForm,
    SetOutForm,
)
from waystation.casework.outreach.models import DoorDocument, PlaceDocument, Round, RoundDocument
from waystation.kernel import policies
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.ids import read_id
from waystation.kernel.pages import StaffRequest, page
from waystation.people.queries import overrides_since
from waystation.web.forms import mend, status_of

COMING, PAST = 20, 10


@page("outreach.go")
def rounds(request: StaffRequest) -> HttpResponse:
    """What is planned and under way, then what was."""
    all_of_them = queries.rounds(request.actor)
    open_ones = list(all_of_them.filter(state__in=[State.PLANNED, State.UNDER_WAY])[:COMING])
    past = list(all_of_them.exclude(state__in=[State.PLANNED, State.UNDER_WAY]).order_by("-starts_at")[:PAST])
    names = queries.opened({row.place for row in (*open_ones, *past)}, PlaceDocument, by=request.actor)
    context = {
        "open": [(row, names.get(row.place_id)) for row in open_ones],
        "past": [(row, names.get(row.place_id)) for row in past],
        "may_plan": policies.permits(request.actor, "outreach.plan"),
    }
    return render(request, "outreach/rounds.html", context)


@page("outreach.go")
def one(request: StaffRequest, round_id: UUID) -> HttpResponse:
    """One round: before, a list to check; under way, the contact form; after, what came of it."""
    row = queries.round_for(request.actor, round_id)
    form = ContactForm(request.POST or None, has_door=row.door_id is not None)
    if request.method == "POST" and form.is_valid():
        answers = {**form.cleaned_data}
        contact_id = answers.pop("contact")
        for name in ("fears", "services"):
            answers[name] = tuple(answers[name])
        try:
            draft = actions.ContactDraft(**answers)
            actions.meet(by=request.actor, round_id=row.pk, contact_id=contact_id, draft=draft)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Counted."))
            return redirect(f"{reverse('outreach:round', args=[row.pk])}?last={contact_id}")
    return render(request, "outreach/round.html", _of_round(request, row, form), status=status_of(form))


@page("outreach.go")
@require_POST
def take_back(request: StaffRequest, round_id: UUID) -> HttpResponse:
    """The contact counted last was a slip of the thumb."""
    contact_id = read_id(request.POST.get("contact", ""))
    if contact_id is None:
        raise NotFound
    actions.take_back(by=request.actor, round_id=round_id, contact_id=contact_id)
    messages.success(request, _("Taken back."))
    return redirect("outreach:round", round_id)


@page("outreach.plan")
def plan(request: StaffRequest) -> HttpResponse:
    """Plan a round."""
    places = [(str(row.pk), text.name) for row, text in queries.places(request.actor) if row.is_active]
    doors = [(str(row.pk), text.name) for row, text in queries.doors(request.actor) if row.is_active]
    form = RoundForm(request.POST or None, places=places, doors=doors)

    def save(answers: dict[str, Any]) -> None:
        document = RoundDocument(purpose=answers["purpose"], team=answers["team"])
        draft = actions.RoundDraft(
            place_id=UUID(answers["place"]),
            way=answers["way"],
            starts_at=form.starts_at(),
            document=document,
            door_id=UUID(answers["door"]) if answers["door"] else None,
        )
        actions.plan(by=request.actor, draft=draft)

    return _form(request, form, _("Plan a round"), save, reverse("outreach:rounds"), nothing=not places)


@page("outreach.plan")
def doors(request: StaffRequest) -> HttpResponse:
    """Who opens doors for us."""
    form = DoorForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        kind = answers.pop("kind")
        actions.add_door(by=request.actor, kind=kind, document=DoorDocument(**answers))

    lines = [] if form.is_bound else queries.doors(request.actor)
    return _form(request, form, _("Who opens doors for us"), save, reverse("outreach:doors"), doors=lines)


@page("outreach.plan")
@require_POST
def door(request: StaffRequest, door_id: UUID) -> HttpResponse:
    """We were there, or they open no doors for now."""
    act = actions.pause_door if request.POST.get("act") == "pause" else actions.look_in
    act(by=request.actor, door_id=door_id)
    messages.success(request, _("Recorded."))
    return redirect("outreach:doors")


@page("outreach.plan")
def places(request: StaffRequest) -> HttpResponse:
    """Where people are."""
    form = PlaceForm(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        kind = answers.pop("kind")
        actions.add_place(by=request.actor, kind=kind, document=PlaceDocument(**answers))

    lines = [] if form.is_bound else queries.places(request.actor)
    return _form(request, form, _("Where people are"), save, reverse("outreach:places"), places=lines)


@page("outreach.go")
def go_on(request: StaffRequest, round_id: UUID, act: str) -> HttpResponse:
    """Set out, come back, or call it off."""
    row = queries.round_for(request.actor, round_id)
    if act not in STEPS:
        raise NotFound
    made, do = STEPS[act]
    form = made(request.POST or None)

    def save(answers: dict[str, Any]) -> None:
        do(by=request.actor, round_id=row.pk, **answers)

    return _form(request, form, str(Act(act).label), save, reverse("outreach:round", args=[row.pk]))


STEPS: dict[str, tuple[type[forms.Form], Callable[..., Round]]] = {
    Act.SET_OUT: (SetOutForm, actions.set_out),
    Act.END: (EndForm, actions.end),
    Act.CALL_OFF: (CallOffForm, actions.call_off),
}


@page("outreach.go")
def fears(request: StaffRequest) -> HttpResponse:
    """Fears named by month, and how many were met through those who open doors."""
    named, met = queries.fears_by_month(request.actor), queries.contacts_by_month(request.actor)
    heads = {"through": _("Through who lets us in"), "alone": _("By ourselves")}
    tables = [
        (_("Fears named, by month"), [Fear(code).label for code in named.heads], named),
        (_("People met, by month"), [heads[code] for code in met.heads], met),
    ]
    context = {
        "tables": [
            (title, labels, list(zip(t.months, t.cells, strict=False)), t.cells[-1]) for title, labels, t in tables
        ],
        "empty": not met.months,
        "overrides": overrides_since(MONTHS_SHOWN),
    }
    return render(request, "outreach/fears.html", context)


def _of_round(request: StaffRequest, row: Round, form: ContactForm) -> dict[str, Any]:
    by = request.actor
    contacts = list(row.contacts.all())
    return {
        "round": row,
        "place": queries.opened([row.place], PlaceDocument, by=by).get(row.place_id),
        "door": queries.opened([row.door], DoorDocument, by=by).get(row.door.pk) if row.door else None,
        "said": queries.opened([row], RoundDocument, by=by).get(row.pk),
        "form": form,
        "count": len(contacts),
        "through": sum(contact.through_door for contact in contacts),
        "acts": [(act, Act(act).label) for act in TABLE.acts(row.state) if act in STEPS],
        "last": read_id(request.GET.get("last", "")),
        "may_meet": TABLE.allows(row.state, Act.MEET),
    }


def _form(
    request: StaffRequest,
    form: forms.Form,
    title: str,
    save: Callable[[dict[str, Any]], None],
    back: str,
    **more: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save(dict(form.cleaned_data))
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect(back)
    context = {"form": form, "title": title, "back": back, **more}
    return render(request, "outreach/form.html", context, status=status_of(form))
