"""How long the words about a barrier and whom it met are kept; the count stays."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.barriers.codes import KEPT_DAYS
from waystation.casework.barriers.models import Barrier
from waystation.casework.clocks import Clock, Then

CHUNK = 200


def forget(before: datetime) -> int:
    """Take words and persons from the next of what was long ago; how many."""
    old = Barrier.objects.filter(Q(person__isnull=False) | Q(sealed__isnull=False), day__lt=before.date())
    ids = list(old.values_list("pk", flat=True)[:CHUNK])
    Barrier.objects.filter(pk__in=ids).update(person=None, sealed=None)
    return len(ids)


CLOCK = Clock(
    code="barrier.words",
    says=_("Who was denied help, and in which words; the count stays"),
    since=_("the day it happened"),
    days=KEPT_DAYS,
    then=Then.WORDS,
    act=forget,
    order=66,
)
