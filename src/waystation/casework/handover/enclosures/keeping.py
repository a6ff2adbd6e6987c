"""How long parts wait for the rest of an enclosure, and whose parts stand in the folder of files."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Block, Clock, Then
from waystation.casework.handover import moving
from waystation.casework.handover.enclosures import coming, going
from waystation.casework.handover.enclosures.codes import HALF_KEPT, OPEN, EnclosureAct, EnclosureState
from waystation.casework.handover.models import EnclosureComing, EnclosureGoing, Offered
from waystation.exchange.identity import exchange_actor

CHUNK = 50


def sweep(before: datetime) -> int:
    """End enclosures that never came whole: what had come is destroyed, and both sides are told; how many."""
    by = exchange_actor()
    late = EnclosureComing.objects.filter(state__in=OPEN, state_at__lt=before).select_related("offered__peer")[:CHUNK]
    for enclosure in late:
        coming.move(by, enclosure.offered, enclosure, EnclosureAct.FAIL)
        end = EnclosureState.FAILED.value
        moving.tell_surely(by, enclosure.offered, "handover.file_end", file=enclosure.number.bytes, end=end)
    unheard = EnclosureGoing.objects.filter(state__in=OPEN, state_at__lt=before - HALF_KEPT)
    ours = unheard.select_related("given")[:CHUNK]
    for one in ours:
        going.move(by, one.given, one, EnclosureAct.FAIL)
    return len(late) + len(ours)


def owned(ids: Collection[UUID]) -> Collection[UUID]:
    """Which of some names of the folder hold parts that wait."""
    return set(EnclosureComing.objects.filter(parts_in__in=ids, state__in=OPEN).values_list("parts_in", flat=True))


COMING = Block(
    code="handover.enclosures",
    says=_("Papers of this person are on their way here from another organisation."),
    rows=lambda: Offered.objects.filter(enclosures__state__in=OPEN, person__isnull=False),
)
CLOCK = Clock(
    code="handover.enclosures",
    says=_("A paper that another organisation sent along and that did not wholly arrive"),
    since=_("the moment its first part came"),
    days=HALF_KEPT.days,
    then=Then.ERASE,
    act=sweep,
    order=68,
    fixed=True,
)
