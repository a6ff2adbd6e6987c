"""Opening and closing a post for the day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.casework.supplies import ledger
from waystation.casework.tally.codes import CLOCK_OFF, LONGEST_WAIT, TABLE, Act, WhyNot
from waystation.casework.tally.models import Opening
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import cleaning


@dataclass(frozen=True, kw_only=True)
class OpeningDraft:
    """When it was opened, and the hours that are planned."""

    at: time
    planned_from: time | None = None
    planned_to: time | None = None


@action("tally.open")
def open_post(*, by: Actor, day: date, draft: OpeningDraft) -> Opening:
    """The post is open. Raises WrongState, Invalid."""
    row = _of(by, day)
    row.state = TABLE.after(row.state, Act.OPEN)
    row.opened_at, row.opened_by, row.why_not = _moment(day, draft.at), by.account_id, ""
    row.planned_from, row.planned_to = draft.planned_from, draft.planned_to
    return _keep(by, row, "tally.open")


@action("tally.open")
def close_post(*, by: Actor, day: date, at: time) -> Opening:
    """The post is closed for the day; after midnight, if that is earlier than it was opened. Raises as above."""
    row = _of(by, day)
    state = TABLE.after(row.state, Act.CLOSE)
    opened = row.opened_at
    closed = timezone.make_aware(datetime.combine(day, at))
    if opened is not None and closed <= opened:
        closed += timedelta(days=1)
    if closed > clock.now() + CLOCK_OFF:
        raise Invalid({"at": _("This time is still to come.")})
    row.state, row.closed_at, row.closed_by = state, closed, by.account_id
    return _keep(by, row, "tally.close")


@action("tally.open")
def not_opened(*, by: Actor, day: date, why: str) -> Opening:
    """The post is not opened on a day. Raises WrongState, Invalid."""
    errors: cleaning.Errors = {}
    cleaning.require_code(WhyNot, why, "why", errors)
    cleaning.refuse(errors)
    row = _of(by, day)
    row.state, row.why_not = TABLE.after(row.state, Act.NOT_OPENED), why
    return _keep(by, row, "tally.not_opened")


@action("tally.open")
def reopen(*, by: Actor, day: date) -> Opening:
    """It was not closed after all. Raises WrongState, Invalid."""
    row = _of(by, day)
    row.state, row.closed_at, row.closed_by = TABLE.after(row.state, Act.REOPEN), None, None
    return _keep(by, row, "tally.reopen")


def _of(by: Actor, day: date) -> Opening:
    post_id = ledger.hold(by.post_id)
    if not clock.today() - LONGEST_WAIT <= day <= clock.today():
        raise Invalid({"day": _("Choose today, or one of the last %(days)d days.") % {"days": LONGEST_WAIT.days}})
    known = Opening.objects.filter(post=post_id, day=day).first()
    return known or Opening(post_id=post_id, day=day, state=TABLE.first)


def _moment(day: date, at: time) -> datetime:
    moment = timezone.make_aware(datetime.combine(day, at))
    if moment > clock.now() + CLOCK_OFF:
        raise Invalid({"at": _("This time is still to come.")})
    return moment


def _keep(by: Actor, row: Opening, name: str) -> Opening:
    row.save()
    journal.record(by, journal.Entry(action=name, subject=row.pk))
    return row
