"""Time to recover and think: offered, wanted or not, running, over. Nothing is reported to anyone because of it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases import clocks
from waystation.casework.cases import queries as cases
from waystation.casework.cases.codes import CaseKind, CaseState
from waystation.casework.cases.models import Case
from waystation.casework.followups import actions as followups
from waystation.casework.safety import queries
from waystation.casework.safety.codes import (
    BEFORE_END,
    LONGEST_DAYS,
    OFFER_WITHIN,
    OPEN_TIMES,
    PLAN_WITHIN,
    SHORTEST_DAYS,
    TIME_TABLE,
    Ending,
    SafetyClock,
    TimeAct,
)
from waystation.casework.safety.documents import TimeDocument
from waystation.casework.safety.models import TimeToThink
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.people import cleaning
from waystation.vault import open_document, seal

NOTE = cleaning.LONGEST_NOTE


def when_opened(by: Actor, case: Case) -> None:
    """In a case about trafficking a plan is made and time to think is offered. Inside the opening action."""
    if case.kind == CaseKind.TRAFFICKING:
        clocks.start(by, case, SafetyClock.PLAN, clock.now() + PLAN_WITHIN[case.risk])
        clocks.start(by, case, SafetyClock.OFFER, clock.now() + OFFER_WITHIN)


@action("safety.work")
def offer(*, by: Actor, case_id: UUID, document: TimeDocument) -> TimeToThink:
    """It was explained, and nothing has to be answered now. Raises NotFound, Invalid."""
    case = cases.get_for(by, case_id, lock=True)
    if case.kind != CaseKind.TRAFFICKING:
        raise NotFound
    if case.state == CaseState.CLOSED:
        raise Invalid({}, _("This case is closed. Open it again first."))
    if TimeToThink.objects.filter(case=case, state__in=OPEN_TIMES).exists():
        raise Invalid({}, _("It was offered already. Write down what the person says to that."))
    now = clock.now()
    row = TimeToThink(case=case, at=now, by=by.account_id, state_at=now)
    seal(row, "sealed", _cleaned(document))
    row.save(force_insert=True)
    followups.finish_follow_up(by=by, kind=SafetyClock.OFFER, subject=case.pk)
    _journal(by, "safety.time_offered", row)
    return row


@action("safety.work")
def accept(*, by: Actor, time_id: UUID, words: str = "") -> TimeToThink:
    """The person wants it. Raises NotFound, WrongState, Invalid."""
    row = queries.time_for(by, time_id, lock=True)
    return _moved(by, row, TimeAct.ACCEPT, "safety.time_accepted", **_said(words))


@action("safety.work")
def decline(*, by: Actor, time_id: UUID, words: str = "") -> TimeToThink:
    """The person does not want it; it may be offered again on any day. Raises NotFound, WrongState, Invalid."""
    row = queries.time_for(by, time_id, lock=True)
    return _moved(by, row, TimeAct.DECLINE, "safety.time_declined", **_said(words))


@action("safety.work")
def start(*, by: Actor, time_id: UUID, days: int = SHORTEST_DAYS, started_on: date | None = None) -> TimeToThink:
    """It runs from a day on, for thirty days or more. Raises NotFound, WrongState, Invalid."""
    row = queries.time_for(by, time_id, lock=True)
    TIME_TABLE.after(row.state, TimeAct.START)
    day = started_on or clock.today()
    errors: cleaning.Errors = {}
    _check_days(days, errors)
    if not clock.today() - timedelta(days=SHORTEST_DAYS) < day <= clock.today():
        errors["started_on"] = _("Choose today, or a day of the last month.")
    cleaning.refuse(errors)
    row.started_on, row.days = day, days
    done = _moved(by, row, TimeAct.START, "safety.time_started")
    _before_end(by, done)
    return done


@action("safety.work")
def lengthen(*, by: Actor, time_id: UUID, days: int) -> TimeToThink:
    """The person needs longer: so many days in all, more than before. Raises NotFound, WrongState, Invalid."""
    row = queries.time_for(by, time_id, lock=True)
    TIME_TABLE.after(row.state, TimeAct.LENGTHEN)
    errors: cleaning.Errors = {}
    _check_days(days, errors)
    if row.days is not None and days <= row.days:
        errors["days"] = _("It can only become longer.")
    cleaning.refuse(errors)
    row.days = days
    done = _moved(by, row, TimeAct.LENGTHEN, "safety.time_lengthened")
    _before_end(by, done)
    return done


@action("safety.work")
def end(*, by: Actor, time_id: UUID, ending: str, follows: str) -> TimeToThink:
    """It is over: why, and what comes after. Before its last day only the person ends it.

    Raises NotFound, WrongState, Invalid.
    """
    row = queries.time_for(by, time_id, lock=True)
    TIME_TABLE.after(row.state, TimeAct.END)
    errors: cleaning.Errors = {}
    cleaning.require_code(Ending, ending, "ending", errors)
    if ending == Ending.OVER and row.last_day is not None and clock.today() <= row.last_day:
        errors["ending"] = _("Its last day has not passed. Before that only the person ends it.")
    if not follows.strip() and ending != Ending.DIED:
        errors["follows"] = _("Say what comes after.")
    cleaning.refuse(errors)
    row.ending = ending
    done = _moved(by, row, TimeAct.END, "safety.time_ended", follows=follows)
    followups.finish_follow_up(by=by, kind=SafetyClock.TIME_ENDS, subject=row.case_id)
    return done


def _said(words: str) -> dict[str, str]:
    return {"words": words} if words.strip() else {}


def _check_days(days: int, errors: cleaning.Errors) -> None:
    if not SHORTEST_DAYS <= days <= LONGEST_DAYS:
        errors["days"] = _("Thirty days at least, a year at the most.")


def _moved(by: Actor, row: TimeToThink, act: str, name: str, **said: Any) -> TimeToThink:
    end_state = TIME_TABLE.after(row.state, act)
    seal(row, "sealed", _cleaned(replace(open_document(row, TimeDocument, by=by), **said)))
    row.state, row.state_at = end_state, clock.now()
    row.save(update_fields=["state", "state_at", "started_on", "days", "ending", "sealed"])
    _journal(by, name, row)
    return row


def _cleaned(document: TimeDocument) -> TimeDocument:
    errors: cleaning.Errors = {}
    cleaned = cleaning.texts(document, errors, explained_by=200, words=NOTE, follows=NOTE)
    cleaning.refuse(errors)
    return cleaned


def _before_end(by: Actor, row: TimeToThink) -> None:
    followups.finish_follow_up(by=by, kind=SafetyClock.TIME_ENDS, subject=row.case_id)
    if row.last_day is not None:
        clocks.start(by, row.case, SafetyClock.TIME_ENDS, clock.end_of(row.last_day - BEFORE_END))


def _journal(by: Actor, name: str, row: TimeToThink) -> None:
    journal.record(by, journal.Entry(action=name, subject=row.pk, person=row.case.person_id))
