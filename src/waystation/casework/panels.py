"""What the desk shows on a person's page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework import queries
from waystation.casework.codes import NEEDS, OPEN
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel


def now_context(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """Needs with their notes."""
    rows = queries.needs_of(person, by=request.actor)  # type: ignore[attr-defined]
    return {"needs": [(need, NEEDS[need.code].label, note, need.state in OPEN) for need, note in rows]}


def meetings_context(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """Meetings and what was given in them."""
    meetings = queries.meetings_of(person)
    return {"meetings": meetings} if meetings else None


def declare() -> None:
    """Register the panels."""
    register_panel(
        Panel(
            key="now",
            title=_("Now"),
            order=10,
            permission="casework.desk",
            template="casework/panel_now.html",
            context=now_context,
        )
    )
    register_panel(
        Panel(
            key="meetings",
            title=_("Meetings"),
            order=60,
            permission="casework.desk",
            template="casework/panel_meetings.html",
            context=meetings_context,
        )
    )
