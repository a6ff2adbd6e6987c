"""What this room shows on a person's page of what was before."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.retention import queries
from waystation.kernel import policies
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel


def keeping(request: HttpRequest, person: Person) -> Mapping[str, Any]:
    """What holds the record, and whether the person asked to be erased."""
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "person": person,
        "holds": queries.holds_of(person, by=actor),
        "wish": queries.wish_of(person),
        "may_hold": policies.permits(actor, "retention.hold"),
    }


def asked(_request: HttpRequest, person: Person) -> Mapping[str, Any] | None:
    """Which authorities asked about the person."""
    rows = list(queries.requests_about(person))
    return {"rows": rows} if rows else None


def declare() -> None:
    """Register them."""
    register_panel(
        Panel(
            key="keeping",
            title=_("How long this record is kept"),
            order=90,
            permission="people.view",
            template="retention/panel_keeping.html",
            context=keeping,
        )
    )
    register_panel(
        Panel(
            key="authorities",
            title=_("Authorities that asked"),
            order=91,
            permission="retention.asked-about",
            template="retention/panel_asked.html",
            context=asked,
        )
    )
