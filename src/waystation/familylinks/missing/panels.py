"""What this noun shows on a tracing request's page: the way to it, and what is owed to the family."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.missing import queries
from waystation.familylinks.tracing.codes import OPEN
from waystation.familylinks.tracing.models import TracingRequest
from waystation.familylinks.tracing.panels import RequestPanel, register


def of_request(request: HttpRequest, row: TracingRequest) -> Mapping[str, Any] | None:
    """The way there, and the day that is owed; nothing of hypotheses, since the enquirer may see the page."""
    plan = queries.plans(request.actor).filter(request=row).first()  # type: ignore[attr-defined]
    if row.state not in OPEN and plan is None:
        return None
    return {"row": row, "next_on": plan.next_on if plan and row.state in OPEN else None}


def declare() -> None:
    """Register the panel."""
    register(
        RequestPanel(
            key="missing",
            title=_("Keeping the family told"),
            order=60,
            template="missing/panel.html",
            context=of_request,
        )
    )
