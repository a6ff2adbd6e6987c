"""Every write on families who are brought together."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.reunification import clocks, guards, queries
from waystation.familylinks.reunification.applying import LINE, StepDraft, applied, end_yes
from waystation.familylinks.reunification.codes import (
    OPEN,
    TABLE,
    Act,
    Ending,
    ProofKind,
    Side,
    State,
)
from waystation.familylinks.reunification.documents import (
    AgreementDocument,
    Proof,
    ReunificationDocument,
    StepDocument,
)
from waystation.familylinks.reunification.models import Agreement, Reunification, ReunificationStep
from waystation.familylinks.tracing import queries as tracing
from waystation.familylinks.tracing.codes import Relation
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, NotFound
from waystation.kernel.states import WrongState
from waystation.people import cleaning, coverage
from waystation.people import queries as people
from waystation.people.codes import Purpose, RecipientKind
from waystation.people.models import Consent, Person
from waystation.vault import seal

NOTE = cleaning.LONGEST_NOTE
MOST_PROOFS = 30
ASK_FIRST = _(
    "This side stands in our book: record there first that they allow it: “Looking for family”, to family, until a "
    "day. Whom they never want told is kept to."
)


@dataclass(frozen=True, kw_only=True)
class ReunificationDraft:
    """Who wants to live with whom. Without `other_id` the document says who the other is."""

    relation: str
    other_id: UUID | None = None
    request_id: UUID | None = None
    document: ReunificationDocument


@action("reunification.work")
def open_pair(*, by: Actor, person_id: UUID, draft: ReunificationDraft) -> Reunification:
    """Somebody wants to live with a member of the family again. Raises NotFound, Invalid."""
    person = people.get_for(by, person_id)
    other = people.get_for(by, draft.other_id) if draft.other_id else None
    request = tracing.get_for(by, draft.request_id) if draft.request_id else None
    errors: cleaning.Errors = {}
    cleaning.require_code(Relation, draft.relation, "relation", errors)
    said = _cleaned(draft.document, errors)
    if other is None and not said.other_name:
        errors["other_name"] = _("Say who the other is, or choose somebody from the book.")
    if other is not None and other.pk in people.one_person_ids(person):
        errors["other_name"] = _("This is the same person. Choose the other member of the family.")
    if request is not None and request.person_id not in people.one_person_ids(person):
        raise NotFound
    cleaning.refuse(errors)
    now = clock.now()
    row = Reunification(
        person=person,
        other=other,
        request=request,
        relation=draft.relation,
        state_at=now,
        opened_at=now,
        opened_by=by.account_id,
        owner=by.account_id,
        post_id=by.post_id,
    )
    seal(row, "sealed", said)
    row.save(force_insert=True)
    clocks.restart(by, row, said)
    journal.about(by, "reunification.open", row)
    return row


@action("reunification.work")
def rewrite(*, by: Actor, row_id: UUID, document: ReunificationDocument) -> Reunification:
    """What became known of the other, and what both wish. Raises NotFound, WrongState, Invalid."""
    row = _open_one(by, row_id)
    errors: cleaning.Errors = {}
    known = queries.document_of(row, by=by)
    changed = {name: getattr(document, name) for name in ("other_name", "other_place", "other_reach", "wishes")}
    said = _cleaned(replace(known, **changed, other_child=document.other_child), errors)
    if row.other_id is None and not said.other_name:
        errors["other_name"] = _("Say who the other is.")
    cleaning.refuse(errors)
    return _keep(by, row, said, "reunification.rewrite")


@action("reunification.work")
def add_proof(*, by: Actor, row_id: UUID, kind: str, words: str) -> Reunification:
    """One more thing by which it is shown that they are family. Raises NotFound, WrongState, Invalid."""
    row = _open_one(by, row_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(ProofKind, kind, "kind", errors)
    text = cleaning.note(words)
    if not text:
        errors["words"] = _("Say in a few words what it is, and where it lies.")
    if problem := cleaning.too_long(text, NOTE):
        errors["words"] = problem
    said = queries.document_of(row, by=by)
    if len(said.proofs) >= MOST_PROOFS:
        errors["words"] = _("Thirty are enough: write several into one.")
    cleaning.refuse(errors)
    proofs = (*said.proofs, Proof(kind=kind, words=text, on=clock.today()))
    return _keep(by, row, replace(said, proofs=proofs), "reunification.proof")


@action("reunification.work")
def agree(*, by: Actor, row_id: UUID, side: str, document: AgreementDocument, on: date | None = None) -> Agreement:
    """One side says yes. Who stands in our book says it by a consent that lets the family be told; a name that they
    never want told is never told here either. Raises NotFound, WrongState, Invalid."""
    row = _open_one(by, row_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(Side, side, "side", errors)
    cleaned = cleaning.texts(document, errors, words=NOTE, asked_by=LINE)
    if not cleaned.words:
        errors["words"] = _("Write what they said, in their words.")
    day = _day(on, row, errors)
    cleaning.refuse(errors)
    said = queries.document_of(row, by=by)
    whose = row.person if side == Side.PERSON else row.other
    consent = _consent(by, whose, _name_of(by, row, said, not_of=side)) if whose else None
    end_yes(row, side)
    yes = Agreement(reunification=row, side=side, person=whose, consent=consent, on=day, at=clock.now())
    yes.by = by.account_id
    seal(yes, "sealed", cleaned)
    yes.save(force_insert=True)
    journal.about(by, "reunification.yes", row)
    _agreed(by, row, said, day)
    return yes


@action("reunification.work")
def go_on(*, by: Actor, row_id: UUID, draft: StepDraft) -> Reunification:
    """One step. Nothing goes on without the yes of both; a child's not before it was decided what is best for the
    child. Raises NotFound, WrongState, Invalid with each thing that is missing."""
    row = queries.get_for(by, row_id, lock=True)
    if draft.act == Act.AGREE:
        raise WrongState
    TABLE.after(row.state, draft.act)
    said = queries.document_of(row, by=by)
    missing = guards.against(row, said, draft.act, row.agreements.select_related("consent"))
    if missing:
        raise Invalid({}, " ".join(str(says) for says in missing))
    errors: cleaning.Errors = {}
    words = cleaning.texts(StepDocument(words=draft.words), errors, words=NOTE)
    day = _day(draft.on, row, errors)
    said = applied(row, said, draft, errors, day)
    if draft.act in {Act.WEIGH, Act.REFUSE, Act.FOLLOW} and not words.words:
        errors["words"] = _("Say it in a few words.")
    cleaning.refuse(errors)
    _step(by, row, draft.act, day, words, said)
    if draft.act == Act.PROVE:
        _agreed(by, row, said, day)
    return row


def when_withdrawn(by: Actor, consent: Consent) -> None:
    """In the moment in which somebody takes a consent back, nothing more is done that hung on it. Inside that action;
    whoever records it need not know of this."""
    yes = Agreement.objects.filter(consent=consent, ended_at__isnull=True).select_related("reunification")
    for one in yes:
        one.ended_at = clock.now()
        one.save(update_fields=["ended_at"])
        row = Reunification.objects.select_for_update(of=("self",)).get(pk=one.reunification_id)
        if row.state in OPEN:
            row.ending, row.ended_by = Ending.WITHDRAWN, one.side
            _step(by, row, Act.WITHDRAW, clock.today(), StepDocument(), None)


def _step(
    by: Actor, row: Reunification, act: str, day: date, words: StepDocument, said: ReunificationDocument | None
) -> None:
    """Write the step, its day and where it leads; without `said` nothing sealed changes."""
    row.state, row.state_at = State(TABLE.after(row.state, act)), clock.now()
    if said is not None:
        seal(row, "sealed", said)
    row.save()
    step = ReunificationStep(reunification=row, act=act, state=row.state, on=day, at=clock.now(), by=by.account_id)
    if words.words:
        seal(step, "sealed", words)
    step.save(force_insert=True)
    clocks.restart(by, row, said or ReunificationDocument())
    journal.about(by, f"reunification.{act}", row)


def _agreed(by: Actor, row: Reunification, said: ReunificationDocument, day: date) -> None:
    """Once it is shown that they are family and both have said yes, it goes on by itself."""
    if row.state == State.PROVED and not guards.against(row, said, Act.AGREE, row.agreements.select_related("consent")):
        _step(by, row, Act.AGREE, day, StepDocument(), said)


def _keep(by: Actor, row: Reunification, said: ReunificationDocument, name: str) -> Reunification:
    seal(row, "sealed", said)
    row.save(update_fields=["sealed"])
    journal.about(by, name, row)
    return row


def _open_one(by: Actor, row_id: UUID) -> Reunification:
    row = queries.get_for(by, row_id, lock=True)
    if row.state not in OPEN:
        raise WrongState
    return row


def _cleaned(document: ReunificationDocument, errors: cleaning.Errors) -> ReunificationDocument:
    return cleaning.texts(document, errors, other_name=LINE, other_place=LINE, other_reach=LINE, wishes=NOTE)


def _day(on: date | None, row: Reunification, errors: cleaning.Errors) -> date:
    """The day of a step: not to come, and not before the step before."""
    day = on or clock.today()
    last = row.steps.order_by("-on").values_list("on", flat=True).first() or timezone.localdate(row.opened_at)
    if day > clock.today():
        errors["on"] = _("This day is still to come. Write down what has happened.")
    elif day < last:
        errors["on"] = _("This day lies before the last step.")
    return day


def _name_of(by: Actor, row: Reunification, said: ReunificationDocument, *, not_of: str) -> str:
    """What the other side is called, to whom this side's consent must reach."""
    other = row.other if not_of == Side.PERSON else row.person
    return people.identity_of(other, by=by).display_name if other else said.other_name


def _consent(by: Actor, whose: Person, recipient: str) -> Consent:
    person = people.get_for(by, whose.pk)
    try:
        return coverage.consent_for(
            by,
            person,
            purpose=Purpose.TRACING,
            recipient_kind=RecipientKind.FAMILY,
            recipient=recipient,
            lock=True,
        )
    except ConsentMissing as problem:
        says = ASK_FIRST if problem.message == ConsentMissing.message else problem.message
        raise Invalid({}, says) from problem
