"""When requests run out, and how long those that ended are kept."""

from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Clock, Then
from waystation.casework.requests import moving
from waystation.casework.requests.codes import (
    GOING_ON,
    KEPT_DAYS,
    LONGEST,
    LOOK_WITHIN,
    WAITING,
    AnswererAct,
    Answering,
    AskerAct,
    Asking,
    RequestClock,
)
from waystation.casework.requests.models import OurRequest, TheirRequest
from waystation.kernel import clock
from waystation.vault.actors import system_actor

CHUNK = 200


def forget(before: datetime) -> int:
    """Erase the words of the next requests of ours that ended, and that others asked; how many."""
    ended = OurRequest.objects.exclude(state__in=GOING_ON).filter(state_at__lt=before, sealed__isnull=False)
    ids = list(ended.values_list("pk", flat=True)[:CHUNK])
    OurRequest.objects.filter(pk__in=ids).update(sealed=None)
    asked = TheirRequest.objects.exclude(state__in=WAITING).filter(state_at__lt=before)
    numbers = list(asked.values_list("pk", flat=True)[:CHUNK])
    TheirRequest.objects.filter(pk__in=numbers).delete()
    return len(ids) + len(numbers)


def lapse(before: datetime) -> int:
    """End the next requests that nobody answered in time; how many. What we were told to find somebody is forgotten."""
    by, long_ago, day = system_actor(), before - LONGEST, localdate(before)
    ours = OurRequest.objects.select_related("peer").filter(
        Q(state__in=[Asking.ASKED, Asking.ACCEPTED], until__lt=day) | Q(state=Asking.NAMED, state_at__lt=long_ago)
    )
    theirs = TheirRequest.objects.filter(
        Q(state=Answering.ASKED, until__lt=day)
        | Q(state__in=[Answering.ACCEPTED, Answering.NAMED], state_at__lt=long_ago)
    )
    due = list(ours[:CHUNK])
    for row in due:
        accepted = row.state != Asking.ASKED
        moving.ours(by, row, AskerAct.LAPSE)
        moving.remind(by, row, RequestClock.LOOK, clock.now() + LOOK_WITHIN)
        if accepted:
            moving.tell_surely(by, row, moving.WITHDRAW)
    forgotten = list(theirs[:CHUNK])
    for asked in forgotten:
        moving.theirs(by, asked, AnswererAct.LAPSE)
    return len(due) + len(forgotten)


CLOCKS = (
    Clock(
        code="requests.silent",
        says=_("Requests between organisations that nobody answered in time, and whom they were about"),
        since=_("the day by which an answer was asked for"),
        days=0,
        then=Then.ERASE,
        act=lapse,
        order=68,
        fixed=True,
    ),
    Clock(
        code="requests.ended",
        says=_("What was said in requests between organisations that ended"),
        since=_("the day it ended"),
        days=KEPT_DAYS,
        then=Then.ERASE,
        act=forget,
        order=69,
    ),
)
