"""Plans to stay safe: written together, read back, looked at again. Every version is kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import Risk
from waystation.casework.cases.models import Case
from waystation.casework.followups import actions as followups
from waystation.casework.safety import queries
from waystation.casework.safety.codes import (
    ASKED,
    PLAN_TABLE,
    READ_BACK_WITHIN,
    REVIEW_EVERY,
    STANDING,
    Paper,
    PlanAct,
    PlanState,
    SafetyClock,
)
from waystation.casework.safety.documents import PlanDocument
from waystation.casework.safety.models import SafetyPlan
from waystation.casework.safety.pocket import giveaways
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Invalid
from waystation.organisations.queries import own_organisation
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.vault import open_document, seal

NOTE = cleaning.LONGEST_NOTE
TEXTS = (
    "fears", "warning_signs", "safe_people", "safe_places", "reach_number", "reach_when", "reach_say", "no_contact_why",
    "take_along", "if_then", "pocket", "agreed", "refused", "again", "ended",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """A version as it is typed: how great the danger is, whether nobody may contact the person, and the words."""

    risk: str
    document: PlanDocument
    no_contact: bool = False


@action("safety.work")
def write_plan(*, by: Actor, person_id: UUID, draft: PlanDraft) -> SafetyPlan:
    """Write a new version; the one agreed to stays valid until this one is read back. Raises NotFound, Invalid."""
    person = people.get_for(by, person_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(Risk, draft.risk, "risk", errors)
    cleaned = _cleaned(draft.document, errors)
    if found := giveaways(cleaned.pocket, _never_on_paper(by, person, cleaned)):
        errors["pocket"] = _("These words could give the person away: %(words)s. Choose others.") % {
            "words": ", ".join(found)
        }
    if not any(getattr(cleaned, name) for name in (*TEXTS, "never_know")):
        errors["fears"] = _("Write something first.")
    cleaning.refuse(errors)
    before = queries.plans_of(person, by=by)
    _replace(before, PlanState.DRAFT)
    row = _new(by, person, before, PlanAct.WRITE, cleaned, risk=draft.risk, no_contact=draft.no_contact)
    followups.finish_follow_up(by=by, kind=SafetyClock.READ_BACK, subject=person.pk)
    _clock(by, SafetyClock.READ_BACK, person.pk, clock.now() + READ_BACK_WITHIN)
    journal.about(by, "safety.write", row)
    return row


@action("safety.work")
def read_back(*, by: Actor, plan_id: UUID, words: str = "") -> SafetyPlan:
    """It was read back and the person agrees: valid from now on. Raises NotFound, WrongState, Invalid."""
    row = queries.plan_for(by, plan_id, lock=True)
    end = PLAN_TABLE.after(row.state, PlanAct.READ_BACK)
    _replace(queries.plans_of(row.person_id, by=by), *STANDING)
    row.review_on = clock.today() + REVIEW_EVERY[row.risk]
    _moved(by, row, end, agreed=words)
    _answered(by, row)
    _review(by, row)
    journal.about(by, "safety.read_back", row)
    return row


@action("safety.work")
def refuse_plan(*, by: Actor, person_id: UUID, words: str) -> SafetyPlan:
    """The person wants no plan, and says so; it may be offered again on any day. Raises NotFound, Invalid."""
    person = people.get_for(by, person_id)
    if not words.strip():
        raise Invalid({"words": _("Write down what the person says.")})
    errors: cleaning.Errors = {}
    cleaned = _cleaned(PlanDocument(refused=words), errors)
    cleaning.refuse(errors)
    before = queries.plans_of(person, by=by)
    _replace(before, PlanState.DRAFT, *STANDING)
    row = _new(by, person, before, PlanAct.REFUSE, cleaned)
    _answered(by, row)
    followups.finish_follow_up(by=by, kind=SafetyClock.REVIEW, subject=row.person_id)
    journal.about(by, "safety.refuse", row)
    return row


@action("safety.work")
def look_again(*, by: Actor, plan_id: UUID, words: str) -> SafetyPlan:
    """It was looked at together and still holds; the next day is set. Raises NotFound, WrongState, Invalid."""
    row = queries.plan_for(by, plan_id, lock=True)
    end = PLAN_TABLE.after(row.state, PlanAct.LOOK_AGAIN)
    if not words.strip():
        raise Invalid({"words": _("Say what was found.")})
    row.review_on = clock.today() + REVIEW_EVERY[row.risk]
    _moved(by, row, end, again=(*open_document(row, PlanDocument, by=by).again, f"{clock.today():%Y-%m-%d}: {words}"))
    _review(by, row)
    journal.about(by, "safety.look_again", row)
    return row


@action("safety.work")
def end_plan(*, by: Actor, plan_id: UUID, words: str) -> SafetyPlan:
    """The person says that it is no longer needed. Raises NotFound, WrongState, Invalid."""
    row = queries.plan_for(by, plan_id, lock=True)
    end = PLAN_TABLE.after(row.state, PlanAct.END)
    if not words.strip():
        raise Invalid({"words": _("Write down what the person says.")})
    _moved(by, row, end, ended=words)
    followups.finish_follow_up(by=by, kind=SafetyClock.REVIEW, subject=row.person_id)
    journal.about(by, "safety.end", row)
    return row


@action("safety.work")
def print_plan(*, by: Actor, plan_id: UUID, paper: str, wished: bool) -> PlanDocument:
    """Let it be printed: only a plan agreed to, and only because the person wishes it. Raises NotFound, Invalid."""
    row = queries.plan_for(by, plan_id)
    said = open_document(row, PlanDocument, by=by)
    errors: cleaning.Errors = {}
    cleaning.require_code(Paper, paper, "paper", errors)
    if row.state != PlanState.AGREED:
        errors["paper"] = _("Read it back first. Only what the person agreed to is printed.")
    elif paper == Paper.POCKET and not said.pocket:
        errors["paper"] = _("The plan says nothing yet that may stand on such a slip. Write it into the plan first.")
    if not wished:
        errors["wished"] = _("Print it only if the person wishes it.")
    cleaning.refuse(errors)
    journal.about(by, "safety.print", row)
    return said


def _never_on_paper(by: Actor, person: Person, document: PlanDocument) -> list[str]:
    organisation = own_organisation()
    ours = [organisation.name] if organisation else []
    own = people.identity_of(person, by=by).all_names
    return [*own, *document.never_know, document.signal_word, *ours]


def _new(by: Actor, person: Person, before: queries.Plans, act: str, document: PlanDocument, **more: Any) -> SafetyPlan:
    now = clock.now()
    row = SafetyPlan(
        person=person,
        version=max((one.version for one in before.rows), default=0) + 1,
        state=PLAN_TABLE.after(ASKED, act),
        at=now,
        by=by.account_id,
        state_at=now,
        **more,
    )
    seal(row, "sealed", document)
    row.save(force_insert=True)
    return row


def _replace(plans: queries.Plans, *states: str) -> None:
    """Also what another record of the same person says."""
    for row in plans.rows:
        if row.state not in states:
            continue
        row.state, row.state_at = PLAN_TABLE.after(row.state, PlanAct.REPLACE), clock.now()
        row.save(update_fields=["state", "state_at"])


def _moved(by: Actor, row: SafetyPlan, end: str, **said: Any) -> None:
    errors: cleaning.Errors = {}
    seal(row, "sealed", _cleaned(replace(open_document(row, PlanDocument, by=by), **said), errors))
    cleaning.refuse(errors)
    row.state, row.state_at = end, clock.now()
    row.save(update_fields=["state", "state_at", "review_on", "sealed"])


def _cleaned(document: PlanDocument, errors: cleaning.Errors) -> PlanDocument:
    return cleaning.texts(document, errors, never_know=200, signal_word=200, **dict.fromkeys(TEXTS, NOTE))


def _answered(by: Actor, row: SafetyPlan) -> None:
    """The person has said what they want: nobody need ask any more."""
    followups.finish_follow_up(by=by, kind=SafetyClock.READ_BACK, subject=row.person_id)
    ids = people.one_person_ids(row.person_id)
    for case_id in Case.objects.filter(person__in=ids).values_list("pk", flat=True):
        followups.finish_follow_up(by=by, kind=SafetyClock.PLAN, subject=case_id)


def _review(by: Actor, row: SafetyPlan) -> None:
    followups.finish_follow_up(by=by, kind=SafetyClock.REVIEW, subject=row.person_id)
    if row.review_on is not None:
        _clock(by, SafetyClock.REVIEW, row.person_id, clock.end_of(row.review_on))


def _clock(by: Actor, kind: str, person_id: UUID, due_at: datetime) -> None:
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=person_id,
        compartment=Compartment.PROTECTION,
        person_id=person_id,
        due_at=due_at,
        owner=by.account_id,
    )
