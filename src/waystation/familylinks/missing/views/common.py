"""What pages about the missing share."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from waystation.accounts import roles
from waystation.familylinks.tracing import queries as tracing
from waystation.familylinks.tracing.documents import RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.actors import Compartment
from waystation.kernel.errors import Invalid
from waystation.kernel.pages import StaffRequest
from waystation.people import queries as people
from waystation.people.panels import readers_of
from waystation.web.forms import mend, status_of


def of_request(request: StaffRequest, row: TracingRequest) -> dict[str, Any]:
    """Who is sought, by whom, and who reads it."""
    said: RequestDocument = tracing.document_of(row, by=request.actor)
    return {
        "row": row,
        "said": said,
        "person": row.person,
        "identity": people.identity_of(row.person, by=request.actor),
        "readers": readers_of("missing.work", Compartment.FAMILY_LINKS, row.person),
    }


def readers(permission: str) -> str:
    """Who reads what is not about a person in our book, in words."""
    names = [str(roles.label(role)) for role in sorted(roles.readers(permission, Compartment.FAMILY_LINKS))]
    return _(", ").join(names)


def form_page(
    request: StaffRequest,
    form: forms.Form,
    save: Callable[[forms.Form], Any],
    context: dict[str, Any],
    *,
    template: str = "missing/part.html",
    then: Callable[[Any], str],
) -> HttpResponse:
    """A form; once what it says is saved, on to where `then` leads."""
    if request.method == "POST" and form.is_valid():
        try:
            made = save(form)
        except Invalid as problem:
            mend(form, problem)
        else:
            messages.success(request, _("Recorded."))
            return redirect(then(made))
    groups = form.groups() if hasattr(form, "groups") else [("", list(form))]
    return render(request, template, {**context, "form": form, "groups": groups}, status=status_of(form))


def to_request(request_id: UUID) -> Callable[[Any], str]:
    """Back to the page of a request."""
    return lambda _made: reverse("missing:of", args=[request_id])
