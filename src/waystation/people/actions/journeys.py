"""The road, stop by stop, as the person tells it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.kernel import journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.journal import Entry
from waystation.people import cleaning, queries
from waystation.people.codes import Stage
from waystation.people.documents import StopDocument
from waystation.people.models import JourneyStop
from waystation.people.places import COUNTRIES
from waystation.vault import seal

MOST_STOPS = 100


@action("people.journey")
def add_stop(*, by: Actor, person_id: UUID, stage: str, stop: StopDocument, position: int | None = None) -> JourneyStop:
    """Add a stop at a position (0 the first), else at the end. Raises NotFound, Invalid."""
    person = queries.get_for(by, person_id)
    cleaned = _cleaned(stage, stop)
    rows = list(JourneyStop.objects.filter(person__in=queries.one_person_ids(person)))
    if len(rows) >= MOST_STOPS:
        raise Invalid({"stage": _("This road has a hundred stops. Remove some before adding more.")})
    row = JourneyStop(person=person, stage=stage, position=0)
    seal(row, "sealed", cleaned)
    place = len(rows) if position is None else max(0, min(position, len(rows)))
    rows.insert(place, row)
    row.position = place
    row.save(force_insert=True)
    _renumber(rows)
    _journal(by, "people.journey.add", row)
    return row


@action("people.journey")
def correct_stop(*, by: Actor, stop_id: UUID, stage: str, stop: StopDocument) -> JourneyStop:
    """Write a stop anew. Raises NotFound, Invalid."""
    row = _seen(by, stop_id)
    cleaned = _cleaned(stage, stop)
    row.stage = stage
    seal(row, "sealed", cleaned)
    row.save(update_fields=["stage", "sealed"])
    _journal(by, "people.journey.correct", row)
    return row


@action("people.journey")
def move_stop(*, by: Actor, stop_id: UUID, position: int) -> JourneyStop:
    """Put a stop at another position (0 the first). Raises NotFound."""
    row = _seen(by, stop_id)
    rows = list(JourneyStop.objects.filter(person__in=queries.one_person_ids(row.person)))
    rows = [other for other in rows if other.pk != row.pk]
    rows.insert(max(0, min(position, len(rows))), row)
    _renumber(rows)
    _journal(by, "people.journey.move", row)
    return row


@action("people.journey")
def remove_stop(*, by: Actor, stop_id: UUID) -> None:
    """Take a stop out of the road; what was written in it is gone. Raises NotFound."""
    row = _seen(by, stop_id)
    _journal(by, "people.journey.remove", row)
    row.delete()


def _seen(by: Actor, stop_id: UUID) -> JourneyStop:
    found = JourneyStop.objects.filter(pk=stop_id).select_related("person").first()
    if found is None:
        raise NotFound
    queries.get_for(by, found.person_id)
    return found


def _renumber(rows: list[JourneyStop]) -> None:
    moved = []
    for place, row in enumerate(rows):
        if row.position != place:
            row.position = place
            moved.append(row)
    JourneyStop.objects.bulk_update(moved, ["position"])


def _cleaned(stage: str, stop: StopDocument) -> StopDocument:
    errors: cleaning.Errors = {}
    cleaning.require_code(Stage, stage, "stage", errors)
    if stop.country and stop.country not in COUNTRIES:
        errors["country"] = _("Choose a country from the list, or leave it empty.")
    cleaned = cleaning.texts(stop, errors, place=200, when=10, note=cleaning.LONGEST_NOTE)
    if cleaned.when and not cleaning.is_when(cleaned.when):
        errors["when"] = cleaning.WRITE_WHEN
    cleaning.refuse(errors)
    return cleaned


def _journal(by: Actor, name: str, row: JourneyStop) -> None:
    journal.record(by, Entry(action=name, subject=row.pk, person=row.person_id, detail={"stage": row.stage}))
