"""What possible matches show on a tracing request's page."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.matches import queries
from waystation.familylinks.tracing.codes import AT_WORK
from waystation.familylinks.tracing.models import TracingRequest
from waystation.familylinks.tracing.panels import Context, RequestPanel, register


def of_request(request: HttpRequest, row: TracingRequest) -> Context | None:
    """Who was looked into, and the way to who may be the one."""
    rows = list(queries.of_request(row, by=request.actor))  # type: ignore[attr-defined]
    looks = row.state in AT_WORK
    return {"matches": rows, "looks": looks, "row": row} if rows or looks else None


def declare() -> None:
    """Register the panel."""
    register(
        RequestPanel(
            key="matches", title=_("Who may it be?"), order=10, template="matches/panel.html", context=of_request
        )
    )
