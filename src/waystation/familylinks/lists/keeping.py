"""How long lists of others are used: to their last day, and each record to its own. A file that nobody looks at goes
the next day."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import Clock, Then
from waystation.familylinks.lists import erasing
from waystation.familylinks.lists.codes import WAITING_DAYS, State
from waystation.familylinks.lists.models import ListedPerson, PersonList

CHUNK = 500
LISTS_AT_ONCE = 5


def end_lists(before: datetime) -> int:
    """Erase the people of lists whose last day has passed; how many rows."""
    return _end(PersonList.objects.filter(state=State.STANDING, until__lte=timezone.localdate(before)), State.OVER)


def drop_waiting(before: datetime) -> int:
    """Drop files that nobody took people from; how many."""
    return _end(PersonList.objects.filter(state=State.WAITING, made_at__lt=before), State.DELETED)


def empty_records(before: datetime) -> int:
    """Leave a placeholder of the next records whose own last day has passed; how many."""
    due = ListedPerson.objects.filter(emptied_at__isnull=True, until__lte=timezone.localdate(before))
    with transaction.atomic():
        rows = list(due.order_by("until", "pk")[:CHUNK])
        if rows:
            erasing.empty(rows)
    return len(rows)


def _end(due: "QuerySet[PersonList]", state: State) -> int:
    return sum(_ended(due, state))


def _ended(due: "QuerySet[PersonList]", state: State) -> Iterator[int]:
    for number in list(due.order_by("until", "pk").values_list("pk", flat=True)[:LISTS_AT_ONCE]):
        with transaction.atomic():
            row = due.select_for_update(of=("self",)).filter(pk=number).first()
            if row is not None:
                yield erasing.end(row, state) + 1


CLOCKS = (
    Clock(
        code="lists.lists",
        says=_("People in lists that others keep"),
        since=_("the last day on which we may use the list"),
        days=1,
        then=Then.ERASE,
        act=end_lists,
        order=71,
        fixed=True,
    ),
    Clock(
        code="lists.records",
        says=_("Records in lists of others whose keeper set a last day; their number and dates stay"),
        since=_("that day"),
        days=1,
        then=Then.WORDS,
        act=empty_records,
        order=72,
        fixed=True,
    ),
    Clock(
        code="lists.waiting",
        says=_("Files of lists that nobody took people from"),
        since=_("the day they came"),
        days=WAITING_DAYS,
        then=Then.ERASE,
        act=drop_waiting,
        order=73,
        fixed=True,
    ),
)
