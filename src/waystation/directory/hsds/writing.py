"""The directory as HSDS 3.0: a list of full services as JSON, and the same as a package of tables (CSV)."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.db.models import Prefetch, QuerySet

from waystation.directory.codes import Safety
from waystation.directory.hsds.tables import COLUMNS, Row, Tables, derived, flatten
from waystation.directory.models import DayOff, Location, Provider, Schedule, Service, ServiceAt, Texts
from waystation.directory.queries import OPEN_PLACE
from waystation.kernel import clock
from waystation.people.tongues import LANGUAGES, language_name

KINDS, MARKS, WRITTEN, ZONES = "waystation-kinds", "waystation-marks", "waystation-written", "waystation-zones"
ASKS_NOTHING, REFERRAL, SAFE, STEP_FREE = "asks-nothing", "referral-needed", "safe-to-approach", "step-free"
MARK_WORDS = {
    ASKS_NOTHING: "Nobody is asked to show who they are",
    REFERRAL: "Somebody must send people there",
    SAFE: "Looked at and found safe to approach, on the day given",
    STEP_FREE: "Without steps",
}
TRANSLATED = ("name", "description", "application", "fees", "wait_time", "alert", "bring")
NUMBERS = frozenset(("minimum_age", "maximum_age", "latitude", "longitude", "timezone", "interval"))
DAY_OFF = "Closed"


def with_everything(rows: QuerySet[Service]) -> QuerySet[Service]:
    """Services with all that is written of them, in as many queries as there are tables."""
    places = ServiceAt.objects.filter(OPEN_PLACE).select_related("location__post")
    places = places.prefetch_related("schedules", "days_off")
    parts = ("languages", "phones", "wordings", Prefetch("places", places, to_attr="open_places"))
    return rows.select_related("provider").prefetch_related(*parts).order_by("pk")


def page_of(rows: Iterable[Service]) -> Row:
    """All of them as one page of a service list."""
    contents = [service(row) for row in rows]
    return {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }


def package(rows: Iterable[Service]) -> bytes:
    """The same as tables in a ZIP, with a description of each (Frictionless Data Package)."""
    tables: Tables = {}
    for row in rows:
        flatten(tables, "services", service(row))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", json.dumps(_description(), indent=1))
        for table in COLUMNS:
            archive.writestr(f"{table}.csv", _csv(table, tables.get(table, {}).values()))
    return out.getvalue()


def service(row: Service) -> Row:
    """One service, full."""
    said = {
        "url": row.website,
        "email": row.email,
        "description": row.description,
        "application_process": row.application,
        "fees_description": row.fees,
        "wait_time": row.wait_time,
        "alert": row.alert,
        "minimum_age": row.minimum_age,
        "maximum_age": row.maximum_age,
        "assured_date": row.assured_on and row.assured_on.isoformat(),
        "last_modified": row.changed_at.isoformat().replace("+00:00", "Z"),
        "organization": _provider(row.provider),
        "phones": [_told(id=str(one.pk), number=one.number, description=one.note) for one in row.phones.all()],
        "languages": [
            {"id": str(one.pk), "name": language_name(one.code, "en"), "code": LANGUAGES.get(one.code, one.code)}
            for one in row.languages.all()
        ],
        "service_at_locations": [_at(at) for at in _places(row)],
        "service_areas": [{"id": derived(row.pk, "area"), "name": row.area}] if row.area else [],
        "required_documents": [{"id": derived(row.pk, "bring"), "document": row.bring}] if row.bring else [],
        "attributes": [*_marks(row), *_translations(row)],
    }
    return {"id": str(row.pk), "name": row.name, "status": row.status, **_told(**said)}


def _places(row: Service) -> list[ServiceAt]:
    return getattr(row, "open_places", None) or list(row.places.filter(OPEN_PLACE))


def _provider(row: Provider) -> Row:
    told = _told(email=row.email, website=row.website)
    return {"id": str(row.pk), "name": row.name, "description": row.description, **told}


def _at(at: ServiceAt) -> Row:
    schedules = [_schedule(one, at.location) for one in at.schedules.all()]
    schedules += [_day_off(one) for one in at.days_off.all()]
    return {"id": str(at.pk), "location": _location(at.location), **_told(schedules=schedules)}


def _location(row: Location) -> Row:
    said = {
        "name": row.title,
        "url": row.website,
        "transportation": row.transport,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "addresses": [_address(row)] if row.address or row.city else [],
        "accessibility": [{"id": derived(row.pk, "access"), "description": row.access}] if row.access else [],
        "attributes": [
            *([_attribute(row.pk, "location", MARKS, STEP_FREE, MARK_WORDS[STEP_FREE])] if row.step_free else []),
            _attribute(row.pk, "location", ZONES, "zone", "Time zone of the opening times (IANA)", value=row.zone),
        ],
    }
    return {"id": str(row.pk), "location_type": row.kind, **_told(**said)}


def _address(row: Location) -> Row:
    return {
        "id": derived(row.pk, "address"),
        "address_1": row.address,
        "city": row.city,
        "state_province": row.province,
        "postal_code": row.postal_code,
        "country": row.country,
        "address_type": "postal" if row.kind == "postal" else "physical",
    }


def _schedule(row: Schedule, location: Location) -> Row:
    start = datetime.combine(row.dtstart or clock.today(), time(12), tzinfo=location.time_zone)
    offset = start.utcoffset()
    said = {
        "dtstart": row.dtstart and row.dtstart.isoformat(),
        "until": row.until and row.until.isoformat(),
        "timezone": offset.total_seconds() / 3600 if offset is not None else None,
        "freq": row.freq,
        "interval": row.interval if row.freq else None,
        "byday": row.byday,
        "bymonthday": row.bymonthday,
        "opens_at": row.opens_at.isoformat(),
        "closes_at": row.closes_at.isoformat(),
        "notes": row.note,
    }
    return {"id": str(row.pk), **_told(**said)}


def _day_off(row: DayOff) -> Row:
    days = {"valid_from": row.first_day.isoformat(), "valid_to": row.last_day.isoformat()}
    return {"id": str(row.pk), "description": DAY_OFF, **days, **_told(notes=row.note)}


def _marks(row: Service) -> list[Row]:
    found = [_attribute(row.pk, "service", KINDS, row.kind, row.kind)]
    marks = {
        ASKS_NOTHING: "yes" if row.asks_nothing else "",
        REFERRAL: "yes" if row.referral_needed else "",
        SAFE: row.safe_on.isoformat() if row.safety == Safety.SAFE and row.safe_on else "",
    }
    found += [
        _attribute(row.pk, "service", MARKS, code, MARK_WORDS[code], value=value)
        for code, value in marks.items()
        if value
    ]
    return [*found, _attribute(row.pk, "service", WRITTEN, row.language, language_name(row.language, "en"))]


def _translations(row: Service) -> list[Row]:
    return [
        _attribute(row.pk, "service", WRITTEN, text.language, language_name(text.language, "en"), part=part, value=said)
        for text in row.wordings.all()
        for part, said in _parts(text)
    ]


def _parts(text: Texts) -> list[tuple[str, str]]:
    return [(part, getattr(text, part)) for part in TRANSLATED if getattr(text, part)]


def _attribute(of: Any, entity: str, taxonomy: str, code: str, words: str, *, part: str = "", value: str = "") -> Row:
    term = {"id": derived(taxonomy, code), "code": code, "name": words, "description": words, "taxonomy": taxonomy}
    said = _told(link_type=f"translation/{part}" if part else "", value=value)
    return {
        "id": derived(of, taxonomy, code, part),
        "link_id": str(of),
        "link_entity": entity,
        **said,
        "taxonomy_term": {**term, "language": "eng"},
    }


def _told(**said: Any) -> Row:
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def _csv(table: str, rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS[table], extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _description() -> Row:
    return {
        "name": "human_services_data",
        "title": "Human Services Data Specification 3.0",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table,
                "path": f"{table}.csv",
                "format": "csv",
                "encoding": "utf-8",
                "profile": "tabular-data-resource",
                "schema": {
                    "primaryKey": "id",
                    "fields": [{"name": name, "type": "number" if name in NUMBERS else "string"} for name in columns],
                },
            }
            for table, columns in COLUMNS.items()
        ],
    }
