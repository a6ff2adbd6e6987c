"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from waystation.web import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation, the actor, and whatever rooms add. Costs no query by itself."""
    actor = getattr(request, "actor", None)
    entries = navigation.shown_to(actor, request.path)
    return {
        "actor": actor,
        "entries": entries[: navigation.MOST],
        "more_entries": entries[navigation.MOST :],
        "demo": settings.DEMO,
        "idle_seconds": settings.IDLE_MINUTES * 60,
        **(navigation.provided(request) if actor else {}),
    }
