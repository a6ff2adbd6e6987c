"""Families being brought together, among the family links of each of the two and on the page of a tracing request."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.reunification import queries
from waystation.familylinks.tracing import panels as of_tracing
from waystation.familylinks.tracing.codes import State
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import policies
from waystation.people.models import Person

Context = Mapping[str, Any]


def of_person(request: HttpRequest, person: Person) -> Context:
    """Each in which they are one of the two."""
    return {"rows": queries.of_person(person, by=request.actor), "person": person}  # type: ignore[attr-defined]


def of_request(request: HttpRequest, row: TracingRequest) -> Context | None:
    """The way on from a search that found somebody. Nothing is asked of the database: that page is full."""
    actor = request.actor  # type: ignore[attr-defined]
    found = row.state == State.FOUND and policies.permits(actor, "reunification.work")
    return {"person": row.person, "request": row} if found else None


def declare() -> None:
    """Register both."""
    title = _("Bringing the family together")
    of_tracing.register_for_person(
        of_tracing.PersonPanel(
            key="reunification",
            title=title,
            order=50,
            permission="reunification.work",
            template="reunification/panel.html",
            context=of_person,
        )
    )
    of_tracing.register(
        of_tracing.RequestPanel(
            key="reunification", title=title, order=70, template="reunification/panel.html", context=of_request
        )
    )
