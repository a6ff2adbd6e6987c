"""Erasing a person for good: what will be lost, who decides, what was done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waystation.kernel import policies
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest, page
from waystation.people import actions
from waystation.people.erasure import HeldBack
from waystation.people.forms import EraseForm
from waystation.people.views.common import opened, show
from waystation.vault import epochs
from waystation.web.forms import mend, status_of

JUST_ERASED = "people.just_erased"


@page("people.ask-erasure")
def erase(request: StaffRequest, person_id: UUID) -> HttpResponse:
    """A coordinator erases; everyone else asks one to."""
    found, identity = opened(request, person_id)
    at_once = policies.permits(request.actor, "people.erase")
    form = EraseForm(request.POST or None, at_once=at_once)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if at_once:
                actions.erase(by=request.actor, person_id=found.pk, reason=reason)
                request.session[JUST_ERASED] = True
                return redirect("people:erased")
            note = form.cleaned_data["note"]
            actions.request_erasure(by=request.actor, person_id=found.pk, reason=reason, note=note)
        except Invalid as problem:
            mend(form, problem)
        except HeldBack as problem:
            messages.warning(request, problem.message)
            return redirect("people:person", found.pk)
        else:
            messages.success(request, _("A coordinator was asked to erase this person. Until then nothing changes."))
            return redirect("people:person", found.pk)
    preview = actions.erasure_preview(by=request.actor, person_id=found.pk)
    context = {"form": form, "preview": preview, "at_once": at_once, "ends_at": epochs.ends_at()}
    return show(request, "erase", found, identity, context, status_of(form))


@page("people.erase")
def erased(request: StaffRequest) -> HttpResponse:
    """What was done, and what is still to come: copies made before become unreadable when the epoch ends.

    Whoever comes without having erased anyone is not told that someone was.
    """
    if not request.session.pop(JUST_ERASED, False):
        return redirect("people:people")
    return render(request, "people/erased.html", {"ends_at": epochs.ends_at()})
