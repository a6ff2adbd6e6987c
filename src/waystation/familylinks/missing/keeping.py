"""How long lists of who was aboard and descriptions of the dead are kept: as long as families ask, and no longer."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Clock, Then
from waystation.familylinks.missing.codes import KEPT_LOST, KEPT_SURVIVED, Outcome
from waystation.familylinks.missing.models import Aboard, UnidentifiedBody
from waystation.vault import erase_person

CHUNK = 200


def forget_survivors(before: datetime) -> int:
    """Erase the next people who were aboard and survived; how many."""
    return _erase(Aboard.objects.filter(outcome=Outcome.SURVIVED, changed_at__lt=before), CHUNK)


def forget_lost(before: datetime) -> int:
    """Erase the next people who were lost or found long ago and whom no hypothesis names; how many."""
    done = _erase(Aboard.objects.exclude(outcome=Outcome.SURVIVED).filter(changed_at__lt=before), CHUNK)
    found = UnidentifiedBody.objects.filter(changed_at__lt=before, hypotheses__isnull=True)
    return done + _erase(found, CHUNK - done)


def _erase(rows: QuerySet[Any], most: int) -> int:
    ids = list(rows.order_by().values_list("pk", flat=True)[:most])
    for number in ids:
        erase_person(number)
    rows.model.objects.filter(pk__in=ids).delete()
    return len(ids)


CLOCKS = (
    Clock(
        code="missing.survived",
        says=_("Lists of who was aboard: those who survived"),
        since=_("the day it was last changed"),
        days=KEPT_SURVIVED,
        then=Then.ERASE,
        act=forget_survivors,
        order=72,
    ),
    Clock(
        code="missing.lost",
        says=_("Lists of who was aboard, and people found dead whom nobody could name"),
        since=_("the day it was last changed"),
        days=KEPT_LOST,
        then=Then.ERASE,
        act=forget_lost,
        order=73,
    ),
)
