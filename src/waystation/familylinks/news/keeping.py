"""How long messages that have ended are kept, and the words of notices that are over."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Block, Clock, Then
from waystation.familylinks.news.codes import KEPT_DAYS, NOTICE_KEPT_DAYS, OVER, State, WellState
from waystation.familylinks.news.models import RedCrossMessage, SafeAndWell
from waystation.vault import erase_person

CHUNK = 200


def forget(before: datetime) -> int:
    """Erase the next messages about nobody of our book, with their keys, and addresses and words of others."""
    ended = RedCrossMessage.objects.filter(state__in=OVER, state_at__lt=before)
    own = list(ended.filter(person__isnull=True).values_list("pk", flat=True)[:CHUNK])
    for number in own:
        erase_person(number)
    RedCrossMessage.objects.filter(pk__in=own).delete()
    filled = ended.filter(Q(address__isnull=False) | Q(words__isnull=False), person__isnull=False)
    named = list(filled.values_list("pk", flat=True)[:CHUNK])
    RedCrossMessage.objects.filter(pk__in=named).update(address=None, words=None)
    return len(own) + len(named)


def forget_notices(before: datetime) -> int:
    """Erase the words of the next notices that are over or were taken back."""
    over = Q(expires_on__lt=before.date()) | (~Q(state=WellState.STANDS) & Q(state_at__lt=before))
    named = list(SafeAndWell.objects.filter(over, sealed__isnull=False).values_list("pk", flat=True)[:CHUNK])
    SafeAndWell.objects.filter(pk__in=named).update(sealed=None)
    return len(named)


CLOCKS = (
    Clock(
        code="news.messages",
        says=_("Family messages that were delivered or have ended"),
        since=_("the day they ended"),
        days=KEPT_DAYS,
        then=Then.ERASE,
        act=forget,
        order=69,
    ),
    Clock(
        code="news.notices",
        says=_("Words that somebody is safe and well, once they hold no more"),
        since=_("their last day"),
        days=NOTICE_KEPT_DAYS,
        then=Then.WORDS,
        act=forget_notices,
        order=69,
    ),
)
BLOCK = Block(
    code="familynews",
    says=_("Family news of theirs is on its way."),
    rows=lambda: RedCrossMessage.objects.exclude(state__in=[State.DRAFT, *OVER]),
    keeps=True,
)
"""Who waits for word of a message, or has an answer waiting here, is not sealed away meanwhile."""
