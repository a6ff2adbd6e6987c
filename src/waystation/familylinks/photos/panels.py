"""A person's photo on the public page, on their own page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.photos import queries
from waystation.familylinks.photos.codes import State
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel


def of_person(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """What waits or is shown; what was stands one page further."""
    rows = queries.of_person(person, by=request.actor)  # type: ignore[attr-defined]
    return {"person": person, "postings": [row for row in rows if row.state != State.DOWN], "earlier": bool(rows)}


def declare() -> None:
    """Register it."""
    register_panel(
        Panel(
            key="photos",
            title=_("Photo for the public page"),
            order=47,
            permission="photos.work",
            template="photos/panel.html",
            context=of_person,
        )
    )
