"""The only door to cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from waystation.casework.cases.codes import KINDS, OPEN_STATES, CaseKind, ReviewState
from waystation.casework.cases.documents import CaseDocument, GoalDocument, NoteDocument, ReviewDocument
from waystation.casework.cases.models import Case, Goal, Note, Review
from waystation.casework.followups.models import FollowUp
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.vault import open_documents


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case as its page shows it, everything opened that this actor opens."""

    case: Case
    document: CaseDocument
    goals: tuple[tuple[Goal, GoalDocument], ...]
    notes: tuple[tuple[Note, NoteDocument], ...]
    reviews: tuple[tuple[Review, ReviewDocument], ...]


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases this actor may see."""
    return Case.objects.filter(policies.rows(actor, "cases.view"))


def get_for(actor: Actor, case_id: UUID, *, lock: bool = False) -> Case:
    """One case. Raises NotFound."""
    rows = visible_to(actor).select_related("person")
    case = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    return case


def whole(case: Case, *, by: Actor) -> CaseView:
    """Open a case with all that hangs on it. Raises NotAllowed, BudgetSpent, NodeLocked."""
    goals, reviews = list(case.goals.select_related("case")), list(case.reviews.select_related("case"))
    notes = [note for note in case.notes.select_related("case") if by.opens(note.compartment_of_row)]
    goal_texts = open_documents(goals, GoalDocument, by=by)
    note_texts = open_documents(notes, NoteDocument, by=by)
    review_texts = open_documents(reviews, ReviewDocument, by=by)
    return CaseView(
        case=case,
        document=open_documents([case], CaseDocument, by=by).get(case.pk, CaseDocument()),
        goals=tuple((goal, goal_texts.get(goal.pk, GoalDocument())) for goal in goals),
        notes=tuple((note, note_texts.get(note.pk, NoteDocument())) for note in notes),
        reviews=tuple((review, review_texts.get(review.pk, ReviewDocument())) for review in reviews),
    )


def of_person(person: Person, *, by: Actor) -> list[Case]:
    """A person's cases that this actor may see, open ones first."""
    rows = visible_to(by).filter(person__in=people.one_person_ids(person)).order_by("-opened_at")
    return sorted(rows, key=lambda case: case.state not in OPEN_STATES)


def overdue(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Those with something open whose time has passed."""
    late = FollowUp.objects.filter(subject=OuterRef("pk"), state="open", due_at__lt=clock.now())
    return rows.filter(Exists(late))


def approved(case: Case, of: str, closing: str = "") -> Review | None:
    """A supervisor's yes that was not used yet; to a closing, for the reason it was asked with."""
    return case.reviews.filter(of=of, state=ReviewState.APPROVED, used=False, closing=closing).first()


def as_read(case: Case) -> str:
    """A mark of what a case says and plans now, so that nobody approves what was changed under their eyes."""
    return f"{case.revision}-{case.goals.count()}"


def may_decide(actor: Actor, review: Review) -> bool:
    """Whether this actor is a supervisor of such a case, and neither the one who asked nor the one whose case it is."""
    supervisors = KINDS[CaseKind(review.case.kind)].supervisors
    return actor.role in supervisors and actor.account_id not in {review.asked_by, review.case.owner}


def in_turn(case_ids: Iterable[UUID]) -> list[Case]:
    """The cases of one page, in its order: sorted by their numbers first, so that only these are read whole."""
    wanted = list(case_ids)
    rows = Case.objects.select_related("person").in_bulk(wanted)
    return [rows[number] for number in wanted if number in rows]


def names_of(cases: Iterable[Case], *, by: Actor) -> dict[UUID, str]:
    """Whom cases are about, by case, for one page."""
    rows = list(cases)
    identities = people.identities([case.person for case in rows], by=by)
    return {case.pk: identities[case.person_id].display_name for case in rows if case.person_id in identities}
