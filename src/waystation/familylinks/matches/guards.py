"""Nobody is given up while somebody is being looked into."""

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.matches.codes import AT_WORK
from waystation.familylinks.matches.models import Match
from waystation.familylinks.tracing import guards
from waystation.familylinks.tracing.codes import Act
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.errors import Text


def against(row: TracingRequest, act: str) -> Text | None:
    """Why a search is not over yet."""
    if act == Act.GIVE_UP and Match.objects.filter(request=row, state__in=AT_WORK).exists():
        return _("Somebody is being looked into for this request. Decide on them first.")
    return None


def declare() -> None:
    """Tell tracing."""
    guards.register(against)
