"""Sessions of psychosocial support."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.health.actions.common import NOTE, patient, require_codes
from waystation.casework.health.codes.care import HealthClock
from waystation.casework.health.codes.support import Topic
from waystation.casework.health.models import Session, SessionDocument
from waystation.casework.health.policies import require_trained
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor, Compartment
from waystation.people import cleaning
from waystation.vault import new_person_key, seal

LONGEST_MINUTES = 480
LARGEST_GROUP = 500


@dataclass(frozen=True, kw_only=True)
class SessionDraft:
    """A session: of one person, or with `people_count` people of whom nobody is named.

    `after_id` is the session with a group after which this one was planned.
    """

    minutes: int
    document: SessionDocument
    person_id: UUID | None = None
    people_count: int | None = None
    next_on: date | None = None
    after_id: UUID | None = None


@action("health.work")
def record_session(*, by: Actor, draft: SessionDraft) -> Session:
    """Write a session down; the next one stands under To do. Raises NotAllowed, NotFound, Invalid."""
    require_trained(by)
    person = patient(by, draft.person_id) if draft.person_id else None
    errors: cleaning.Errors = {}
    require_codes(Topic, draft.document.topics, "topics", errors)
    document = cleaning.texts(draft.document, errors, words=NOTE)
    if not document.topics and not document.words:
        errors["topics"] = _("Say what it was about.")
    if not 1 <= draft.minutes <= LONGEST_MINUTES:
        errors["minutes"] = _("Write the minutes, from 1 to 480.")
    if person is None and not 2 <= (draft.people_count or 0) <= LARGEST_GROUP:
        errors["people_count"] = _("Write how many people there were, from 2 to 500.")
    if draft.next_on is not None and draft.next_on < clock.today():
        errors["next_on"] = _("Choose a day to come.")
    cleaning.refuse(errors)
    row = Session(
        person=person,
        people_count=None if person else draft.people_count,
        minutes=draft.minutes,
        at=clock.now(),
        by=by.account_id,
        post_id=by.post_id,
    )
    if person is None:
        new_person_key(row.pk)
    seal(row, "sealed", document)
    row.save(force_insert=True)
    if before := row.person_id or draft.after_id:
        followups.finish_follow_up(by=by, kind=HealthClock.TALK, subject=before)
    if draft.next_on is not None:
        _next(by, row, draft.next_on)
    journal.record(by, journal.Entry(action="health.session", subject=row.pk, person=row.person_id))
    return row


def _next(by: Actor, row: Session, day: date) -> None:
    followups.open_follow_up(
        by=by,
        kind=HealthClock.TALK,
        subject=row.person_id or row.pk,
        compartment=Compartment.HEALTH,
        person_id=row.person_id,
        due_at=clock.end_of(day),
        owner=by.account_id,
    )
