"""Every write on places and opening times."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from waystation.directory import hours, queries
from waystation.directory.codes import Freq, PlaceType
from waystation.directory.models import LINE, DayOff, Location, Schedule, Service, ServiceAt, node_zone
from waystation.directory.near import Point, read_point
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import cleaning
from waystation.people.places import COUNTRIES

LENGTHS = {
    "name": LINE,
    "address": LINE,
    "city": 120,
    "province": 120,
    "postal_code": 20,
    "transport": 300,
    "access": 300,
}


@dataclass(frozen=True, kw_only=True)
class PlaceDraft:
    """A place. `point` is two numbers as maps show them."""

    kind: str = PlaceType.PHYSICAL
    name: str = ""
    point: str = ""
    address: str = ""
    city: str = ""
    province: str = ""
    postal_code: str = ""
    country: str = ""
    transport: str = ""
    access: str = ""
    step_free: bool = False
    zone: str = ""


@dataclass(frozen=True, kw_only=True)
class HoursDraft:
    """One rule of opening times; `days` as calendars write them (`MO`, `2TU`)."""

    opens_at: time
    closes_at: time
    freq: str = Freq.WEEKLY
    days: tuple[str, ...] = ()
    interval: int = 1
    dtstart: date | None = None
    until: date | None = None
    note: str = ""


@action("directory.keep")
def add_place(*, by: Actor, service_id: UUID, draft: PlaceDraft) -> ServiceAt:
    """A place where a service is. Raises NotFound, Invalid."""
    service = queries.get_for(by, service_id, lock=True)
    row = Location()
    _write(row, draft)
    row.save(force_insert=True)
    return _at(by, service, row)


@action("directory.keep")
def use_place(*, by: Actor, service_id: UUID, location_id: UUID) -> ServiceAt:
    """A service is at a place that stands in the directory already. Raises NotFound."""
    service = queries.get_for(by, service_id, lock=True)
    row = queries.locations(by).filter(pk=location_id).first()
    if row is None:
        raise NotFound
    return _at(by, service, row)


@action("directory.keep")
def change_place(*, by: Actor, at_id: UUID, draft: PlaceDraft) -> Location:
    """Change what is said of a place, for every service there. Raises NotFound, Invalid."""
    at = queries.place_for(by, at_id)
    _write(at.location, draft)
    at.location.save()
    _told(by, at.service, "directory.place")
    return at.location


@action("directory.keep")
def leave_place(*, by: Actor, at_id: UUID) -> None:
    """A service is there no more. A place without any service goes too. Raises NotFound."""
    at = queries.place_for(by, at_id)
    at.delete()
    Location.objects.filter(pk=at.location_id, services__isnull=True).delete()
    _told(by, at.service, "directory.leave_place")


@action("directory.keep")
def add_hours(*, by: Actor, at_id: UUID, draft: HoursDraft) -> Schedule:
    """One more rule of opening times. Raises NotFound, Invalid."""
    at = queries.place_for(by, at_id)
    errors: cleaning.Errors = {}
    cleaning.require_code(Freq, draft.freq, "freq", errors)
    if draft.freq == Freq.ONCE and draft.dtstart is None:
        errors["dtstart"] = _("Say on which day.")
    if draft.freq and not draft.days:
        errors["days"] = _("Choose at least one day.")
    if draft.interval > 1 and draft.dtstart is None:
        errors["dtstart"] = _("Say from which day on it is counted.")
    if draft.dtstart and draft.until and draft.until < draft.dtstart:
        errors["until"] = _("The last day is before the first. Mend one.")
    if not 1 <= draft.interval <= 12:
        errors["interval"] = _("Write a number from 1 to 12.")
    note = cleaning.line(draft.note)
    if problem := cleaning.too_long(note, 300):
        errors["note"] = problem
    cleaning.refuse(errors)
    row = Schedule.objects.create(
        at=at,
        freq=draft.freq,
        interval=draft.interval,
        byday=hours.write_days(hours.read_days(",".join(draft.days))) if draft.freq else "",
        opens_at=draft.opens_at,
        closes_at=draft.closes_at,
        dtstart=draft.dtstart,
        until=draft.until,
        note=note,
    )
    _told(by, at.service, "directory.hours")
    return row


@action("directory.keep")
def drop_hours(*, by: Actor, at_id: UUID, schedule_id: UUID) -> None:
    """A rule of opening times is no longer so. Raises NotFound."""
    at = queries.place_for(by, at_id)
    gone, _rows = at.schedules.filter(pk=schedule_id).delete()
    if not gone:
        raise NotFound
    _told(by, at.service, "directory.hours")


@action("directory.keep")
def add_days_off(*, by: Actor, at_id: UUID, first_day: date, last_day: date | None = None, note: str = "") -> DayOff:
    """Closed on these days, whatever the rules say. Raises NotFound, Invalid."""
    at = queries.place_for(by, at_id)
    last, said = last_day or first_day, cleaning.line(note)
    errors: cleaning.Errors = {}
    if last < first_day:
        errors["last_day"] = _("The last day is before the first. Mend one.")
    if problem := cleaning.too_long(said, LINE):
        errors["note"] = problem
    cleaning.refuse(errors)
    row = DayOff.objects.create(at=at, first_day=first_day, last_day=last, note=said)
    _told(by, at.service, "directory.hours")
    return row


@action("directory.keep")
def drop_days_off(*, by: Actor, at_id: UUID, day_off_id: UUID) -> None:
    """Open on these days after all. Raises NotFound."""
    at = queries.place_for(by, at_id)
    gone, _rows = at.days_off.filter(pk=day_off_id).delete()
    if not gone:
        raise NotFound
    _told(by, at.service, "directory.hours")


def _write(row: Location, draft: PlaceDraft) -> None:
    errors: cleaning.Errors = {}
    cleaning.require_code(PlaceType, draft.kind, "kind", errors)
    for name, longest in LENGTHS.items():
        cleaned = cleaning.line(getattr(draft, name))
        if problem := cleaning.too_long(cleaned, longest):
            errors[name] = problem
        setattr(row, name, cleaned)
    point = _point(draft, errors)
    row.country, row.zone = draft.country.upper(), draft.zone or node_zone()
    if row.country and row.country not in COUNTRIES:
        errors["country"] = _("Choose a country from the list, or leave it empty.")
    if row.zone not in available_timezones():
        errors["zone"] = _("Write a time zone like Europe/Rome.")
    if draft.kind == PlaceType.PHYSICAL and not (row.address or row.city or point or row.post_id):
        errors["address"] = _("Say where it is: an address, a town, or two numbers from a map.")
    cleaning.refuse(errors)
    row.kind, row.step_free = PlaceType(draft.kind), draft.step_free
    row.latitude, row.longitude = (point.latitude, point.longitude) if point else (None, None)


def _point(draft: PlaceDraft, errors: cleaning.Errors) -> Point | None:
    if not draft.point.strip():
        return None
    try:
        return read_point(draft.point)
    except ValueError:
        errors["point"] = _("Write two numbers as maps show them, like 45.07, 7.68.")
        return None


def _at(by: Actor, service: Service, place: Location) -> ServiceAt:
    row, _made = ServiceAt.objects.get_or_create(service=service, location=place)
    _told(by, service, "directory.place")
    return row


def _told(by: Actor, service: Service, name: str) -> None:
    Service.objects.filter(pk=service.pk).update(changed_at=clock.now())
    journal.record(by, journal.Entry(action=name, subject=service.pk))
