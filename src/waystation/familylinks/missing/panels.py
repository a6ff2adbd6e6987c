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
    """Nothing for a request that is over and has nothing of ours."""
    actor = request.actor  # type: ignore[attr-defined]
    plan = queries.plans(actor).filter(request=row).first()
    many = queries.hypotheses(actor).filter(request=row).count()
    if row.state not in OPEN and plan is None and not many:
        return None
    return {"row": row, "next_on": plan.next_on if plan and row.state in OPEN else None, "many": many}


def declare() -> None:
    """Register the panel."""
    register(
        RequestPanel(
            key="missing",
            title=_("If this person may have died on the way"),
            order=60,
            template="missing/panel.html",
            context=of_request,
        )
    )
