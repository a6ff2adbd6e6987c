"""Legal holds: asked for by one officer, placed by another, lifted with a reason, over on their day."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts import approvals
from waystation.casework.followups.actions import finish_follow_up, open_follow_up
from waystation.casework.followups.codes import State
from waystation.casework.retention.actions import checks
from waystation.casework.retention.codes import ACTIVE, OF_TWO, OfTwo
from waystation.casework.retention.models import Hold, ReasonDocument, Wish
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.journal import Entry
from waystation.people import cleaning, queries
from waystation.vault import open_document, seal
from waystation.vault.actors import system_actor

HOLD = "retention.hold"
WISH = "retention.wish"


@action("retention.hold")
def request_hold(*, by: Actor, person_id: UUID, until: date | None, reason: str) -> Hold:
    """Ask a second officer for a legal hold. It holds from now on; a refusal ends it. Raises NotFound, Invalid."""
    person = queries.get_for(by, person_id)
    errors: cleaning.Errors = {}
    checks.until(until, errors)
    document = ReasonDocument(reason=checks.reason(reason, errors))
    cleaning.refuse(errors)
    if Hold.objects.filter(person__in=queries.one_person_ids(person), state__in=ACTIVE).exists():
        raise Invalid({"until": _("A legal hold stands already. Lift it first.")})
    assert until is not None
    hold = Hold(person=person, until=until, asked_at=clock.now(), by=by.account_id)
    seal(hold, "sealed", document)
    hold.save(force_insert=True)
    _journal(by, "retention.hold.ask", hold)
    approvals.request(by=by, kind=HOLD, subject=hold.pk, reason=document.reason)
    return hold


@action("retention.hold")
def lift_hold(*, by: Actor, hold_id: UUID, reason: str) -> Hold:
    """End a hold before its day. Raises NotFound, Invalid without a reason."""
    hold = _of(by, hold_id)
    errors: cleaning.Errors = {}
    said = checks.reason(reason, errors)
    cleaning.refuse(errors)
    before = open_document(hold, ReasonDocument, by=by)
    seal(hold, "sealed", ReasonDocument(reason=before.reason, lifted_because=said))
    approvals.forget([hold.pk])
    _end(hold, by)
    _journal(by, "retention.hold.lift", hold)
    return hold


@action("retention.hold")
def drop_wish(*, by: Actor, person_id: UUID) -> None:
    """The person changed their mind and stays on record. Raises NotFound, also without a wish."""
    ids = queries.one_person_ids(queries.get_for(by, person_id))
    wishes = list(Wish.objects.filter(person__in=ids))
    if not wishes:
        raise NotFound
    for wish in wishes:
        finish_follow_up(by=by, kind=WISH, subject=wish.person_id, state=State.DROPPED)
        wish.delete()
    journal.record(by, Entry(action="retention.wish.drop", subject=ids[0], person=ids[0]))


def place(by: Actor, hold_id: UUID) -> None:
    """The second officer agreed."""
    hold = _locked(hold_id)
    hold.state, hold.approved_by = OF_TWO.after(hold.state, "approve"), by.account_id
    hold.save(update_fields=["state", "approved_by"])
    _journal(by, "retention.hold.place", hold)


def refuse(by: Actor, hold_id: UUID) -> None:
    """The second officer refused, or nobody decided within a day: nothing holds any more."""
    hold = _locked(hold_id)
    hold.state, hold.ended_at = OF_TWO.after(hold.state, "refuse"), clock.now()
    hold.save(update_fields=["state", "ended_at"])
    _remember_wish(by, hold)
    _journal(by, "retention.hold.refuse", hold)


def end_overdue() -> int:
    """End holds whose day has come; called every hour. How many."""
    over = list(Hold.objects.filter(state=OfTwo.STANDS, until__lte=clock.today()))
    for hold in over:
        _end(hold, system_actor())
        _journal(system_actor(), "retention.hold.over", hold)
    return len(over)


def _end(hold: Hold, by: Actor) -> None:
    hold.state, hold.ended_at, hold.ended_by = OF_TWO.after(hold.state, "end"), clock.now(), by.account_id
    hold.save(update_fields=["state", "ended_at", "ended_by", "sealed"])
    _remember_wish(by, hold)


def _remember_wish(by: Actor, hold: Hold) -> None:
    """Nothing stands against it any more: who asked to be erased stands in the list of what is to be done, now."""
    for wish in Wish.objects.filter(person__in=queries.one_person_ids(hold.person_id)):
        finish_follow_up(by=by, kind=WISH, subject=wish.person_id, state=State.DROPPED)
        open_follow_up(
            by=by,
            kind=WISH,
            person_id=wish.person_id,
            subject=wish.person_id,
            compartment=Compartment.BASIC,
            due_at=clock.now(),
        )


def _of(by: Actor, hold_id: UUID) -> Hold:
    hold = Hold.objects.select_for_update().filter(pk=hold_id, state__in=ACTIVE).first()
    if hold is None:
        raise NotFound
    queries.get_for(by, hold.person_id)
    return hold


def _locked(hold_id: UUID) -> Hold:
    hold = Hold.objects.select_for_update().filter(pk=hold_id).first()
    if hold is None:
        raise NotFound
    return hold


def _journal(by: Actor, name: str, hold: Hold) -> None:
    detail = {"until": str(hold.until)}
    journal.record(by, Entry(action=name, subject=hold.pk, person=hold.person_id, detail=detail))
