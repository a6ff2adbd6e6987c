"""A person's photo on the public page, among their family links; for who sees none of those, beside what was before."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.photos import queries
from waystation.familylinks.photos.codes import State
from waystation.familylinks.tracing.panels import PersonPanel, register_for_person
from waystation.kernel import policies
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]


def of_person(request: HttpRequest, person: Person) -> Context:
    """What waits or is shown."""
    rows = queries.of_person(person, by=request.actor)  # type: ignore[attr-defined]
    return {"person": person, "postings": [row for row in rows if row.state != State.DOWN]}


def beside_what_was(request: HttpRequest, person: Person) -> Context | None:
    """The same for a coordinator, who does not open the page of family links."""
    actor = request.actor  # type: ignore[attr-defined]
    return None if policies.permits(actor, "tracing.work") else of_person(request, person)


def declare() -> None:
    """Register both."""
    title, template = _("Photo for the public page"), "photos/panel.html"
    register_for_person(
        PersonPanel(key="photos", title=title, order=60, permission="photos.work", template=template, context=of_person)
    )
    register_panel(
        Panel(key="photos", title=title, order=63, permission="photos.work", template=template, context=beside_what_was)
    )
