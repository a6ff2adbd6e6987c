"""Procedures from the first word to the end: steps of the table, who represents, who interprets, whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts.actors import actor_of
from waystation.accounts.models import Account
from waystation.casework.cases import queries as cases
from waystation.casework.followups import actions as followups
from waystation.casework.procedures import queries
from waystation.casework.procedures.actions import days
from waystation.casework.procedures.codes import TABLE, UNDER_WAY, Act, Interpreter, ProcedureKind, Step, Work
from waystation.casework.procedures.documents import ProcedureDocument, Representative, StepTaken
from waystation.casework.procedures.models import Day, Procedure
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Text
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.tongues import LANGUAGES
from waystation.vault import seal

NOTE, LINE = cleaning.LONGEST_NOTE, 200


@dataclass(frozen=True, kw_only=True)
class ProcedureDraft:
    """What begins: `step` is where it stands when we come to know of it."""

    kind: str
    step: str = Step.PREPARING.value
    authority: str = ""
    reference: str = ""
    about: str = ""


@action("procedures.work")
def open_procedure(*, by: Actor, person_id: UUID, draft: ProcedureDraft, case_id: UUID | None = None) -> Procedure:
    """Begin to follow a procedure of a person, on a case or by itself. Raises NotFound, NotAllowed, Invalid."""
    person = people.get_for(by, person_id)
    if not by.opens(Compartment.LEGAL):
        raise NotAllowed
    case = cases.get_for(by, case_id) if case_id else None
    if case is not None and case.person_id not in people.one_person_ids(person):
        raise NotFound
    errors: cleaning.Errors = {}
    cleaning.require_code(ProcedureKind, draft.kind, "kind", errors)
    if draft.step not in {step.value for step in UNDER_WAY}:
        errors["step"] = _("Choose one of the answers offered.")
    first = StepTaken(step=draft.step, day=clock.today(), at=clock.now(), by=by.account_id)
    document = ProcedureDocument(
        kind=draft.kind, authority=draft.authority, reference=draft.reference, about=draft.about, steps=(first,)
    )
    cleaned = cleaning.texts(document, errors, authority=LINE, reference=LINE, about=NOTE)
    cleaning.refuse(errors)
    row = Procedure(person=person, case=case, owner=by.account_id)
    seal(row, "sealed", cleaned)
    row.save(force_insert=True)
    journal.about(by, "procedures.open", row)
    return row


@action("procedures.work")
def write(*, by: Actor, procedure_id: UUID, revision: int, texts: Mapping[str, Any]) -> Procedure:
    """Change what it says. Raises NotFound, Invalid, Conflict when someone else wrote in between."""
    row = queries.get_for(by, procedure_id, lock=True)
    if row.revision != revision:
        raise Conflict
    errors: cleaning.Errors = {}
    document = replace(queries.document_of(row, by=by), **texts)
    cleaning.require_code(ProcedureKind, document.kind, "kind", errors)
    cleaned = cleaning.texts(document, errors, authority=LINE, reference=LINE, about=NOTE)
    cleaning.refuse(errors)
    row.revision += 1
    return _keep(by, row, cleaned, "procedures.write")


@dataclass(frozen=True, kw_only=True)
class Happened:
    """What happened on a day, in words: what was decided, say. Without a day it was today."""

    act: str
    day: date | None = None
    words: str = ""


@action("procedures.work")
def take_step(*, by: Actor, procedure_id: UUID, happened: Happened) -> Procedure:
    """Write down a step of the table. Raises NotFound, WrongState, Invalid."""
    row = queries.get_for(by, procedure_id, lock=True)
    said = queries.document_of(row, by=by)
    end = TABLE.after(said.step, happened.act)
    errors: cleaning.Errors = {}
    day = happened.day or clock.today()
    if day > clock.today():
        errors["day"] = _("This day is to come. Write down what has happened; add days to come below.")
    step = StepTaken(act=happened.act, step=end, day=day, words=happened.words, at=clock.now(), by=by.account_id)
    step = cleaning.texts(step, errors, words=NOTE)
    if happened.act in NEEDS_WORDS and not step.words:
        errors["words"] = NEEDS_WORDS[happened.act]
    cleaning.refuse(errors)
    if end == Step.ENDED:
        row.state, row.ended_on = Work.ENDED, clock.today()
    done = _keep(by, row, replace(said, steps=(*said.steps, step)), f"procedures.{happened.act}")
    days.keep_days(by, done, happened.act)
    if end == Step.ENDED:
        days.quiet(by, done)
    return done


NEEDS_WORDS: Mapping[str, Text] = {
    Act.DECIDE: _("Say in words what was decided."),
    Act.END: _("Say in words how it ended."),
}


@action("procedures.work")
def step_back(*, by: Actor, procedure_id: UUID, why: str = "") -> Procedure:
    """Take the last step back; it stays in the history as taken back. Raises NotFound, Invalid."""
    row = queries.get_for(by, procedure_id, lock=True)
    said = queries.document_of(row, by=by)
    last = said.standing[-1] if said.standing else None
    if last is None or not last.act:
        raise Invalid({}, _("Nothing is left to take back."))
    errors: cleaning.Errors = {}
    undone = cleaning.texts(replace(last, taken_back=True, taken_back_why=why), errors, taken_back_why=NOTE)
    if errors:
        raise Invalid({"why": errors["taken_back_why"]})
    place = max(number for number, one in enumerate(said.steps) if one == last)
    steps = (*said.steps[:place], undone, *said.steps[place + 1 :])
    was_over = row.state == Work.ENDED
    row.state, row.ended_on = Work.OPEN, None
    done = _keep(by, row, replace(said, steps=steps), "procedures.step_back")
    if was_over:
        days.warn_again(by, done)
    return done


@action("procedures.work")
def represent(*, by: Actor, procedure_id: UUID, representative: Representative | None) -> Procedure:
    """Write down who represents the person from a day on, or with None that nobody does any more.

    Who did before is kept with the last day. Raises NotFound, Invalid.
    """
    row = queries.get_for(by, procedure_id, lock=True)
    days.refuse_ended(row)
    said = queries.document_of(row, by=by)
    today = clock.today()
    before = tuple(one if one.until else replace(one, until=today) for one in said.representatives)
    if representative is None:
        return _keep(by, row, replace(said, representatives=before), "procedures.unrepresented")
    errors: cleaning.Errors = {}
    cleaned = cleaning.texts(representative, errors, name=LINE, contact=NOTE)
    if not cleaned.name:
        errors["name"] = _("Say who it is.")
    if cleaned.since and cleaned.since > today:
        errors["since"] = _("This day is to come. Write it down once it has come.")
    cleaning.refuse(errors)
    new = replace(cleaned, since=cleaned.since or today, until=None)
    return _keep(by, row, replace(said, representatives=(*before, new)), "procedures.represent")


@action("procedures.work")
def interpret(*, by: Actor, procedure_id: UUID, interpreter: str, language: str = "") -> Procedure:
    """Write down whether somebody interprets, and from which language. Raises NotFound, Invalid."""
    row = queries.get_for(by, procedure_id, lock=True)
    days.refuse_ended(row)
    errors: cleaning.Errors = {}
    cleaning.require_code(Interpreter, interpreter, "interpreter", errors)
    if language and language not in LANGUAGES:
        errors["language"] = _("Choose a language from the list.")
    if interpreter not in {"", Interpreter.NONE} and not language:
        errors["language"] = _("Say which language.")
    cleaning.refuse(errors)
    said = queries.document_of(row, by=by)
    after = replace(said, interpreter=interpreter, interpreter_language=language)
    return _keep(by, row, after, "procedures.interpret")


@action("procedures.work")
def hand_to(*, by: Actor, procedure_id: UUID, owner: UUID) -> Procedure:
    """Give it, with the warnings of its days, to a colleague who may see it. Raises NotFound, Invalid."""
    row = queries.get_for(by, procedure_id, lock=True)
    colleague = Account.objects.filter(pk=owner, is_active=True).first()
    if colleague is None or not queries.visible_to(actor_of(colleague)).filter(pk=row.pk).exists():
        raise Invalid({"owner": _("Choose a colleague who may see legal help.")})
    row.owner = owner
    row.save(update_fields=["owner"])
    for day in Day.objects.filter(procedure=row):
        followups.give_all(subject=day.pk, owner=owner)
    journal.about(by, "procedures.hand", row)
    return row


def _keep(by: Actor, row: Procedure, document: ProcedureDocument, name: str) -> Procedure:
    seal(row, "sealed", document)
    row.save(update_fields=["sealed", "state", "ended_on", "revision"])
    journal.about(by, name, row)
    return row
