"""What is swept up by itself: photos whose last day has passed, letters that wait to be sealed, old answers."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Block, Clock, Then
from waystation.familylinks.photos import actions, answering
from waystation.familylinks.photos.codes import KEPT_DAYS, AnswerState, State
from waystation.familylinks.photos.models import Answer, Posting
from waystation.vault.actors import system_actor

CHUNK = 200


def sweep(_before: datetime) -> int:
    """Take down what is over; seal what came in while the node was locked."""
    return max(actions.take_down_over(system_actor(), CHUNK), answering.settle_all(CHUNK))


def forget(before: datetime) -> int:
    """Erase the next of the answers that were closed long ago; how many."""
    old = Answer.objects.filter(state=AnswerState.CLOSED, state_at__lt=before).values_list("pk", flat=True)[:CHUNK]
    ids = list(old)
    Answer.objects.filter(pk__in=ids).delete()
    return len(ids)


CLOCKS = (
    Clock(
        code="photos.shown",
        says=_("Photos on the public page"),
        since=_("the last day that the person allowed"),
        days=1,
        then=Then.ERASE,
        act=sweep,
        order=71,
        fixed=True,
    ),
    Clock(
        code="photos.answers",
        says=_("What people answered to a photo"),
        since=_("the day it was closed"),
        days=KEPT_DAYS,
        then=Then.ERASE,
        act=forget,
        order=72,
    ),
)
BLOCK = Block(
    code="photos",
    says=_("A photo of this person is on the public page. Take it down first."),
    rows=lambda: Posting.objects.filter(state=State.SHOWN),
    keeps=True,
)
