"""How long offers that came to nothing are kept, and the words about those that ended."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Block, Clock, Then
from waystation.casework.handover.codes import KEPT_DAYS, STANDING, Giving, Taking
from waystation.casework.handover.enclosures.codes import OPEN
from waystation.casework.handover.models import EnclosureComing, Given, Offered
from waystation.vault import erase_person

CHUNK = 200
OPEN_HERE = (Taking.ACCEPTED, Taking.TAKEN)


def forget(before: datetime) -> int:
    """Erase the next offers of people we never came to know, and the words about handovers that ended; how many."""
    ended = Given.objects.exclude(state__in=STANDING).filter(state_at__lt=before, sealed__isnull=False)
    ids = list(ended.values_list("pk", flat=True)[:CHUNK])
    Given.objects.filter(pk__in=ids).update(sealed=None)
    EnclosureComing.objects.exclude(state__in=OPEN).filter(state_at__lt=before).update(sealed=None)
    never = Offered.objects.exclude(state__in=OPEN_HERE).filter(state_at__lt=before, person__isnull=True)
    offers = list(never.values_list("pk", flat=True)[:CHUNK])
    for number in offers:
        erase_person(number)
    Offered.objects.filter(pk__in=offers).delete()
    return len(ids) + len(offers)


ON_ITS_WAY = Block(
    code="handover",
    says=_("This person's case is on its way to another organisation, and its arrival is not confirmed yet."),
    rows=lambda: Given.objects.filter(state=Giving.SENT),
    keeps=True,
)
CLOCK = Clock(
    code="handover.offers",
    says=_("Offers of cases that came to nothing, and what was said about handovers that ended"),
    since=_("the day it ended"),
    days=KEPT_DAYS,
    then=Then.ERASE,
    act=forget,
    order=67,
)
