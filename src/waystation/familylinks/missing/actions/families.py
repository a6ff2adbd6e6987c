"""Keeping the family of a missing person told: how, how often, and each time that it was done."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import State as FollowUpState
from waystation.familylinks.missing import fitting
from waystation.familylinks.missing.codes import MOST_MONTHS, SOONER, MissingClock
from waystation.familylinks.missing.documents import PlanDocument
from waystation.familylinks.missing.models import ContactPlan
from waystation.familylinks.tracing import queries as tracing
from waystation.familylinks.tracing.actions import NewsDraft, record_told
from waystation.familylinks.tracing.codes import OPEN, News, TracingClock
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.people import cleaning
from waystation.vault import open_document, seal

MONTH = timedelta(days=30)
NOTE = cleaning.LONGEST_NOTE


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """A plan as it is typed: at least every so many months, from which day on, and the sealed rest."""

    document: PlanDocument
    every_months: int = MOST_MONTHS
    next_on: date | None = None


@action("missing.work")
def write_plan(*, by: Actor, request_id: UUID, draft: PlanDraft) -> ContactPlan:
    """Agree with a family how they are kept told; written again, it keeps what they asked for since.

    The next day is never later than the rule allows. Raises NotFound, Invalid.
    """
    request = _open_request(by, request_id)
    row = ContactPlan.objects.select_for_update().filter(request=request).first()
    before = _opened(by, row, request).asked if row else ()
    row = row or ContactPlan(request=request)
    errors: cleaning.Errors = {}
    document = fitting.plan(replace(draft.document, asked=before), errors)
    if not 1 <= draft.every_months <= MOST_MONTHS:
        errors["every_months"] = _("At least every %(most)d months.") % {"most": MOST_MONTHS}
    cleaning.refuse(errors)
    latest = max(latest_day(request, draft.every_months), clock.today())
    chosen = draft.next_on or latest
    if not clock.today() <= chosen <= latest:
        raise Invalid({"next_on": _("Choose a day from today on, and not later than the rule allows.")})
    row.request, row.at, row.by = request, clock.now(), by.account_id
    row.every_months, row.next_on, row.sooner = draft.every_months, chosen, False
    seal(row, "sealed", document)
    row.save()
    _remind(by, row)
    journal.about(by, "missing.plan", row)
    return row


@action("missing.work")
def family_asks(*, by: Actor, request_id: UUID, days: int, words: str = "") -> ContactPlan:
    """The family wishes to hear from us within so many days, never later than before. Raises NotFound, Invalid."""
    row = _plan(by, request_id)
    if days not in SOONER:
        raise Invalid({"days": _("Choose one of the answers offered.")})
    said = _opened(by, row, row.request)
    errors: cleaning.Errors = {}
    asked = cleaning.texts(replace(said, asked=(words,)), errors, asked=NOTE).asked
    if errors:
        raise Invalid({"words": errors["asked"]})
    seal(row, "sealed", replace(said, asked=(*said.asked, *(f"{clock.today():%Y-%m-%d}: {one}" for one in asked))))
    row.next_on, row.sooner = min(row.next_on, clock.today() + timedelta(days=days)), True
    row.save(update_fields=["next_on", "sooner", "sealed"])
    _remind(by, row)
    journal.about(by, "missing.asked", row)
    return row


@action("missing.work")
def tell_family(*, by: Actor, request_id: UUID, draft: NewsDraft) -> ContactPlan:
    """The family was told where things stand. Of a hypothesis they hear nothing here. Raises NotFound, Invalid."""
    row = _plan(by, request_id)
    if not draft.words.strip():
        raise Invalid({"words": _("Write down what was said, also that there is nothing new.")})
    record_told(by, row.request, replace(draft, news=News.LOOKING))
    row.next_on, row.sooner = latest_day(row.request, row.every_months), False
    row.save(update_fields=["next_on", "sooner"])
    _remind(by, row)
    journal.about(by, "missing.told", row)
    return row


def latest_day(request: TracingRequest, months: int) -> date:
    """The last day on which a family may hear from us, counted from when it last did."""
    last = request.told_at or request.opened_at
    return timezone.localdate(last) + months * MONTH


def _open_request(by: Actor, request_id: UUID) -> TracingRequest:
    request = tracing.get_for(by, request_id, lock=True)
    if request.state not in OPEN:
        raise Invalid({}, _("This request is closed. Look again first."))
    return request


def _plan(by: Actor, request_id: UUID) -> ContactPlan:
    request = _open_request(by, request_id)
    row = ContactPlan.objects.select_for_update().filter(request=request).first()
    if row is None:
        raise NotFound
    row.request = request
    return row


def _opened(by: Actor, row: ContactPlan, request: TracingRequest) -> PlanDocument:
    row.request = request
    return open_document(row, PlanDocument, by=by)


def _remind(by: Actor, row: ContactPlan) -> None:
    """One clock for one family: while there is a plan, its day stands in place of the request's six months."""
    followups.finish_follow_up(by=by, kind=MissingClock.UPDATE, subject=row.request_id)
    followups.finish_follow_up(by=by, kind=TracingClock.REPORT, subject=row.request_id, state=FollowUpState.DROPPED)
    followups.open_follow_up(
        by=by,
        kind=MissingClock.UPDATE,
        subject=row.request_id,
        compartment=Compartment.FAMILY_LINKS,
        person_id=row.person_id,
        due_at=clock.end_of(row.next_on),
        owner=row.request.owner,
    )
