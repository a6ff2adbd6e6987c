"""The decryption budget: distinct people whose documents one account may open in one hour.

The answer to the breach in which administrators' accounts read half a million people in seventy days: no honest day
meets the limit, and above it a second officer decides (EXCHANGE.md section 1).
"""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _

from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Via
from waystation.kernel.clock import now
from waystation.kernel.errors import BudgetSpent, Invalid, NotAllowed
from waystation.vault.models import BudgetRelease, Opening

KEPT = timedelta(hours=48)
MOST_RELEASED = 2000
LOOK_AGAIN = 0.5
"""From this share of the budget on, another request at the same moment could matter: count again when storing."""


@dataclass
class _Hour:
    """Whom one account opened in one hour, as far as this request knows: stored, and not stored yet."""

    hour: datetime
    stored: set[UUID]
    waiting: set[UUID] = field(default_factory=set)


_hours: ContextVar[dict[UUID, _Hour] | None] = ContextVar("opened_people", default=None)


def count(by: Actor, people: Iterable[UUID]) -> None:
    """Count people as opened in this hour, each once. Raises BudgetSpent, and then counts none of them.

    They are stored with the journal's entries about them, in one transaction (`settle`).
    """
    if by.via is Via.SYSTEM:
        return
    known = _known(by.account_id)
    together = known.stored | known.waiting | set(people)
    if len(together) > by.people_per_hour and len(together) > allowed(by):
        raise BudgetSpent
    known.waiting = together - known.stored


def settle(by: Actor) -> None:
    """Store whom this actor opened, in the transaction that writes the journal of it. Raises BudgetSpent when another
    request of the same account took what was left in the same moment."""
    known = (_hours.get() or {}).get(by.account_id)
    if known is None or not known.waiting:
        return
    fresh, known.waiting = known.waiting, set()
    Opening.objects.bulk_create(
        [Opening(account=by.account_id, hour=known.hour, person=person) for person in fresh], ignore_conflicts=True
    )
    known.stored |= fresh
    if len(known.stored) > by.people_per_hour * LOOK_AGAIN:
        # The journal's lock puts readers one after another: what is stored now is what counts.
        opened = Opening.objects.filter(account=by.account_id, hour=known.hour).count()
        if opened > by.people_per_hour and opened > allowed(by):
            known.stored -= fresh
            raise BudgetSpent


def forget_counted(**_signal: object) -> None:
    """Count afresh: at the beginning and the end of each request."""
    _hours.set(None)


def allowed(actor: Actor) -> int:
    """How many people this account may open in this hour, with what was released."""
    return actor.people_per_hour + released(actor.account_id)


def _known(account_id: UUID) -> _Hour:
    hours = _hours.get()
    if hours is None:
        hours = {}
        _hours.set(hours)
    hour, known = this_hour(), hours.get(account_id)
    if known is None or known.hour != hour:
        stored = Opening.objects.filter(account=account_id, hour=hour).values_list("person", flat=True)
        known = hours[account_id] = _Hour(hour, set(stored), known.waiting if known else set())
    return known


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


journal.with_reads(settle)
