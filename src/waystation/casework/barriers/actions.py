"""Every write about barriers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.barriers import queries
from waystation.casework.barriers.codes import (
    MOST_PEOPLE,
    PROTECTED,
    SEE_TO_WITHIN,
    BarrierClock,
    By,
    Denied,
    Done,
    Kind,
)
from waystation.casework.barriers.models import Barrier, BarrierDocument
from waystation.casework.followups import actions as followups
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import NotFound
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.places import COUNTRIES
from waystation.vault import new_person_key, open_document, seal

NOTE, LINE = cleaning.LONGEST_NOTE, 200


@dataclass(frozen=True, kw_only=True)
class BarrierDraft:
    """What was denied. `denied`, `by`, `kind`, `done` are codes; `people` counts only where nobody is named."""

    denied: str
    by: str
    kind: str
    country: str
    day: date
    document: BarrierDocument
    people: int = 1
    done: str = Done.NOTHING.value
    see_to: bool = False


@action("barriers.record")
def record(*, by: Actor, draft: BarrierDraft, person_id: UUID | None = None) -> Barrier:
    """Write down that help was denied, to a person or to people without a name. Raises NotFound, Invalid."""
    person = people.get_for(by, person_id) if person_id else None
    document = _checked(draft)
    row = Barrier(
        person=person, post_id=by.post_id, made_by=by.account_id, made_at=clock.now(), **_coarse(draft, named=person_id)
    )
    row.compartment = compartment_of(draft.kind)
    if person is None:
        new_person_key(row.pk)
    seal(row, "sealed", document)
    row.save(force_insert=True)
    if draft.see_to and draft.done == Done.NOTHING:
        _ask_to_see(by, row)
    journal.about(by, "barriers.record", row)
    return row


@action("barriers.record")
def take_back(*, by: Actor, barrier_id: UUID) -> None:
    """What one wrote down oneself today was a slip: it is gone. Raises NotFound."""
    row = Barrier.objects.filter(pk=barrier_id, made_by=by.account_id, made_at__date=clock.today()).first()
    if row is None:
        raise NotFound
    followups.drop_all(by=by, subject=row.pk)
    journal.about(by, "barriers.take_back", row)
    row.delete()


@action("barriers.follow")
def correct(*, by: Actor, barrier_id: UUID, draft: BarrierDraft) -> Barrier:
    """Mend what was written down. Raises NotFound, Invalid."""
    row = queries.get_for(by, barrier_id, lock=True)
    document = replace(_checked(draft), done=open_document(row, BarrierDocument, by=by).done)
    for name, value in _coarse(draft, named=row.person_id).items():
        if name != "done":
            setattr(row, name, value)
    row.compartment = compartment_of(draft.kind)
    seal(row, "sealed", document)
    row.save()
    journal.about(by, "barriers.correct", row)
    return row


@action("barriers.follow")
def say_done(*, by: Actor, barrier_id: UUID, done: str, words: str = "") -> Barrier:
    """Write down what was done about it; whoever was asked to see to it has. Raises NotFound, Invalid."""
    row = queries.get_for(by, barrier_id, lock=True)
    errors: cleaning.Errors = {}
    cleaning.require_code(Done, done, "done", errors)
    document = replace(open_document(row, BarrierDocument, by=by), done=words)
    cleaned = cleaning.texts(document, errors, done=NOTE)
    if "done" in errors and done in Done.values:
        errors["words"] = errors.pop("done")
    cleaning.refuse(errors)
    row.done = Done(done)
    seal(row, "sealed", cleaned)
    row.save(update_fields=["done", "sealed"])
    if row.done != Done.NOTHING:
        followups.finish_follow_up(by=by, kind=BarrierClock.SEE_TO, subject=row.pk)
    journal.about(by, "barriers.done", row)
    return row


def _coarse(draft: BarrierDraft, *, named: UUID | None) -> Mapping[str, Any]:
    return {
        "denied": draft.denied,
        "by": draft.by,
        "kind": draft.kind,
        "country": draft.country.upper(),
        "day": draft.day,
        "people": 1 if named else draft.people,
        "done": draft.done,
    }


def _checked(draft: BarrierDraft) -> BarrierDocument:
    errors: cleaning.Errors = {}
    for codes, name in ((Denied, "denied"), (By, "by"), (Kind, "kind"), (Done, "done")):
        cleaning.require_code(codes, getattr(draft, name), name, errors)
    if draft.country.upper() not in COUNTRIES:
        errors["country"] = _("Choose a country from the list.")
    if draft.day > clock.today():
        errors["day"] = _("This day is to come. Write down what has happened.")
    if not 1 <= draft.people <= MOST_PEOPLE:
        errors["people"] = _("From 1 to %(most)d.") % {"most": MOST_PEOPLE}
    document = cleaning.texts(draft.document, errors, who=LINE, ground=NOTE, words=NOTE)
    cleaning.refuse(errors)
    return document


def compartment_of(kind: str) -> Compartment:
    """Who reads the words, by what stood in the way."""
    return Compartment.PROTECTION if Kind(kind) in PROTECTED else Compartment.BASIC


def _ask_to_see(by: Actor, row: Barrier) -> None:
    followups.open_follow_up(
        by=by,
        kind=BarrierClock.SEE_TO,
        subject=row.pk,
        compartment=row.compartment_of_row,
        person_id=row.person_id,
        due_at=clock.now() + SEE_TO_WITHIN,
    )
