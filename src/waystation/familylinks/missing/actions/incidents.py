"""Incidents on routes: taken from a file of IOM as often as one likes, or written down by ourselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.missing import queries
from waystation.familylinks.missing.codes import MOST_PEOPLE, ROUNDED_TO, Cause, Source
from waystation.familylinks.missing.models import Incident, Reading, Remark
from waystation.familylinks.missing.reading import COUNTS, LENGTHS, Row, read
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid
from waystation.kernel.ids import new_id
from waystation.people import cleaning

CHUNK = 400
Known = dict[tuple[str, int], Incident]


@action("missing.keep")
def take(*, by: Actor, name: str, data: bytes) -> Reading:
    """Read a file of the Missing Migrants Project; read again, it changes only what is other than before.

    What it says of an incident stands in place of all that was known of that incident: the totals are then those of
    the file read last. Raises Invalid for what is no such file.
    """
    found = read(data)
    reading = Reading(file_name=cleaning.line(name)[:200], read_at=clock.now(), by=by.account_id)
    known = _known(found.rows)
    new, changed, gone = _compared(by, found.rows, known)
    Incident.objects.bulk_create(new, batch_size=CHUNK)
    Incident.objects.bulk_update(changed, [*VALUES, "written_at", "by"], batch_size=CHUNK)
    _drop(gone)
    reading.made, reading.changed, reading.gone = len(new), len(changed), len(gone)
    reading.same = len(found.rows) - len(new) - len(changed)
    reading.save(force_insert=True)
    remarks = [
        Remark(reading=reading, line=one.line, field=one.field, why=one.why, said=one.said, taken=one.taken)
        for one in found.remarks
    ]
    Remark.objects.bulk_create(remarks, batch_size=CHUNK)
    journal.record(by, journal.Entry(action="missing.take", subject=reading.pk))
    return reading


VALUES = ("year", "day", "total", "latitude", "longitude", "quality", *COUNTS, *LENGTHS)


def _known(rows: Sequence[Row]) -> Known:
    """What stands here of the incidents that a file names, locked against another reader of the same."""
    keys = sorted({row.key for row in rows})
    ours = Incident.objects.select_for_update().filter(source=Source.IOM)
    return {(one.source_id, one.part): one for part in _chunks(keys) for one in ours.filter(source_id__in=part)}


def _compared(by: Actor, rows: Sequence[Row], known: Known) -> tuple[list[Incident], list[Incident], list[Incident]]:
    """What is new, what is other than before, and which parts the file has no more."""
    new, changed = [], []
    left = dict(known)
    for row in rows:
        one = left.pop((row.key, row.part), None)
        if one is None:
            one = Incident(source=Source.IOM, source_id=row.key, part=row.part)
            new.append(one)
        elif all(getattr(one, name) == value for name, value in row.values.items()):
            continue
        else:
            changed.append(one)
        for name, value in row.values.items():
            setattr(one, name, value)
        one.written_at, one.by = clock.now(), by.account_id
    return new, changed, list(left.values())


def _drop(gone: Sequence[Incident]) -> None:
    """Parts that the file has no more; who was linked to one stays linked to the first part of the same incident."""
    for one in gone:
        first = Incident.objects.get(source=one.source, source_id=one.source_id, part=1)
        for model in queries.linked():
            model.objects.filter(incident=one).update(incident=first)
    for ids in _chunks([one.pk for one in gone]):
        Incident.objects.filter(pk__in=ids).delete()


def _chunks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    yield from (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


@dataclass(frozen=True, kw_only=True)
class IncidentDraft:
    """What is known of an incident that we write down: `cause` is of `codes.Cause`, no count is also an answer."""

    day: date
    route: str = ""
    region: str = ""
    country: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    dead: int | None = None
    missing: int | None = None
    survivors: int | None = None
    women: int | None = None
    men: int | None = None
    children: int | None = None
    cause: str = Cause.MIXED.value
    quality: int | None = None
    sources: str = ""
    url: str = ""


@action("missing.keep")
def record_incident(*, by: Actor, draft: IncidentDraft) -> Incident:
    """Write down that people died or went missing on a route. No name stands here. Raises Invalid."""
    number = new_id()
    row = Incident(pk=number, source=Source.OWN, source_id=str(number))
    return _written(by, row, draft, "missing.record")


@action("missing.keep")
def correct_incident(*, by: Actor, incident_id: UUID, draft: IncidentDraft) -> Incident:
    """Mend what we wrote down ourselves; what others published is mended by them. Raises NotFound, Invalid."""
    row = queries.incident_for(by, incident_id, lock=True)
    if row.source != Source.OWN:
        raise Invalid({}, _("This is published by others. When they correct it, read their file again."))
    return _written(by, row, draft, "missing.correct")


def _written(by: Actor, row: Incident, draft: IncidentDraft, name: str) -> Incident:
    values = _checked(draft)
    for column, value in values.items():
        setattr(row, column, value)
    row.written_at, row.by = clock.now(), by.account_id
    row.save()
    journal.record(by, journal.Entry(action=name, subject=row.pk))
    return row


def _checked(draft: IncidentDraft) -> dict[str, Any]:
    errors: cleaning.Errors = {}
    cleaning.require_code(Cause, draft.cause, "cause", errors)
    if draft.day > clock.today():
        errors["day"] = _("This day is to come. Write down what has happened.")
    cleaned = cleaning.texts(draft, errors, **{name: most for name, most in LENGTHS.items() if name != "cause"})
    counts = {name: getattr(draft, name) for name in COUNTS}
    for name, count in counts.items():
        if count is not None and not 0 <= count <= MOST_PEOPLE:
            errors[name] = _("From 0 to %(most)d.") % {"most": MOST_PEOPLE}
    if draft.dead is None and draft.missing is None:
        errors["dead"] = _("Say how many died or how many are missing, as far as anybody knows.")
    if draft.quality is not None and not 1 <= draft.quality <= 5:
        errors["quality"] = _("Choose one of the answers offered.")
    point = _point(draft, errors)
    cleaning.refuse(errors)
    texts = {name: " ".join(getattr(cleaned, name).split()) for name in LENGTHS}
    total = (draft.dead or 0) + (draft.missing or 0)
    return {
        "day": draft.day,
        "year": draft.day.year,
        "total": total,
        "quality": draft.quality,
        **counts,
        **texts,
        **point,
    }


def _point(draft: IncidentDraft, errors: cleaning.Errors) -> dict[str, float | None]:
    """Both or none, rounded."""
    found = {"latitude": draft.latitude, "longitude": draft.longitude}
    for name, most in (("latitude", 90), ("longitude", 180)):
        value = found[name]
        if value is None and any(other is not None for other in found.values()):
            errors[name] = _("A place needs both numbers, or none.")
        elif value is not None and not -most <= value <= most:
            errors[name] = _("From %(least)d to %(most)d.") % {"least": -most, "most": most}
    return {name: None if value is None else round(value, ROUNDED_TO) for name, value in found.items()}
