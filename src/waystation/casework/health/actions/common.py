"""What the actions of this room share."""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups import actions as followups
from waystation.casework.health.models.base import OfPerson
from waystation.casework.health.policies import require_trained
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor, Compartment
from waystation.people import cleaning
from waystation.people import queries as people
from waystation.people.models import Person

NOTE, LINE = cleaning.LONGEST_NOTE, 200
UNKNOWN = _("Choose from the list: one of the codes is not known.")
Row = TypeVar("Row", bound=OfPerson)


def patient(by: Actor, person_id: UUID) -> Person:
    """Somebody whose health this actor looks after. Raises NotAllowed, NotFound."""
    require_trained(by)
    return people.get_for(by, person_id)


def new(model: type[Row], by: Actor, person: Person, **facts: Any) -> Row:
    """A row about a person, by this actor, now; not saved yet."""
    return model(person=person, at=clock.now(), by=by.account_id, post_id=by.post_id, **facts)


def require_codes(codes: type[Enum], chosen: Iterable[str], field: str, errors: cleaning.Errors) -> None:
    """Note an error unless all are codes of the list."""
    if set(chosen) - {code.value for code in codes}:
        errors[field] = UNKNOWN


def open_clock(
    by: Actor,
    kind: str,
    row: OfPerson,
    due_at: datetime,
    *,
    mine: bool = True,
    immediate: bool = False,
    subject: UUID | None = None,
) -> None:
    """Something to do about a row (or about the `subject` given instead), for health staff."""
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=subject or row.pk,
        compartment=Compartment.HEALTH,
        person_id=row.person_id,
        due_at=due_at,
        owner=by.account_id if mine else None,
        immediate=immediate,
    )


def tell(by: Actor, name: str, row: OfPerson) -> None:
    """Write an act into the log."""
    journal.record(by, journal.Entry(action=name, subject=row.pk, person=row.person_id))
