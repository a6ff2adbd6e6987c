"""What hangs on services and places in a file: numbers, languages, opening times, addresses, our own marks."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from waystation.casework.referrals.codes import Service as Kind
from waystation.directory import hours
from waystation.directory.codes import Freq, PlaceType, Why
from waystation.directory.hsds import values, writing
from waystation.directory.hsds.tables import Row, derived
from waystation.directory.hsds.values import Reading
from waystation.directory.models import (
    LINE,
    NOTE,
    DayOff,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceAt,
    Spoken,
)
from waystation.people.places import COUNTRIES
from waystation.people.tongues import LANGUAGES

if TYPE_CHECKING:
    from waystation.directory.hsds.taking import Taking

ADDRESS = {"address_1": ("address", LINE), "city": ("city", 120), "state_province": ("province", 120)}
ADDRESS |= {"postal_code": ("postal_code", 20)}


def marks(taking: "Taking", key: UUID, known: Service | None) -> Row:
    """Kind, language and our own marks, where the file tells them; what it does not tell stays as it was."""
    said: Row = {
        "kind": known.kind if known else Kind.OTHER.value,
        "language": known.language if known else taking.language,
        "asks_nothing": known.asks_nothing if known else False,
        "referral_needed": known.referral_needed if known else False,
    }
    for one in taking.attributes.get(str(key), ()):
        term = taking.terms.get(str(one.get("taxonomy_term_id", "")), {})
        taxonomy, code = term.get("taxonomy"), str(term.get("code", ""))
        if taxonomy == writing.KINDS and code in Kind.values:
            said["kind"] = code
        if taxonomy == writing.MARKS and code in {writing.ASKS_NOTHING, writing.REFERRAL}:
            said[code.replace("-", "_")] = True
        if taxonomy == writing.WRITTEN and code in LANGUAGES and not one.get("link_type"):
            said["language"] = code
    return said


def virtual_places(taking: "Taking") -> None:
    """A service that one calls or opens in a browser, and that has no place in the file, is by telephone or online."""
    placed = {str(at.service_id) for at in taking.at.values()}
    called = {str(row.get("service_id", "")) for row in taking.tables.get("phones", {}).values()}
    timed = {str(row.get("service_id", "")) for row in taking.tables.get("schedules", {}).values()}
    for key, service in taking.services.items():
        if key not in placed and (service.website or service.email or key in called | timed):
            said = {"kind": PlaceType.VIRTUAL.value, "website": service.website}
            location = taking.keep(Location, UUID(derived(key, "virtual")), said)
            at = {"service": service, "location": location}
            taking.at[f"virtual {key}"] = taking.keep(ServiceAt, UUID(derived(key, "at")), at, service=service)


def address(taking: "Taking", reading: Reading) -> None:
    """Where a place is."""
    location = taking.locations.get(str(reading.row.get("location_id", "")))
    if location is None:
        return
    said = {ours: reading.get(theirs, values.line(most), "") for theirs, (ours, most) in ADDRESS.items()}
    more = str(reading.row.get("address_2") or "")
    if more and len(said["address"]) + len(more) + 2 <= LINE:
        said["address"] = f"{said['address']}, {more}"
    said["country"] = reading.get("country", values.one_of(COUNTRIES), "")
    _on_location(taking, location, said)


def accessibility(taking: "Taking", reading: Reading) -> None:
    """How people get in."""
    location = taking.locations.get(str(reading.row.get("location_id", "")))
    if location is not None:
        _on_location(taking, location, {"access": reading.get("description", values.line(300), "")})


def area(taking: "Taking", reading: Reading) -> None:
    """For people of which area."""
    _on_service(taking, reading, "area", "name", LINE)


def bring(taking: "Taking", reading: Reading) -> None:
    """What people should bring."""
    _on_service(taking, reading, "bring", "document", NOTE)


def language(taking: "Taking", reading: Reading) -> None:
    """A language in which people are helped."""
    code = reading.get("code", values.language, "")
    for service in _services(taking, reading.row) if code else ():
        known = Spoken.objects.filter(service=service, code=code).first()
        key = known.pk if known else UUID(derived(service.pk, "spoken", code))
        taking.keep(Spoken, key, {"service": service, "code": code}, service=service)


def phone(taking: "Taking", reading: Reading) -> None:
    """A number to call."""
    key = reading.need("id", values.identifier)
    number = reading.need("number", values.telephone)
    if key is None or number is None:
        return
    said = {"number": number, "note": reading.get("description", values.line(LINE), "")}
    services = _services(taking, reading.row)
    for service in services:
        own = key if len(services) == 1 else UUID(derived(key, service.pk))
        taking.keep(Phone, own, {**said, "service": service}, service=service)


def schedule(taking: "Taking", reading: Reading) -> None:
    """Opening times, or days off where only a first and a last day are told."""
    key = reading.need("id", values.identifier)
    row, places = reading.row, _places(taking, reading.row)
    if key is None:
        return
    if not row.get("opens_at") and not row.get("freq") and row.get("valid_from"):
        said, model = _days_off(reading), DayOff
    else:
        said, model = _rule(reading), Schedule  # type: ignore[assignment]
    for at in places if not reading.fatal else ():
        own = key if len(places) == 1 else UUID(derived(key, at.pk))
        taking.keep(model, own, {**said, "at": at}, service=at.service)


def drop_what_is_gone(taking: "Taking") -> None:
    """Numbers, languages and times that a file no longer tells of a service, where it tells any."""
    told = {model: {row.pk for row in rows} for model, rows in taking.told.items()}
    for service in taking.services.values():
        for model, rows in (
            (Phone, Phone.objects.filter(service=service)),
            (Spoken, Spoken.objects.filter(service=service)),
            (Schedule, Schedule.objects.filter(at__service=service)),
        ):
            known = {row.pk for row in rows}
            if known & told.get(model, set()) and known - told[model]:
                rows.filter(pk__in=known - told[model]).delete()
                taking.changed(service)


OF: Mapping[str, Callable[["Taking", Reading], None]] = {
    "addresses": address,
    "accessibility": accessibility,
    "service_areas": area,
    "required_documents": bring,
    "languages": language,
    "phones": phone,
    "schedules": schedule,
}


def _days_off(reading: Reading) -> Row:
    first = reading.need("valid_from", values.day)
    last = reading.get("valid_to", values.day, None) or first
    if first and last and last < first:
        reading.refuse("valid_to", Why.OUT_OF_RANGE)
    return {"first_day": first, "last_day": last, "note": reading.get("notes", values.line(LINE), "")}


def _rule(reading: Reading) -> Row:
    row = reading.row
    starts = reading.get("dtstart", values.day, None) or reading.get("valid_from", values.day, None)
    ends = [day for name in ("until", "valid_to") if (day := reading.get(name, values.day, None))]
    byday = reading.get("byday", values.weekdays, "")
    freq = reading.get("freq", values.one_of(("WEEKLY", "MONTHLY")), "")
    if not row.get("freq"):
        freq = Freq.ONCE.value if starts and not byday and not ends else Freq.WEEKLY.value
    monthly = freq == Freq.MONTHLY
    said: Row = {
        "freq": freq,
        "interval": reading.get("interval", values.whole(1, 52), 1),
        "byday": byday,
        "bymonthday": reading.get("bymonthday", values.month_days, "") if monthly else "",
        "opens_at": reading.need("opens_at", values.clock_time),
        "closes_at": reading.need("closes_at", values.clock_time),
        "dtstart": starts,
        "until": _last(reading, starts, ends),
        "note": reading.get("notes", values.line(300), ""),
    }
    _judge(reading, said)
    return said


def _last(reading: Reading, starts: date | None, ends: list[date]) -> date | None:
    last = min(ends) if ends else None
    if last and starts and last < starts:
        reading.refuse("until", Why.OUT_OF_RANGE)
    return last


def _judge(reading: Reading, said: Row) -> None:
    """Whether the rule gives days; one that ends by a count gets its last day."""
    if said["interval"] > 1 and said["dtstart"] is None:
        reading.refuse("dtstart", Why.MISSING)
    if said["freq"] == Freq.MONTHLY and not (said["byday"] or said["bymonthday"] or said["dtstart"]):
        reading.refuse("byday", Why.NOT_RULE)
    if reading.row.get("freq") and not said["freq"]:
        reading.fatal = True
    count = reading.get("count", values.whole(1, 10_000), 0)
    if count and not reading.fatal:
        last = hours.last_of(Schedule(**said).rule, count)
        said["until"] = min((day for day in (last, said["until"]) if day), default=None)


def _services(taking: "Taking", row: Row) -> list[Service]:
    """The services that a number or language belongs to: told by itself, by a service at a place, or by a place."""
    if service := taking.services.get(str(row.get("service_id", ""))):
        return [service]
    return list({at.service.pk: at.service for at in _places(taking, row)}.values())


def _places(taking: "Taking", row: Row) -> list[ServiceAt]:
    if at := taking.at.get(str(row.get("service_at_location_id", ""))):
        return [at]
    service, location = str(row.get("service_id", "")), str(row.get("location_id", ""))
    of_service = [at for at in taking.at.values() if str(at.service_id) == service]
    return of_service or [at for at in taking.at.values() if str(at.location_id) == location]


def _on_location(taking: "Taking", location: Location, said: Row) -> None:
    taking.locations[str(location.pk)] = taking.keep(Location, location.pk, said)


def _on_service(taking: "Taking", reading: Reading, ours: str, theirs: str, most: int) -> None:
    service = taking.services.get(str(reading.row.get("service_id", "")))
    if service is None:
        return
    read = values.line(most) if most == LINE else values.note(most)
    said = reading.get(theirs, read, "")
    if said and getattr(service, ours) != said:
        setattr(service, ours, said)
        service.save(update_fields=[ours])
        taking.changed(service)
