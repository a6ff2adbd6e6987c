"""What asking the road shows on a tracing request's page, and how it calls a claim in a list of work."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.asking import queries
from waystation.familylinks.asking.codes import AskingState
from waystation.familylinks.asking.models import Claim
from waystation.familylinks.tracing.codes import AT_WORK
from waystation.familylinks.tracing.models import TracingRequest
from waystation.familylinks.tracing.panels import Context, RequestPanel, register


def of_request(request: HttpRequest, row: TracingRequest) -> Context | None:
    """The way to ask, that it was asked, and words that came."""
    words = queries.words_of(row, by=request.actor)  # type: ignore[attr-defined]
    asking = queries.asking_of(row)
    looks = row.state in AT_WORK
    if not (words or asking or looks):
        return None
    return {"row": row, "asking": asking, "words": words, "looks": looks, "is_asked": _is(asking, AskingState.ASKED)}


def askers(claims: Iterable[UUID]) -> dict[UUID, str]:
    """What stands in a list of work instead of the name of whoever is sought: who asks."""
    return dict(Claim.objects.filter(pk__in=list(claims)).values_list("pk", "peer__name"))


def _is(asking: object, state: AskingState) -> bool:
    return getattr(asking, "state", None) == state


def declare() -> None:
    """Register the panel."""
    register(
        RequestPanel(key="asking", title=_("Ask the road"), order=20, template="asking/panel.html", context=of_request)
    )
