"""How long what people say of us is kept."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Clock, Then
from waystation.casework.feedback.codes import KEPT_DAYS, State
from waystation.casework.feedback.models import Feedback

CHUNK = 200


def forget(before: datetime) -> int:
    """Erase the next of what was closed long ago, with its letters; how many."""
    old = Feedback.objects.filter(state=State.CLOSED, state_at__lt=before).values_list("pk", flat=True)[:CHUNK]
    ids = list(old)
    Feedback.objects.filter(pk__in=ids).delete()
    return len(ids)


CLOCK = Clock(
    code="feedback.closed",
    says=_("What people say of us"),
    since=_("the day it was closed"),
    days=KEPT_DAYS,
    then=Then.ERASE,
    act=forget,
    order=70,
)
