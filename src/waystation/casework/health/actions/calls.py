"""Calling health staff when somebody could harm themselves, and what follows until it is closed."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts.models import Account
from waystation.accounts.roles import Role
from waystation.casework.followups import actions as followups
from waystation.casework.health import queries
from waystation.casework.health.actions.common import NOTE, new, open_clock, tell
from waystation.casework.health.codes.care import HealthClock
from waystation.casework.health.codes.support import (
    CALLS,
    LOOK_IN_AFTER,
    NEEDS_PLAN,
    PLAN_STEPS,
    PLAN_WITHIN,
    SEEN_WITHIN,
    CallAct,
    CallState,
    Outcome,
)
from waystation.casework.health.models import Call, CallDocument, CallWords, WordsDocument
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.vault import open_document, seal


@action("health.call")
def call(*, by: Actor, person_id: UUID, words: str = "") -> Call:
    """Call health staff to a person, now; whoever helps people may, and need not be able to read it again.

    Called again before anybody came, it stays one call and the words are added. Raises NotFound, Invalid.
    """
    person = people.get_for(by, person_id)
    errors: cleaning.Errors = {}
    said = cleaning.texts(WordsDocument(words=words), errors, words=NOTE)
    cleaning.refuse(errors)
    # Locked, so that two who call at once make one call.
    Person.objects.select_for_update().get(pk=person.pk)
    row = Call.objects.filter(person__in=people.one_person_ids(person), state=CallState.RAISED).first()
    if row is None:
        row = new(Call, by, person, state=CallState.RAISED, state_at=clock.now())
        row.save(force_insert=True)
        open_clock(by, HealthClock.CALL, row, clock.now(), mine=False, immediate=True)
        _tell_supervisor_later(by, row)
    if said.words:
        words_row = CallWords(call=row, at=clock.now(), by=by.account_id)
        seal(words_row, "sealed", said)
        words_row.save(force_insert=True)
    tell(by, "health.call", row)
    return row


@action("health.work")
def see(*, by: Actor, call_id: UUID) -> Call:
    """Somebody from health is with the person. Raises NotFound, WrongState."""
    row = queries.get_for(by, Call, call_id, lock=True)
    end = CALLS.after(row.state, CallAct.SEE)
    row.seen_by, row.seen_at = by.account_id, clock.now()
    followups.finish_follow_up(by=by, kind=HealthClock.CALL, subject=row.pk)
    followups.finish_follow_up(by=by, kind=HealthClock.UNSEEN, subject=row.person_id)
    open_clock(by, HealthClock.PLAN, row, clock.now() + PLAN_WITHIN)
    return _move(by, row, end, "health.see")


@action("health.work")
def plan(*, by: Actor, call_id: UUID, document: CallDocument) -> Call:
    """Write down the plan made with the person, or write it anew; a day to look in is set.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.get_for(by, Call, call_id, lock=True)
    end = CALLS.after(row.state, CallAct.PLAN)
    errors: cleaning.Errors = {}
    cleaned = cleaning.texts(document, errors, found=NOTE, **dict.fromkeys(PLAN_STEPS, NOTE))
    if not cleaned.help and not cleaned.staff:
        errors["help"] = _("Write at least whom the person can reach when it gets bad.")
    cleaning.refuse(errors)
    seal(row, "sealed", replace(cleaned, planned_at=clock.now()))
    followups.finish_follow_up(by=by, kind=HealthClock.PLAN, subject=row.pk)
    followups.finish_follow_up(by=by, kind=HealthClock.AGAIN, subject=row.pk)
    open_clock(by, HealthClock.AGAIN, row, clock.now() + LOOK_IN_AFTER)
    return _move(by, row, end, "health.plan")


@action("health.work")
def close(*, by: Actor, call_id: UUID, outcome: str, words: str = "") -> Call:
    """Close it, with how it ended and why. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, Call, call_id, lock=True)
    end = CALLS.after(row.state, CallAct.CLOSE)
    errors: cleaning.Errors = {}
    cleaning.require_code(Outcome, outcome, "outcome", errors)
    if outcome in NEEDS_PLAN and row.state != CallState.PLANNED:
        errors["outcome"] = _("Write down the plan to stay safe first.")
    document = _opened(by, row)
    cleaned = cleaning.texts(replace(document, outcome=outcome, closed=words), errors, closed=NOTE)
    if not cleaned.closed:
        errors["words"] = _("Say in a sentence why it can be closed.")
    cleaning.refuse(errors)
    seal(row, "sealed", cleaned)
    followups.drop_all(by=by, subject=row.pk)
    return _move(by, row, end, "health.close")


def _opened(by: Actor, row: Call) -> CallDocument:
    return open_document(row, CallDocument, by=by) if row.sealed else CallDocument()


def _tell_supervisor_later(by: Actor, row: Call) -> None:
    """Not seen within an hour it stands with the coordinators; at once where nobody looks after health."""
    staffed = Account.objects.filter(role=Role.HEALTH, is_active=True).exists()
    now = clock.now()
    told: dict[str, Any] = {"kind": HealthClock.UNSEEN, "subject": row.person_id, "person_id": row.person_id}
    followups.open_follow_up(
        by=by,
        compartment=Compartment.BASIC,
        due_at=now + SEEN_WITHIN if staffed else now,
        immediate=True,
        **told,
    )


def _move(by: Actor, row: Call, end: str, name: str) -> Call:
    row.state, row.state_at = CallState(end), clock.now()
    row.save(update_fields=["state", "state_at", "seen_by", "seen_at", "sealed"])
    tell(by, name, row)
    return row
