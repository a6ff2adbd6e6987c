"""What the pages of this room share."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from waystation.casework.health.policies import require_trained
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.people.panels import readers_of
from waystation.web.forms import mend, status_of


def patient(request: StaffRequest, person_id: UUID) -> Person:
    """Somebody whose health this reader looks after. Raises NotAllowed, NotFound."""
    require_trained(request.actor)
    return people.get_for_page(request.actor, person_id)


def base(request: StaffRequest, person: Person) -> dict[str, Any]:
    """What every page about one person needs: who it is, and who else reads it."""
    return {
        "person": person,
        "identity": people.identity_of(person, by=request.actor),
        "readers": readers_of("health.work", Compartment.HEALTH, person),
    }


def home(person_id: UUID | None) -> str:
    """The person's health page, or the desk of health."""
    return reverse("health:person", args=[person_id]) if person_id else reverse("health:desk")


def page_of(
    request: StaffRequest,
    person: Person,
    form: forms.Form,
    title: str,
    save: Callable[[dict[str, Any]], object],
    *,
    back: str = "",
    template: str = "health/part.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form about one person; saved, it leads back."""
    back = back or home(person.pk)
    if request.method == "POST" and saved(form, save):
        messages.success(request, _("Recorded."))
        return redirect(back)
    context = {**base(request, person), "form": form, "title": title, "back": back, **more}
    return render(request, template, context, status=status_of(form))


def saved(form: forms.Form, save: Callable[[dict[str, Any]], object]) -> bool:
    """Whether what was typed is fit and kept; what is not stands beside its field."""
    if not form.is_valid():
        return False
    try:
        save(dict(form.cleaned_data))
    except Invalid as problem:
        mend(form, problem)
        return False
    return True
