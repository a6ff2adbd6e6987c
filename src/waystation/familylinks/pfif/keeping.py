"""When a record that left is over: its last day, a consent taken back, an erased person. Then nothing leads to the
person, and the recipient is owed a placeholder."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import YEAR, Clock, Then
from waystation.casework.followups import actions as followups
from waystation.familylinks.pfif.codes import OVER_TOLD_WITHIN, PfifClock
from waystation.familylinks.pfif.models import PfifRecord
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment
from waystation.people.erasure import Loss, Part, register_part
from waystation.people.models import Consent
from waystation.vault.actors import system_actor

CHUNK = 500


def end_records(before: datetime) -> int:
    """Let go of whom records of the last days are about; how many."""
    due = PfifRecord.objects.filter(over_at__isnull=True, until__lte=timezone.localdate(before))
    return _let_go(list(due.order_by("until", "pk").values_list("pk", flat=True)[:CHUNK]))


def forget_over(before: datetime) -> int:
    """Delete what is long over and was told; how many."""
    rows = PfifRecord.objects.filter(over_told_at__lt=before)
    count, _by_model = PfifRecord.objects.filter(pk__in=rows.values("pk")[:CHUNK]).delete()
    return count


def consent_withdrawn(by: Actor, consent: Consent) -> None:
    """What left under a consent that was taken back is over today, and its recipient is to be told."""
    _end_now(by, PfifRecord.objects.filter(consent=consent))


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Records with registries of missing people"), rows=PfifRecord.objects.filter(person__in=ids))]


def erase(ids: Sequence[UUID]) -> None:
    """What left about an erased person is over today, and its recipient is to be told."""
    _end_now(system_actor(), PfifRecord.objects.filter(person__in=ids))


def _end_now(by: Actor, rows: "QuerySet[PfifRecord]") -> None:
    due = clock.now() + OVER_TOLD_WITHIN
    numbers = list(rows.filter(over_at__isnull=True).values_list("pk", flat=True))
    _let_go(numbers, until=clock.today() - timedelta(days=1))
    for number in numbers:
        followups.open_follow_up(
            by=by, kind=PfifClock.OVER, subject=number, compartment=Compartment.FAMILY_LINKS, due_at=due
        )


def _let_go(numbers: Sequence[UUID], until: date | None = None) -> int:
    ended = {"until": until} if until else {}
    return PfifRecord.objects.filter(pk__in=numbers).update(person=None, consent=None, over_at=clock.now(), **ended)


PART = Part(key="pfif", losses=losses, erase=erase)
CLOCKS = (
    Clock(
        code="pfif.records",
        says=_("Whom records with registries of missing people are about; their number and dates stay"),
        since=_("the last day that was told with them"),
        days=1,
        then=Then.WORDS,
        act=end_records,
        order=74,
        fixed=True,
    ),
    Clock(
        code="pfif.over",
        says=_("Numbers of records with registries that are over, once the registry was told"),
        since=_("the day it was told"),
        days=YEAR,
        then=Then.ERASE,
        act=forget_over,
        order=75,
    ),
)


def declare() -> None:
    """Tell `people` what this noun keeps."""
    register_part(PART)
