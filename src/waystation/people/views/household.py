"""Who travels with whom."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions, queries
from waystation.people.codes import Relation
from waystation.people.forms import FindForm, JoinForm, RelationForm
from waystation.people.models import Person
from waystation.people.queries import HouseholdView, Member
from waystation.people.views.common import found_others, opened, show
from waystation.web.forms import mend, status_of


@page("people.household")
def household(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """The household, and finding someone to join it. The search is posted, so that no name stands in an address."""
    found, identity = opened(request, person_id)
    view = queries.household_of(found, by=request.actor)
    find = FindForm(request.POST if "q" in request.POST else None)
    context: dict[str, Any] = {"household": lines(view) if view else [], "find": find, "searched": False}
    if find.is_bound and find.is_valid():
        members = {member.person.pk for member in view.members} if view else set()
        others, problem = found_others(find.cleaned_data["q"], found, by=request.actor, without=members)
        context |= {"others": others, "problem": problem, "searched": True, "join": JoinForm()}
    return show(request, "household", found, identity, context)


@page("people.household")
@require_POST
def join(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Someone found joins; without a household yet, this person becomes the first of one."""
    found = queries.get_for(request.actor, person_id)
    form = JoinForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what they are to the first person of the household."))
        return redirect("people:household", found.pk)
    try:
        view = queries.household_of(found, by=request.actor)
        household_id = view.household_id if view else actions.start_household(by=request.actor, person_id=found.pk).pk
        actions.add_to_household(by=request.actor, household_id=household_id, **form.cleaned_data)
    except Invalid as problem:
        messages.error(request, str(next(iter(problem.fields.values()))))
    else:
        messages.success(request, _("They travel together now."))
    return redirect("people:household", found.pk)


@page("people.household")
def relation(request: StaffRequest, person_id: UUID, membership_id: UUID) -> HttpResponse:
    """Say anew what someone is to the first person."""
    found, identity = opened(request, person_id)
    member = _member(found, membership_id, by=request.actor)
    initial = {"relation": member.document.relation, "note": member.document.note}
    form = RelationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_relation(by=request.actor, membership_id=membership_id, **form.cleaned_data)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:household", found.pk)
    return show(request, "relation", found, identity, {"form": form, "member": member}, status_of(form))


@page("people.household")
@require_POST
def leave(request: StaffRequest, person_id: UUID, membership_id: UUID) -> HttpResponse:
    """Someone no longer travels with this household."""
    actions.leave_household(by=request.actor, membership_id=membership_id)
    messages.success(request, _("They no longer travel together."))
    return redirect("people:household", person_id)


def lines(view: HouseholdView) -> list[dict[str, Any]]:
    """Members with their relations in words: to the first person, and to the person asked about."""
    return [
        {
            "member": member,
            "to_first": Relation(member.relation).label,
            "to_person": Relation(member.to_person).label,
        }
        for member in view.members
    ]


def _member(person: Person, membership_id: UUID, *, by: Actor) -> Member:
    view: HouseholdView | None = queries.household_of(person, by=by)
    for member in view.members if view else ():
        if member.membership.pk == membership_id:
            return member
    raise NotFound
