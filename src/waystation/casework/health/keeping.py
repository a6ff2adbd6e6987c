"""How long what nobody needs any more is kept. What is about a person stays with their record."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import YEAR, Clock, Then
from waystation.casework.health.models import Received, Session
from waystation.vault import erase_person

CHUNK = 200


def forget_group_words(before: datetime) -> int:
    """Take the words of sessions with groups, and their keys; the number of people stays. How many."""
    rows = Session.objects.filter(person__isnull=True, at__lt=before, sealed__isnull=False)
    ids = list(rows.values_list("pk", flat=True)[:CHUNK])
    Session.objects.filter(pk__in=ids).update(sealed=None)
    for session_id in ids:
        erase_person(session_id)
    return len(ids)


def forget_originals(before: datetime) -> int:
    """Take the files of other posts; what was read in them stays. How many."""
    ids = list(Received.objects.filter(at__lt=before, original__isnull=False).values_list("pk", flat=True)[:CHUNK])
    Received.objects.filter(pk__in=ids).update(original=None)
    return len(ids)


CLOCKS = (
    Clock(
        code="health.group",
        says=_("What a session with a group was about; the day and the number of people stay"),
        since=_("the session"),
        days=YEAR,
        then=Then.WORDS,
        act=forget_group_words,
        order=55,
    ),
    Clock(
        code="health.original",
        says=_("The file of another post's health summary; what was read in it stays with the person"),
        since=_("the day it was read"),
        days=YEAR,
        then=Then.ERASE,
        act=forget_originals,
        order=56,
    ),
)
