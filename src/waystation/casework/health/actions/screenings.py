"""Asking somebody whether to be tested, and every step after a yes."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.health import queries
from waystation.casework.health.actions.common import LINE, NOTE, new, open_clock, patient, tell
from waystation.casework.health.codes.care import HealthClock
from waystation.casework.health.codes.diseases import (
    A_WEEK,
    AGAIN_WITHIN,
    ASKED,
    HEAR_WITHIN,
    RESULT_OF,
    RESULT_WITHIN,
    TABLE,
    TREAT_WITHIN,
    Act,
    Disease,
    Place,
    State,
)
from waystation.casework.health.models import DiseaseDocument, DiseaseScreening, Step
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.people import cleaning
from waystation.people.codes import GivenBy
from waystation.vault import open_document, seal

FIRST = (Act.AGREE, Act.DECLINE, Act.JOIN)
"""What may be answered to the question."""


@dataclass(frozen=True, kw_only=True)
class ScreeningDraft:
    """A question put to somebody and the answer: `act` is one of FIRST."""

    disease: str
    act: str
    place: str
    other: str = ""
    agreed_by: str = GivenBy.SELF
    words: str = ""


@action("health.work")
def ask(*, by: Actor, person_id: UUID, draft: ScreeningDraft) -> DiseaseScreening:
    """Write down the answer. Only a yes starts a clock; a no is kept, and nothing follows from it.

    Raises NotAllowed, NotFound, Invalid.
    """
    person = patient(by, person_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(Disease, draft.disease, "disease", errors)
    cleaning.require_code(Place, draft.place, "place", errors)
    cleaning.require_code(GivenBy, draft.agreed_by, "agreed_by", errors)
    if draft.act not in FIRST:
        errors["act"] = _("Choose one of the answers offered.")
    document = DiseaseDocument(disease=draft.disease, other=draft.other, agreed_by=draft.agreed_by)
    document = cleaning.texts(document, errors, other=LINE)
    if document.disease == Disease.OTHER and not document.other:
        errors["other"] = _("Say which disease.")
    cleaning.refuse(errors)
    row = new(DiseaseScreening, by, person, place=draft.place)
    moved = _moved(replace(document, state=ASKED), StepDraft(act=draft.act, words=draft.words))
    seal(row, "sealed", moved)
    row.save(force_insert=True)
    _start_clock(by, row, moved, None)
    tell(by, "health.screening", row)
    return row


@dataclass(frozen=True, kw_only=True)
class StepDraft:
    """A step: `on` the day it happened (today if none), `next_on` when the next is due, `next_stop` who goes on."""

    act: str
    words: str = ""
    on: date | None = None
    next_on: date | None = None
    next_stop: str = ""


@action("health.work")
def go_on(*, by: Actor, screening_id: UUID, draft: StepDraft) -> DiseaseScreening:
    """Write down the next step. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, DiseaseScreening, screening_id, lock=True)
    document = open_document(row, DiseaseDocument, by=by)
    TABLE.after(document.state, draft.act)
    errors: cleaning.Errors = {}
    if draft.on is not None and draft.on > clock.today():
        errors["on"] = _("This day lies in the future.")
    if draft.next_on is not None and draft.next_on < clock.today():
        errors["next_on"] = _("Choose a day to come.")
    if draft.act == Act.PASS_ON and not draft.next_stop.strip():
        errors["next_stop"] = _("Say who goes on with it, or where the person goes.")
    cleaning.refuse(errors)
    moved = _moved(document, draft)
    seal(row, "sealed", moved)
    row.save(update_fields=["sealed"])
    followups.finish_follow_up(by=by, kind=HealthClock.STEP, subject=row.pk)
    _start_clock(by, row, moved, draft.next_on)
    tell(by, "health.screening_step", row)
    return row


def _moved(document: DiseaseDocument, draft: StepDraft) -> DiseaseDocument:
    on = draft.on or clock.today()
    changes: dict[str, Any] = {"state": TABLE.after(document.state, draft.act)}
    if draft.act in RESULT_OF:
        changes |= {"result": RESULT_OF[draft.act], "result_on": on}
    if draft.act == Act.RETEST:
        changes |= {"result": "", "result_on": None}
    if draft.act in {Act.TREAT, Act.JOIN}:
        changes["treated_on"] = on
    if draft.act == Act.COMPLETE:
        changes["completed_on"] = on
    if draft.act == Act.PASS_ON:
        changes["next_stop"] = draft.next_stop
    step = Step(act=draft.act, at=clock.now(), words=cleaning.note(draft.words))
    if problem := cleaning.too_long(step.words, NOTE):
        raise Invalid({"words": problem})
    errors: cleaning.Errors = {}
    moved = cleaning.texts(replace(document, **changes, steps=(*document.steps, step)), errors, next_stop=LINE)
    cleaning.refuse(errors)
    return moved


def _start_clock(by: Actor, row: DiseaseScreening, document: DiseaseDocument, next_on: date | None) -> None:
    """What is owed next in this state, and by when; nothing in an end."""
    within: dict[str, timedelta] = {
        State.WAITING: RESULT_WITHIN.get(document.disease, A_WEEK),
        State.UNCLEAR: A_WEEK,
        State.FOUND: TREAT_WITHIN.get(document.disease, A_WEEK),
        State.TREATED: AGAIN_WITHIN,
        State.PASSED_ON: HEAR_WITHIN,
    }
    if document.state not in within:
        return
    due: datetime = clock.end_of(next_on) if next_on else clock.now() + within[document.state]
    open_clock(by, HealthClock.STEP, row, due)
