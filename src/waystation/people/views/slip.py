"""The printed slip, and a new code when one was lost."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions, queries, slips
from waystation.people.views.common import opened, show


@page("people.view")
def slip(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Slips to print: of this person, or of everyone in the household. A name stands on it only if wished."""
    found, identity = opened(request, person_id)
    with_name = request.GET.get("name") == "yes"
    everyone = request.GET.get("everyone") == "yes"
    view = queries.household_of(found, by=request.actor)
    people = [(found, identity)]
    if everyone and view is not None:
        people += [(member.person, member.identity) for member in view.members if member.person.pk != found.pk]
    context = {
        "slips": [slips.slip(one, own, with_name=with_name) for one, own in people],
        "with_name": with_name,
        "everyone": everyone,
        "travels_along": len(view.members) - 1 if view else 0,
    }
    return show(request, "slip", found, identity, context)


@page("people.correct")
def new_card(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """Asked first: the old code finds nobody from now on; a new slip is printed."""
    if request.method != "POST":
        found, identity = opened(request, person_id)
        return show(request, "new_card", found, identity, {})
    actions.new_card(by=request.actor, person_id=person_id)
    messages.success(request, _("This is a new code. The old one finds nobody any more."))
    return redirect("people:slip", person_id)
