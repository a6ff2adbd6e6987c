"""What other organisations were asked about a person, on the person's page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.requests import queries
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel


def of_person(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """What we asked about this person, the newest first. One query."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = queries.ours(actor).filter(person__in=people.one_person_ids(person)).select_related("peer")
    return {"rows": list(rows.order_by("-made_at", "pk").defer("sealed")), "person": person}


def declare() -> None:
    """Register it."""
    register_panel(
        Panel(
            key="requests",
            title=_("Known elsewhere"),
            order=46,
            permission="requests.view",
            template="requests/panel.html",
            context=of_person,
        )
    )
