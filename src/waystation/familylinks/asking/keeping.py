"""How long what was asked on the road is kept."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Clock, Then
from waystation.familylinks.asking import deciding, erasure
from waystation.familylinks.asking.codes import KEPT_DAYS, LAPSES_AFTER_DAYS, OPEN_CLAIMS, QuestionState
from waystation.familylinks.asking.models import Answered, Claim, OwnPublication, Question

CHUNK = 200


def forget_claims(before: datetime) -> int:
    """Take claims away that ended long ago; how many."""
    ended = Claim.objects.exclude(state__in=OPEN_CLAIMS).filter(state_at__lt=before)
    gone = list(ended.values_list("pk", flat=True)[:CHUNK])
    erasure.forget(Claim.objects.filter(pk__in=gone))
    return len(gone)


def forget_questions(before: datetime) -> int:
    """Take away that a question was asked or answered, and publications of which nothing is left; how many."""
    asked = Question.objects.filter(asked_at__lt=before, word__isnull=True).exclude(state=QuestionState.ASKED)
    answered = Answered.objects.filter(came_at__lt=before, claims__isnull=True)
    over = OwnPublication.objects.filter(ended_at__lt=before, answered__isnull=True)
    done = 0
    for rows in (asked, answered, over):
        ids = list(rows.values_list("pk", flat=True)[:CHUNK])
        rows.model.objects.filter(Q(pk__in=ids)).delete()
        done += len(ids)
    return done


CLOCKS = (
    Clock(
        code="asking.waiting",
        says=_("Claims of other nodes about people of our book, whom nobody could ask"),
        since=_("the day it came"),
        days=LAPSES_AFTER_DAYS,
        then=Then.WORDS,
        act=deciding.lapse,
        order=70,
    ),
    Clock(
        code="asking.claims",
        says=_("Claims of other nodes about people of our book, once they ended"),
        since=_("the day it ended"),
        days=KEPT_DAYS,
        then=Then.ERASE,
        act=forget_claims,
        order=71,
    ),
    Clock(
        code="asking.questions",
        says=_("That a question on the road was asked or answered"),
        since=_("the day it was asked"),
        days=KEPT_DAYS,
        then=Then.ERASE,
        act=forget_questions,
        order=72,
    ),
)
