"""How long words stay that do not say any more what is so."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Clock, Then
from waystation.casework.safety.codes import KEPT_DAYS, PlanState, RiskState
from waystation.casework.safety.models import RiskEvent, SafetyPlan

CHUNK = 200


def forget(before: datetime) -> int:
    """Take the words of the next of what was replaced, written anew or struck out long ago; how many."""
    old: list[QuerySet[Any]] = [
        SafetyPlan.objects.filter(state=PlanState.REPLACED),
        RiskEvent.objects.exclude(state=RiskState.STANDS),
    ]
    done = 0
    for rows in old:
        ids = list(rows.filter(state_at__lt=before, sealed__isnull=False).values_list("pk", flat=True)[: CHUNK - done])
        done += rows.model.objects.filter(pk__in=ids).update(sealed=None)
    return done


CLOCK = Clock(
    code="safety.replaced",
    says=_("What earlier versions of a safety plan said, and what was written anew about risks"),
    since=_("the day a newer one took its place"),
    days=KEPT_DAYS,
    then=Then.WORDS,
    act=forget,
    order=65,
)
