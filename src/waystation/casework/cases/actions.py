"""Every write on cases. Each act is one line of the declared table; what speaks against it is said in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.accounts.models import Account
from waystation.casework.cases import clocks, guards, queries
from waystation.casework.cases.codes import (
    ASSESSMENT_WITHIN,
    FIRST_CONTACT_WITHIN,
    KINDS,
    NEEDS_REVIEW,
    PLAN_WITHIN,
    REVIEW_EVERY,
    REVIEW_TABLE,
    SUPERVISOR_WITHIN,
    TABLE,
    WITHOUT_REVIEW,
    Act,
    CaseClock,
    CaseKind,
    CaseState,
    Closing,
    GoalState,
    ReviewOf,
    ReviewState,
    Risk,
)
from waystation.casework.cases.documents import CaseDocument, GoalDocument, NoteDocument, ReviewDocument
from waystation.casework.cases.models import Case, Goal, Note, Review
from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import WaitingOn
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Problem, Text
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.vault import open_document, seal

D = TypeVar("D", CaseDocument, GoalDocument, NoteDocument, ReviewDocument)
NOTE = cleaning.LONGEST_NOTE


class NotYet(Problem):
    """Something is missing before a case may go on; `missing` says each in words."""

    code = "not-yet"
    status = 409
    message = _("This case cannot go on yet.")

    def __init__(self, missing: list[Text]) -> None:
        self.missing = missing
        super().__init__(" ".join(str(text) for text in missing))


@dataclass(frozen=True, kw_only=True)
class CaseDraft:
    """What opening a case asks for."""

    kind: str
    risk: str
    reason: str = ""
    wishes: str = ""


@action("cases.work")
def open_case(*, by: Actor, person_id: UUID, draft: CaseDraft, owner: UUID | None = None) -> Case:
    """Open a case; its clocks begin to run. Without an owner it is the maker's.

    Raises NotFound, NotAllowed, Invalid.
    """
    person = people.get_for(by, person_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(CaseKind, draft.kind, "kind", errors)
    cleaning.require_code(Risk, draft.risk, "risk", errors)
    cleaning.refuse(errors)
    if not by.opens(KINDS[CaseKind(draft.kind)].compartment):
        raise NotAllowed
    document = _cleaned(CaseDocument(reason=draft.reason, wishes=draft.wishes), reason=NOTE, wishes=NOTE)
    now = clock.now()
    case = Case(
        person=person,
        kind=draft.kind,
        risk=draft.risk,
        owner=owner or by.account_id,
        post_id=by.post_id,
        opened_at=now,
        opened_by=by.account_id,
        state_at=now,
    )
    seal(case, "sealed", document)
    case.save(force_insert=True)
    clocks.start(by, case, CaseClock.FIRST_CONTACT, now + FIRST_CONTACT_WITHIN[case.risk])
    clocks.start(by, case, CaseClock.ASSESSMENT, now + ASSESSMENT_WITHIN)
    clocks.start(by, case, CaseClock.PLAN, now + PLAN_WITHIN)
    _journal(by, "cases.open", case)
    guards.opened(by, case)
    return case


@action("cases.work")
def write(*, by: Actor, case_id: UUID, revision: int, texts: Mapping[str, str], risk: str = "") -> Case:
    """Change what a case says. Raises NotFound, Invalid, Conflict when someone else wrote in between."""
    case = queries.get_for(by, case_id, lock=True)
    if case.revision != revision:
        raise Conflict
    _refuse_writing(by, case)
    before = open_document(case, CaseDocument, by=by)
    document = _cleaned(replace(before, **texts), reason=NOTE, wishes=NOTE, assessment=NOTE, ending=NOTE)
    seal(case, "sealed", document)
    if document.assessment != before.assessment:
        _ask_anew(case, ReviewOf.ASSESSMENT)
    if risk:
        errors: cleaning.Errors = {}
        cleaning.require_code(Risk, risk, "risk", errors)
        cleaning.refuse(errors)
        case.risk = risk
    case.revision += 1
    case.save(update_fields=["sealed", "revision", "risk"])
    _journal(by, "cases.write", case)
    return case


@action("cases.work")
def go_on(*, by: Actor, case_id: UUID, act: str, closing: str = "", ending: str = "") -> Case:
    """Do one act of the table. Raises NotFound, WrongState, Invalid, NotYet when something is missing."""
    case = queries.get_for(by, case_id, lock=True)
    TABLE.after(case.state, act)
    if act == Act.CLOSE and closing not in Closing.values:
        raise Invalid({"closing": _("Say why the case ends.")})
    missing = missing_for(by, case, act, closing)
    if missing:
        raise NotYet(missing)
    if ending:
        document = replace(open_document(case, CaseDocument, by=by), ending=ending)
        seal(case, "sealed", _cleaned(document, ending=NOTE))
    return move(by=by, case=case, act=act, closing=closing)


def move(*, by: Actor, case: Case, act: str, closing: str = "") -> Case:
    """Let an act of the table happen, inside the caller's action, who asked what speaks against it. Raises WrongState.

    A case that another node takes over or gives back moves by this too.
    """
    end = TABLE.after(case.state, act)
    _use_review(case, act, closing)
    case.state, case.state_at = end, clock.now()
    case.closing = closing if act == Act.CLOSE else ""
    case.revision += 1
    case.save(update_fields=["state", "state_at", "closing", "revision", "sealed"])
    _clocks_after(by, case, act)
    if act == Act.REOPEN:
        # What was allowed before the end is asked anew, and who needs a guardian needs one again.
        _ask_anew(case, *ReviewOf)
        guards.opened(by, case)
    _journal(by, f"cases.{act}", case)
    return case


def missing_for(by: Actor, case: Case, act: str, closing: str = "") -> list[Text]:
    """What is missing before an act, in words; empty when nothing is."""
    missing: list[Text] = []
    of = NEEDS_REVIEW.get((act, case.state))
    if of and closing not in WITHOUT_REVIEW and queries.approved(case, of, closing) is None:
        missing.append(_NOT_APPROVED[of])
    if act == Act.SERVE and not case.goals.exists():
        missing.append(_("The plan has no goal yet."))
    return [*missing, *guards.against(by, case, act, closing)]


def _use_review(case: Case, act: str, closing: str) -> None:
    """A yes is good for one act."""
    of = NEEDS_REVIEW.get((act, case.state))
    review = queries.approved(case, of, closing) if of else None
    if review is not None:
        review.used = True
        review.save(update_fields=["used"])


def _ask_anew(case: Case, *of: ReviewOf) -> None:
    """What a supervisor said yes to is not what stands there now."""
    case.reviews.filter(of__in=of, state=ReviewState.APPROVED, used=False).update(used=True)


_NOT_APPROVED: Mapping[str, Text] = {
    ReviewOf.ASSESSMENT: _("A supervisor has not approved the assessment."),
    ReviewOf.PLAN: _("A supervisor has not approved the plan."),
    ReviewOf.CLOSURE: _("A supervisor has not approved the closing."),
}


@action("cases.work")
def ask_supervisor(*, by: Actor, case_id: UUID, of: str, closing: str = "", asked: str = "") -> Review:
    """Put an assessment, plan or closing before a supervisor. The same question that waits is not asked twice."""
    case = queries.get_for(by, case_id, lock=True)
    errors: cleaning.Errors = {}
    cleaning.require_code(ReviewOf, of, "of", errors)
    if of == ReviewOf.CLOSURE and closing not in Closing.values:
        errors["closing"] = _("Say why the case ends.")
    cleaning.refuse(errors)
    missing = guards.against(by, case, Act.CLOSE, closing) if of == ReviewOf.CLOSURE else []
    if missing:
        raise NotYet(missing)
    if waiting := case.reviews.filter(of=of, state="asked").first():
        return waiting
    review = Review(
        case=case,
        of=of,
        closing=closing if of == ReviewOf.CLOSURE else "",
        asked_at=clock.now(),
        asked_by=by.account_id,
    )
    seal(review, "sealed", _cleaned(ReviewDocument(asked=asked), asked=NOTE))
    review.save(force_insert=True)
    followups.open_follow_up(
        by=by,
        kind=CaseClock.SUPERVISOR,
        subject=case.pk,
        compartment=case.compartment_of_row,
        person_id=case.person_id,
        due_at=clock.now() + SUPERVISOR_WITHIN,
        waiting_on=WaitingOn.SUPERVISOR,
    )
    _journal(by, "cases.ask", case)
    return review


@action("cases.decide")
def decide(*, by: Actor, review_id: UUID, act: str, said: str = "", as_read: str = "") -> Review:
    """Approve, or give back with a word why; `as_read` is the mark (`queries.as_read`) of what was before them.

    Raises NotFound, NotAllowed, WrongState, Invalid, Conflict when the case was changed since.
    """
    review = Review.objects.select_for_update(of=("self",)).select_related("case").filter(pk=review_id).first()
    if review is None:
        raise NotFound
    queries.get_for(by, review.case_id)
    if not queries.may_decide(by, review):
        raise NotAllowed
    if as_read and as_read != queries.as_read(review.case):
        raise Conflict
    if act == "return" and not said.strip():
        raise Invalid({"said": _("Say what is missing, so that it can be mended.")})
    review.state = REVIEW_TABLE.after(review.state, act)
    review.decided_at, review.decided_by = clock.now(), by.account_id
    document = replace(open_document(review, ReviewDocument, by=by), said=said)
    seal(review, "sealed", _cleaned(document, said=NOTE))
    review.save(update_fields=["state", "decided_at", "decided_by", "sealed"])
    if not review.case.reviews.filter(state="asked").exists():
        followups.finish_follow_up(by=by, kind=CaseClock.SUPERVISOR, subject=review.case_id)
    _journal(by, f"cases.decide.{act}", review.case)
    return review


@action("cases.work")
def add_goal(*, by: Actor, case_id: UUID, document: GoalDocument, by_when: date | None = None) -> Goal:
    """Add a line to the plan. Raises NotFound, Invalid."""
    case = _open_case(by, case_id)
    cleaned = cleaning_of_goal(document)
    goal = Goal(case=case, by_when=by_when, made_at=clock.now())
    seal(goal, "sealed", cleaned)
    goal.save(force_insert=True)
    _ask_anew(case, ReviewOf.PLAN)
    _journal(by, "cases.goal", case)
    return goal


@action("cases.work")
def set_goal(*, by: Actor, goal_id: UUID, state: str) -> Goal:
    """Say whether a goal was reached. Raises NotFound, Invalid."""
    goal = Goal.objects.select_related("case").filter(pk=goal_id).first()
    if goal is None:
        raise NotFound
    case = _open_case(by, goal.case_id)
    if state not in GoalState.values:
        raise Invalid({"state": _("Choose one of the answers offered.")})
    goal.state = state
    goal.save(update_fields=["state"])
    _journal(by, "cases.goal_state", case)
    return goal


@action("cases.work")
def add_note(*, by: Actor, case_id: UUID, text: str, compartment: str = "") -> Note:
    """Write something down, in the case's compartment or another that the writer opens. Raises NotFound, Invalid."""
    case = queries.get_for(by, case_id)
    _refuse_writing(by, case)
    if not text.strip():
        raise Invalid({"text": _("Write something first.")})
    place = compartment or case.compartment_of_row
    if place not in set(Compartment) or not by.opens(Compartment(place)):
        raise Invalid({"compartment": _("Choose one of the answers offered.")})
    note = Note(case=case, compartment=place, at=clock.now(), by=by.account_id)
    seal(note, "sealed", _cleaned(NoteDocument(text=text), text=NOTE))
    note.save(force_insert=True)
    _journal(by, "cases.note", case)
    return note


@action("cases.work")
def add_task(
    *, by: Actor, case_id: UUID, text: str, due_at: datetime, owner: UUID | None = None, immediate: bool = False
) -> None:
    """Something to do in this case. Raises NotFound, Invalid."""
    case = _open_case(by, case_id)
    if not text.strip():
        raise Invalid({"text": _("Say what is to be done.")})
    followups.open_follow_up(
        by=by,
        kind=CaseClock.TASK,
        subject=case.pk,
        compartment=case.compartment_of_row,
        person_id=case.person_id,
        due_at=due_at,
        owner=owner or case.owner,
        immediate=immediate,
        text=text,
    )


@action("cases.work")
def hand_to(*, by: Actor, case_id: UUID, owner: UUID) -> Case:
    """Give a case, with all that is open in it, to a colleague who may see it. Raises NotFound, Invalid."""
    case = queries.get_for(by, case_id, lock=True)
    _refuse_writing(by, case)
    colleague = Account.objects.filter(pk=owner, is_active=True).first()
    if colleague is None or not _may_hold(colleague, case):
        raise Invalid({"owner": _("Choose a colleague who may see such a case.")})
    case.owner, case.revision = owner, case.revision + 1
    case.save(update_fields=["owner", "revision"])
    followups.give_all(subject=case.pk, owner=owner)
    _journal(by, "cases.hand", case)
    return case


def _may_hold(colleague: Account, case: Case) -> bool:
    from waystation.accounts.actors import actor_of

    return queries.visible_to(actor_of(colleague)).filter(pk=case.pk).exists()


def _clocks_after(by: Actor, case: Case, act: str) -> None:
    """Which clocks an act stops and starts."""
    for stopped in _STOPS.get(act, ()):
        followups.finish_follow_up(by=by, kind=stopped, subject=case.pk)
    if act == Act.CLOSE:
        followups.drop_all(by=by, subject=case.pk)
    for started, within in _STARTS.get(act, ()):
        clocks.start(by, case, started, clock.now() + within)


_STOPS: Mapping[str, tuple[str, ...]] = {
    Act.ASSESS: (CaseClock.FIRST_CONTACT,),
    Act.PLAN: (CaseClock.ASSESSMENT, CaseClock.REVIEW),
    Act.SERVE: (CaseClock.PLAN,),
    Act.IMPLEMENT: (CaseClock.REVIEW,),
}
_STARTS: Mapping[str, tuple[tuple[str, timedelta], ...]] = {
    Act.SERVE: ((CaseClock.REVIEW, REVIEW_EVERY),),
    Act.IMPLEMENT: ((CaseClock.REVIEW, REVIEW_EVERY),),
    Act.REOPEN: (
        (CaseClock.FIRST_CONTACT, FIRST_CONTACT_WITHIN[Risk.MEDIUM]),
        (CaseClock.ASSESSMENT, ASSESSMENT_WITHIN),
        (CaseClock.PLAN, PLAN_WITHIN),
    ),
}


@action("cases.work")
def reviewed(*, by: Actor, case_id: UUID) -> Case:
    """The plan was looked at together with the person; the next look is in a month. Raises NotFound, WrongState."""
    case = _open_case(by, case_id)
    followups.finish_follow_up(by=by, kind=CaseClock.REVIEW, subject=case.pk)
    clocks.start(by, case, CaseClock.REVIEW, clock.now() + REVIEW_EVERY)
    _journal(by, "cases.reviewed", case)
    return case


def _open_case(by: Actor, case_id: UUID) -> Case:
    case = queries.get_for(by, case_id)
    if case.state == CaseState.CLOSED:
        raise Invalid({}, _("This case is closed. Open it again first."))
    return case


def _refuse_writing(by: Actor, case: Case) -> None:
    if against := guards.against(by, case, guards.WRITE):
        raise Invalid({}, against[0])


def cleaning_of_goal(document: GoalDocument) -> GoalDocument:
    """A goal in clean words. Raises Invalid when it says nothing."""
    cleaned = _cleaned(document, goal=500, service=200, provider=200)
    if not cleaned.goal:
        raise Invalid({"goal": _("Say what is to be reached.")})
    return cleaned


def _cleaned(document: D, **longest: int) -> D:
    errors: cleaning.Errors = {}
    cleaned = cleaning.texts(document, errors, **longest)
    cleaning.refuse(errors)
    return cleaned


def _journal(by: Actor, name: str, case: Case) -> None:
    journal.record(by, journal.Entry(action=name, subject=case.pk, person=case.person_id, detail={"kind": case.kind}))
