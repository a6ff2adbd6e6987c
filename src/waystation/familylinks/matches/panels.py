"""What possible matches show on a tracing request's page."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.matches.models import Match
from waystation.familylinks.tracing.codes import AT_WORK, State
from waystation.familylinks.tracing.models import TracingRequest
from waystation.familylinks.tracing.panels import Context, RequestPanel, register

AFTER = (State.FOUND, State.FOUND_DEAD, State.NO_TRACE)


def of_request(_request: HttpRequest, row: TracingRequest) -> Context | None:
    """The way there and nothing more: the enquirer may sit beside this page."""
    return {"row": row} if row.state in AT_WORK or row.state in AFTER else None


def numbers(matches: Iterable[UUID]) -> dict[UUID, str]:
    """What stands in a list of work instead of anybody's name: the number of the request."""
    return dict(Match.objects.filter(pk__in=list(matches)).values_list("pk", "request__number"))


def declare() -> None:
    """Register the panel."""
    register(
        RequestPanel(
            key="matches", title=_("Who may it be?"), order=10, template="matches/panel.html", context=of_request
        )
    )
