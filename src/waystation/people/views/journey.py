"""The road of a person: add a stop, move it, write it anew, take it out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions, queries
from waystation.people.forms import StopForm
from waystation.people.views.common import opened, show
from waystation.people.views.person import stops_for_line
from waystation.web.forms import mend, status_of


@page("people.journey")
def journey(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """All stops, and a form for one more."""
    found, identity = opened(request, person_id)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_stop(by=request.actor, person_id=found.pk, stage=form.cleaned_data["stage"], stop=form.stop())
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("The stop is written down."))
            return redirect("people:journey", found.pk)
    context = {"form": form, "stops": stops_for_line(queries.journey_of(found, by=request.actor))}
    return show(request, "journey", found, identity, context, status_of(form))


@page("people.journey")
def stop(request: StaffRequest, person_id: UUID, stop_id: UUID) -> HttpResponse:
    """One stop, written anew. Raises NotFound for a stop of someone else."""
    found, identity = opened(request, person_id)
    own = next((one for one in queries.journey_of(found, by=request.actor) if one.row.pk == stop_id), None)
    if own is None:
        raise NotFound
    initial = {name: getattr(own.document, name) for name in ("country", "place", "when", "note")}
    form = StopForm(request.POST or None, initial=initial | {"stage": own.row.stage})
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_stop(by=request.actor, stop_id=stop_id, stage=form.cleaned_data["stage"], stop=form.stop())
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:journey", found.pk)
    return show(request, "stop", found, identity, {"form": form, "stop": own}, status_of(form))


@page("people.journey")
@require_POST
def move(request: StaffRequest, person_id: UUID, stop_id: UUID) -> HttpResponse:
    """Put a stop at another place of the road."""
    position = request.POST.get("position", "")
    if not (position.isascii() and position.isdigit() and len(position) < 4):
        raise NotFound
    actions.move_stop(by=request.actor, stop_id=stop_id, position=int(position))
    return redirect("people:journey", person_id)


@page("people.journey")
@require_POST
def remove(request: StaffRequest, person_id: UUID, stop_id: UUID) -> HttpResponse:
    """Take a stop out of the road."""
    actions.remove_stop(by=request.actor, stop_id=stop_id)
    messages.success(request, _("The stop is gone, with what was written in it."))
    return redirect("people:journey", person_id)
