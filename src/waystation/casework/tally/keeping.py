"""How long it is kept who counted, and at which moment."""

from datetime import datetime
from uuid import UUID

from django.db.models.functions import TruncDay
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Clock, Then
from waystation.casework.models import Unnamed
from waystation.casework.tally.codes import TIMES_KEPT_DAYS

CHUNK = 500
NOBODY = UUID(int=0)


def forget(before: datetime) -> int:
    """Take who counted and the time of day from the next old counts; how many. Day, sex, age and number stay."""
    old = Unnamed.objects.filter(at__lt=before).exclude(by=NOBODY).values_list("pk", flat=True)[:CHUNK]
    return Unnamed.objects.filter(pk__in=list(old)).update(by=NOBODY, at=TruncDay("at"))


CLOCK = Clock(
    code="tally.times",
    says=_("Who counted people without a name, and when"),
    since=_("the day they were counted"),
    days=TIMES_KEPT_DAYS,
    then=Then.WORDS,
    act=forget,
    order=76,
)
