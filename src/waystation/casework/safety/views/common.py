"""What all pages of safety share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.people.panels import readers_of
from waystation.web.forms import mend, status_of


def base(request: StaffRequest, person: Person) -> dict[str, Any]:
    """Who it is about, and who reads it."""
    return {
        "person": person,
        "identity": people.identity_of(person, by=request.actor),
        "readers": readers_of("safety.work", Compartment.PROTECTION, person),
    }


def form_page(
    request: StaffRequest,
    person: Person,
    form: forms.Form,
    title: str,
    save: Callable[[dict[str, Any]], None],
    *,
    template: str = "safety/part.html",
    **more: Any,
) -> HttpResponse:
    """A form; once it is saved, back to the person's safety."""
    if request.method == "POST" and form.is_valid():
        try:
            save(dict(form.cleaned_data))
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect("safety:person", person.pk)
    context = {**base(request, person), "form": form, "title": title, **more}
    return render(request, template, context, status=status_of(form))
