"""Seeing somebody, and what is lent or given."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.health import queries
from waystation.casework.health.actions.common import LINE, NOTE, new, open_clock, patient, require_codes, tell
from waystation.casework.health.codes.care import (
    ASK_AFTER,
    THINGS,
    Colour,
    Complaint,
    Done,
    HealthClock,
    Thing,
    ThingState,
)
from waystation.casework.health.models import Contact, ContactDocument, Lent, LentDocument
from waystation.kernel import clock
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.people import cleaning
from waystation.vault import seal


@dataclass(frozen=True, kw_only=True)
class ContactDraft:
    """A contact; `again_on`: the day on which somebody should look again."""

    colour: str
    document: ContactDocument
    again_on: date | None = None


@action("health.work")
def record_contact(*, by: Actor, person_id: UUID, draft: ContactDraft) -> Contact:
    """Write down that somebody was seen. Raises NotAllowed, NotFound, Invalid."""
    person = patient(by, person_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(Colour, draft.colour, "colour", errors)
    require_codes(Complaint, draft.document.complaints, "complaints", errors)
    require_codes(Done, draft.document.done, "done", errors)
    document = cleaning.texts(draft.document, errors, words=NOTE, note=NOTE)
    if not document.complaints and not document.words:
        errors["complaints"] = _("Say what the person came with.")
    if draft.again_on is not None and draft.again_on < clock.today():
        errors["again_on"] = _("Choose a day to come.")
    cleaning.refuse(errors)
    row = new(Contact, by, person, colour=draft.colour)
    seal(row, "sealed", document)
    row.save(force_insert=True)
    followups.finish_follow_up(by=by, kind=HealthClock.AGAIN, subject=person.pk)
    if draft.again_on is not None:
        open_clock(by, HealthClock.AGAIN, row, clock.end_of(draft.again_on), subject=person.pk)
    tell(by, "health.contact", row)
    return row


@action("health.work")
def lend(*, by: Actor, person_id: UUID, document: LentDocument, keeps: bool) -> Lent:
    """Write down something lent, or given to keep. Raises NotAllowed, NotFound, Invalid."""
    person = patient(by, person_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(Thing, document.thing, "thing", errors)
    cleaned = cleaning.texts(document, errors, words=LINE)
    if cleaned.thing == Thing.OTHER and not cleaned.words:
        errors["words"] = _("Say what it is.")
    cleaning.refuse(errors)
    row = new(Lent, by, person, state=ThingState.GIVEN if keeps else ThingState.LENT, state_at=clock.now())
    seal(row, "sealed", cleaned)
    row.save(force_insert=True)
    if not keeps:
        open_clock(by, HealthClock.LENT, row, clock.now() + ASK_AFTER)
    tell(by, "health.lend", row)
    return row


@action("health.work")
def settle_lent(*, by: Actor, lent_id: UUID, act: str) -> Lent:
    """Say what became of something lent. Raises NotFound, WrongState."""
    row = queries.get_for(by, Lent, lent_id, lock=True)
    row.state, row.state_at = ThingState(THINGS.after(row.state, act)), clock.now()
    row.save(update_fields=["state", "state_at"])
    followups.finish_follow_up(by=by, kind=HealthClock.LENT, subject=row.pk)
    tell(by, "health.lent", row)
    return row
