"""How long referrals to us that came to nothing are kept, and the words about those that ended."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from waystation.casework.asked.codes import OPEN
from waystation.casework.asked.models import Asked
from waystation.casework.clocks import Clock, Then
from waystation.casework.referrals.codes import KEPT_DAYS
from waystation.vault import erase_person

CHUNK = 200


def forget(before: datetime) -> int:
    """Erase the next referrals about people we never came to know, and the words of others that ended; how many."""
    ended = Asked.objects.exclude(state__in=OPEN).filter(state_at__lt=before)
    of_somebody = ended.filter(person__isnull=False, sealed__isnull=False)
    words = list(of_somebody.values_list("pk", flat=True)[:CHUNK])
    never = list(ended.filter(person__isnull=True).values_list("pk", flat=True)[:CHUNK])
    for number in (*words, *never):
        erase_person(number)
    Asked.objects.filter(pk__in=words).update(sealed=None)
    Asked.objects.filter(pk__in=never).delete()
    return len(words) + len(never)


CLOCK = Clock(
    code="asked.referrals",
    says=_("Referrals to us that came to nothing, and what was said in those that ended"),
    since=_("the day it ended"),
    days=KEPT_DAYS,
    then=Then.ERASE,
    act=forget,
    order=68,
)
