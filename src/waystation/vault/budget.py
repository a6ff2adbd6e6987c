"""The decryption budget: distinct people whose documents one account may open in one hour.

The answer to the breach in which administrators' accounts read half a million people in seventy days: no honest day
meets the limit, and above it a second officer decides (EXCHANGE.md section 1).
"""

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Via
from waystation.kernel.clock import now
from waystation.kernel.errors import BudgetSpent, Invalid, NotAllowed
from waystation.vault.models import BudgetRelease, Opening

KEPT = timedelta(hours=48)
_counted: ContextVar[frozenset[tuple[UUID, UUID]] | None] = ContextVar("counted_openings", default=None)
MOST_RELEASED = 2000


def count(by: Actor, people: Iterable[UUID]) -> None:
    """Count people as opened in this hour, each once a request. Raises BudgetSpent, and then counts none of them."""
    counted = _counted.get() or frozenset()
    fresh = [person for person in people if (by.account_id, person) not in counted]
    if by.via is Via.SYSTEM or not fresh:
        return
    hour = this_hour()
    with transaction.atomic():
        Opening.objects.bulk_create(
            [Opening(account=by.account_id, hour=hour, person=person) for person in fresh], ignore_conflicts=True
        )
        opened = Opening.objects.filter(account=by.account_id, hour=hour).count()
        if opened > by.people_per_hour and opened > by.people_per_hour + released(by.account_id):
            raise BudgetSpent
    _counted.set(counted | {(by.account_id, person) for person in fresh})


def forget_counted(**_signal: object) -> None:
    """Count afresh: at the beginning and the end of each request."""
    _counted.set(None)


def spent(actor: Actor) -> int:
    """How many distinct people this account has opened in this hour."""
    return Opening.objects.filter(account=actor.account_id, hour=this_hour()).count()


def released(account_id: UUID) -> int:
    """How many more people a second officer has released for this account in this hour."""
    rows = BudgetRelease.objects.filter(account=account_id, hour=this_hour())
    return rows.aggregate(total=Sum("more"))["total"] or 0


@action("vault.release_budget")
def release(*, by: Actor, account_id: UUID, more: int) -> None:
    """Release more people for another account until the hour is over. Raises NotAllowed for one's own account."""
    if by.account_id == account_id:
        raise NotAllowed
    if not 0 < more <= MOST_RELEASED:
        raise Invalid({"more": _("Write a number from 1 to %(most)d.") % {"most": MOST_RELEASED}})
    BudgetRelease.objects.create(account=account_id, hour=this_hour(), more=more, released_by=by.account_id)
    journal.record(by, journal.Entry(action="vault.release_budget", subject=account_id, detail={"more": more}))


def forget_old() -> None:
    """Drop what was counted more than two days ago."""
    before = now() - KEPT
    Opening.objects.filter(hour__lt=before).delete()
    BudgetRelease.objects.filter(hour__lt=before).delete()


def this_hour() -> datetime:
    """The hour that is counted now."""
    return now().replace(minute=0, second=0, microsecond=0)
