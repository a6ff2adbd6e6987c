"""What the desk shows on a person's page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework import queries
from waystation.casework.codes import NEEDS, OPEN
from waystation.casework.models import Need, NeedDocument
from waystation.kernel.actors import Compartment
from waystation.people.models import Person
from waystation.people.panels import Panel, readers_of, register_panel

DESK = "casework.desk"


def now_context(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """Needs with their notes; where fewer see one than see the panel, who they are."""
    rows = queries.needs_of(person, by=request.actor)  # type: ignore[attr-defined]
    return {
        "needs": [
            (need, need.label, note, need.state in OPEN, _fewer_readers(need, note, person)) for need, note in rows
        ]
    }


def _fewer_readers(need: Need, note: NeedDocument | None, person: Person) -> str:
    card = NEEDS[need.code]
    compartment = card.note if note else card.seen
    return "" if compartment == Compartment.BASIC else readers_of(DESK, compartment, person)


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
            permission=DESK,
            template="casework/panel_now.html",
            context=now_context,
        )
    )
    register_panel(
        Panel(
            key="meetings",
            title=_("Meetings"),
            order=60,
            permission=DESK,
            template="casework/panel_meetings.html",
            context=meetings_context,
        )
    )
