"""Every write about children."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases import clocks
from waystation.casework.cases import queries as cases
from waystation.casework.cases.codes import CaseKind, CaseState
from waystation.casework.cases.models import Case
from waystation.casework.children import situation
from waystation.casework.children.codes import (
    GUARDIAN_WITHIN,
    REVIEW_EVERY,
    SAME_NAME,
    SMALLEST_PANEL,
    TABLES,
    WITHOUT_PARENT,
    Care,
    ChildClock,
    Concern,
    GuardianKind,
    Procedure,
    Step,
)
from waystation.casework.children.models import (
    BestInterests,
    BestInterestsDocument,
    CareArrangement,
    CareDocument,
    Guardian,
    GuardianDocument,
)
from waystation.casework.followups import actions as followups
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.names.index import NameIndex
from waystation.names.words import parts_of
from waystation.people import cleaning
from waystation.vault import SealedDocument, open_document, seal

Row = TypeVar("Row", Guardian, CareArrangement, BestInterests)
NOTE = cleaning.LONGEST_NOTE


def when_opened(by: Actor, case: Case) -> None:
    """A child without parent needs a guardian: a clock runs from the first day, and again when the case is opened
    again without one. Inside that action."""
    if case.kind != CaseKind.CHILD or Guardian.objects.filter(case=case, ended_on__isnull=True).exists():
        return
    if situation.of(case.person, by=by) in WITHOUT_PARENT:
        clocks.start(by, case, ChildClock.GUARDIAN, clock.now() + GUARDIAN_WITHIN)


@action("children.work")
def name_guardian(*, by: Actor, case_id: UUID, document: GuardianDocument, since: date | None = None) -> Guardian:
    """Write down who speaks for the child from now on; the one before ends. Raises NotFound, Invalid."""
    case = _child(by, case_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(GuardianKind, document.kind, "kind", errors)
    cleaned = cleaning.texts(document, errors, name=200, contact=300, note=NOTE)
    if not cleaned.name:
        errors["name"] = _("Say who it is.")
    cleaning.refuse(errors)
    day = since or clock.today()
    Guardian.objects.filter(case=case, ended_on__isnull=True).update(ended_on=day)
    row = _sealed(Guardian(case=case, at=clock.now(), by=by.account_id, since=day), cleaned)
    followups.finish_follow_up(by=by, kind=ChildClock.GUARDIAN, subject=case.pk)
    journal.about(by, "children.guardian", case)
    return row


@action("children.work")
def end_guardian(*, by: Actor, guardian_id: UUID) -> Guardian:
    """The guardian is none any more; the clock runs again while the case is open. Raises NotFound."""
    rows = Guardian.objects.select_for_update(of=("self",)).select_related("case")
    row = rows.filter(pk=guardian_id, ended_on__isnull=True).first()
    if row is None:
        raise NotFound
    case = _child(by, row.case_id)
    row.ended_on = clock.today()
    row.save(update_fields=["ended_on"])
    if case.state != CaseState.CLOSED:
        clocks.start(by, case, ChildClock.GUARDIAN, clock.now() + GUARDIAN_WITHIN)
    journal.about(by, "children.guardian_ended", case)
    return row


@action("children.work")
def arrange_care(*, by: Actor, case_id: UUID, document: CareDocument, since: date | None = None) -> CareArrangement:
    """Write down who cares for the child from a day on, and why this changed. Raises NotFound, Invalid."""
    case = _child(by, case_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(Care, document.kind, "kind", errors)
    if set(document.concerns) - set(Concern.values):
        errors["concerns"] = _("Choose from the list: one of the codes is not known.")
    cleaned = cleaning.texts(document, errors, who=200, contact=300, why=NOTE)
    if CareArrangement.objects.filter(case=case).exists() and not cleaned.why:
        errors["why"] = _("Say why the care changes.")
    cleaning.refuse(errors)
    row = CareArrangement(case=case, at=clock.now(), by=by.account_id, since=since or clock.today())
    _sealed(row, cleaned)
    journal.about(by, "children.care", case)
    return row


@action("children.work")
def begin_best_interests(*, by: Actor, case_id: UUID, procedure: str, document: BestInterestsDocument) -> BestInterests:
    """Begin to weigh what is best for the child, whose own views are written down first. Raises NotFound, Invalid."""
    case = _child(by, case_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(Procedure, procedure, "procedure", errors)
    cleaned = _cleaned(document, errors)
    if not cleaned.question:
        errors["question"] = _("Say what is to be decided.")
    cleaning.refuse(errors)
    row = _sealed(BestInterests(case=case, at=clock.now(), by=by.account_id, procedure=procedure), cleaned)
    journal.about(by, "children.best_interests", case)
    return row


@action("children.work")
def call_panel(*, by: Actor, row_id: UUID, panel: Sequence[str]) -> BestInterests:
    """Call a panel of three or more. Raises NotFound, WrongState, Invalid."""
    row = _best_interests(by, row_id)
    end = TABLES[Procedure(row.procedure)].after(row.step, "call")
    members = _people(panel)
    if len(members) < SMALLEST_PANEL:
        raise Invalid({"panel": _("A panel has three members or more, each another person.")})
    return _moved(by, row, end, "children.panel", panel=members)


def _people(panel: Sequence[str]) -> tuple[str, ...]:
    """Who sits on a panel, each once, however often and in whichever letters the name is written."""
    known, members = NameIndex(), []
    for name in map(cleaning.line, panel):
        again = any(match.sound and match.score >= SAME_NAME for match in known.near(name, limit=1))
        if parts_of(name) and not again:
            known.add([name])
            members.append(name)
    return tuple(members)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided and why. Minutes are needed of a panel; the child's views of every decision."""

    views: str = ""
    weighed: str = ""
    minutes: str = ""
    decision: str = ""
    reasons: str = ""
    review_on: date | None = None


@action("children.work")
def decide(*, by: Actor, row_id: UUID, decision: Decision) -> BestInterests:
    """Write down the decision; the day to look again is set. Raises NotFound, WrongState, Invalid."""
    row = _best_interests(by, row_id)
    end = TABLES[Procedure(row.procedure)].after(row.step, "decide")
    errors: cleaning.Errors = {}
    needed = ["views", "decision", "reasons"] + (["minutes"] if row.procedure == Procedure.DETERMINATION else [])
    for name in needed:
        if not getattr(decision, name).strip():
            errors[name] = _NEEDED[name]
    review_on = decision.review_on or clock.today() + REVIEW_EVERY
    if not clock.today() < review_on <= clock.today() + 2 * REVIEW_EVERY:
        errors["review_on"] = _("Choose a day to come, within six months.")
    cleaning.refuse(errors)
    row.decided_at, row.review_on = clock.now(), review_on
    told = {name: getattr(decision, name) for name in ("views", "weighed", "minutes", "decision", "reasons")}
    done = _moved(by, row, end, "children.decided", **told)
    _review_clock(by, row.case, review_on)
    return done


_NEEDED = {
    "views": _("Write down what the child says, or why the child could not be heard."),
    "decision": _("Say what was decided."),
    "reasons": _("Say why."),
    "minutes": _("A panel's decision needs its minutes."),
}


@action("children.work")
def look_again(*, by: Actor, row_id: UUID, words: str, review_on: date | None = None) -> BestInterests:
    """The decision was looked at again. Raises NotFound, WrongState, Invalid."""
    row = _best_interests(by, row_id)
    end = TABLES[Procedure(row.procedure)].after(row.step, "review")
    if not words.strip():
        raise Invalid({"words": _("Say what was found.")})
    row.review_on = review_on or clock.today() + REVIEW_EVERY
    done = _moved(by, row, end, "children.reviewed", looked_again=words)
    _review_clock(by, row.case, row.review_on)
    return done


def _child(by: Actor, case_id: UUID) -> Case:
    case = cases.get_for(by, case_id)
    if case.kind != CaseKind.CHILD:
        raise NotFound
    return case


def _best_interests(by: Actor, row_id: UUID) -> BestInterests:
    row = BestInterests.objects.select_for_update(of=("self",)).select_related("case").filter(pk=row_id).first()
    if row is None:
        raise NotFound
    _child(by, row.case_id)
    return row


def _moved(by: Actor, row: BestInterests, end: str, name: str, **said: Any) -> BestInterests:
    errors: cleaning.Errors = {}
    document = replace(open_document(row, BestInterestsDocument, by=by), **said)
    seal(row, "sealed", _cleaned(document, errors))
    cleaning.refuse(errors)
    row.step = Step(end)
    row.save(update_fields=["step", "decided_at", "review_on", "sealed"])
    journal.about(by, name, row.case)
    return row


def _cleaned(document: BestInterestsDocument, errors: cleaning.Errors) -> BestInterestsDocument:
    names = ("question", "views", "weighed", "minutes", "decision", "reasons", "looked_again")
    return cleaning.texts(document, errors, panel=200, **dict.fromkeys(names, NOTE))


def _sealed(row: Row, document: SealedDocument) -> Row:
    seal(row, "sealed", document)
    row.save(force_insert=True)
    return row


def _review_clock(by: Actor, case: Case, day: date) -> None:
    followups.finish_follow_up(by=by, kind=ChildClock.REVIEW, subject=case.pk)
    clocks.start(by, case, ChildClock.REVIEW, clock.end_of(day))
