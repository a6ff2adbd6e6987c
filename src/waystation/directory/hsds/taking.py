"""Tables of others into the directory: what is known is changed, what is new is made, nothing stands there twice.

A row with something wrong in it is kept with the reason, by row and field; what else it says is taken where that can
stand alone. What nobody here asks (who may come, by what right) is never taken, only counted.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from waystation.directory import actions
from waystation.directory.codes import PlaceType, Status, Why
from waystation.directory.hsds import parts, values, writing
from waystation.directory.hsds.reading import read
from waystation.directory.hsds.tables import Row, Tables, derived
from waystation.directory.hsds.values import Reading
from waystation.directory.models import (
    LINE,
    NOTE,
    BadRow,
    Import,
    Location,
    Provider,
    Service,
    ServiceAt,
    Wording,
    node_zone,
)
from waystation.kernel import clock, journal
from waystation.kernel.actions import action
from waystation.kernel.actors import Actor
from waystation.people import cleaning

TAKEN = {
    "organizations": {"id", "name", "description", "email", "website"},
    "services": {
        "id", "organization_id", "name", "description", "url", "email", "status", "application_process", "fees",
        "fees_description", "wait_time", "minimum_age", "maximum_age", "assured_date", "alert", "last_modified",
    },
    "locations": {"id", "location_type", "url", "name", "transportation", "latitude", "longitude", "organization_id"},
}  # fmt: skip
NEVER_TAKEN = ("contacts", "programs", "funding", "organization_identifiers", "metadata", "meta_table_descriptions")


@action("directory.import")
def take(*, by: Actor, name: str, data: bytes, language: str = "eng", show: bool = False) -> Import:
    """Read a file into the directory; with `show` what is new is public at once. Raises Invalid."""
    tables = read(data)
    errors: cleaning.Errors = {}
    actions.checked_language(language, errors)
    if not tables.get("services"):
        errors["file"] = _("No service stands in this file.")
    cleaning.refuse(errors)
    taking = Taking(by, tables, language, show=show)
    taking.all()
    source = taking.source
    source.file_name = cleaning.line(name)[:LINE]
    source.save(force_insert=True)
    for row in taking.bad:
        row.source = source
    BadRow.objects.bulk_create(taking.bad)
    for provider in taking.touched:
        actions.set_clock(by, provider)
    journal.record(by, journal.Entry(action="directory.import", subject=source.pk))
    return source


class Taking:
    """One file on its way into the directory."""

    def __init__(self, by: Actor, tables: Tables, language: str, *, show: bool) -> None:
        self.by, self.tables, self.language, self.show = by, tables, language, show
        self.source = Import(read_at=clock.now(), by=by.account_id)
        self.bad: list[BadRow] = []
        self.touched: set[Provider] = set()
        self.providers: dict[str, Provider] = {}
        self.services: dict[str, Service] = {}
        self.locations: dict[str, Location] = {}
        self.at: dict[str, ServiceAt] = {}
        self.news: dict[UUID, str] = {}
        self.told: dict[type[Any], list[Any]] = {}
        self.moved: set[UUID] = set()
        self.terms = tables.get("taxonomy_terms", {})
        self.attributes = self._by_parent("attributes", "link_id")

    def all(self) -> None:
        """Table after table, each before those that name it."""
        self._each("organizations", self._provider)
        self._each("services", self._service)
        self._each("locations", self._location)
        self._each("service_at_location", self._service_at)
        parts.virtual_places(self)
        for table, do in parts.OF.items():
            self._each(table, partial(do, self))
        parts.drop_what_is_gone(self)
        for at in self.at.values():
            if at.location_id in self.moved:
                self.changed(at.service)
        other = [key for key, news in self.news.items() if news == "changed"]
        Service.objects.filter(pk__in=other).update(changed_at=clock.now())
        counted = Counter(self.news.values())
        self.source.made, self.source.changed, self.source.same = counted["made"], counted["changed"], counted["same"]
        self.source.left_out = self._left_out()

    def keep(self, model: type[Any], key: UUID, said: Row, service: Service | None = None) -> Any:
        """Make or change a row; a service with a part that is new or other counts as changed."""
        row = model.objects.filter(pk=key).first()
        if row is None:
            row, news = model.objects.create(pk=key, **said), "made"
        elif any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            row.save()
            news = "changed"
        else:
            news = "same"
        self.told.setdefault(model, []).append(row)
        self._note_news(row, news, service)
        return row

    def changed(self, service: Service) -> None:
        """Something about a service is other than before."""
        if self.news.get(service.pk) == "same":
            self.news[service.pk] = "changed"

    def _note_news(self, row: Model, news: str, service: Service | None) -> None:
        if isinstance(row, Service):
            self.news[row.pk] = news
        elif isinstance(row, Location) and news != "same":
            self.moved.add(row.pk)
        elif service is not None and news != "same":
            self.changed(service)

    def _each(self, table: str, do: Callable[[Reading], None]) -> None:
        for number, (key, row) in enumerate(self.tables.get(table, {}).items(), start=1):
            reading = Reading(table, number, row)
            if row.get("id") and key != str(row["id"]):
                reading.refuse("id", Why.TWICE)
            else:
                do(reading)
            self.bad += reading.bad_rows()

    def _provider(self, reading: Reading) -> None:
        key = reading.need("id", values.identifier)
        name = reading.need("name", values.line(LINE))
        if key is None or name is None:
            return
        known = Provider.objects.filter(pk=key).first() or Provider.objects.filter(name=name).first()
        if known is not None and known.is_own:
            return
        said = {
            "name": name,
            "description": reading.get("description", values.note(NOTE), ""),
            "email": reading.get("email", values.email, ""),
            "website": reading.get("website", values.address, ""),
        }
        self.providers[str(key)] = self.keep(Provider, known.pk if known else key, said)

    def _service(self, reading: Reading) -> None:
        key = reading.need("id", values.identifier)
        name = reading.need("name", values.line(LINE))
        status = reading.need("status", values.one_of(Status.values))
        provider = self.providers.get(str(reading.row.get("organization_id", "")))
        known = Service.objects.select_related("provider").filter(pk=key).first() if key else None
        if known is not None and known.provider.is_own:
            reading.refuse("id", Why.OURS)
        elif provider is None:
            reading.refuse("organization_id", self._why_no_provider(reading))
        if reading.fatal or key is None or name is None or status is None or provider is None:
            return
        said = {"name": name, "provider": provider, "status": self._status(status, known), **self._texts(reading)}
        said |= parts.marks(self, key, known) | self._facts(reading, known)
        if known is None:
            said["changed_at"] = clock.now()
        row = self.services[str(key)] = self.keep(Service, key, said)
        self.touched.add(provider)
        self._wordings(row)

    def _why_no_provider(self, reading: Reading) -> Why:
        told = str(reading.row.get("organization_id", ""))
        if not told:
            return Why.MISSING
        own = Provider.objects.filter(is_own=True).first()
        named = self.tables.get("organizations", {}).get(told, {})
        return Why.OURS if own and (str(own.pk) == told or named.get("name") == own.name) else Why.NO_PARENT

    def _status(self, told: str, known: Service | None) -> str:
        if told != Status.ACTIVE or self.show:
            return told
        return known.status if known else Status.INACTIVE

    def _texts(self, reading: Reading) -> Row:
        fees = "fees_description" if reading.row.get("fees_description") else "fees"
        return {
            "description": reading.get("description", values.note(NOTE), ""),
            "application": reading.get("application_process", values.note(NOTE), ""),
            "fees": reading.get(fees, values.line(LINE), ""),
            "wait_time": reading.get("wait_time", values.line(LINE), ""),
            "alert": reading.get("alert", values.note(NOTE), ""),
        }

    def _facts(self, reading: Reading, known: Service | None) -> Row:
        assured = reading.get("assured_date", values.day, None)
        if assured is not None and assured > clock.today():
            reading.wrong.append(("assured_date", Why.OUT_OF_RANGE))
            assured = None
        if known and known.assured_on and (assured is None or known.assured_on > assured):
            assured = known.assured_on
        youngest = reading.get("minimum_age", values.whole(0, actions.OLDEST), None)
        oldest = reading.get("maximum_age", values.whole(0, actions.OLDEST), None)
        if youngest is not None and oldest is not None and oldest < youngest:
            reading.wrong.append(("maximum_age", Why.OUT_OF_RANGE))
            oldest = None
        return {
            "website": reading.get("url", values.address, ""),
            "email": reading.get("email", values.email, ""),
            "minimum_age": youngest,
            "maximum_age": oldest,
            "assured_on": assured,
        }

    def _wordings(self, row: Service) -> None:
        found: dict[str, Row] = {}
        for one in self.attributes.get(str(row.pk), ()):
            part = str(one.get("link_type", "")).removeprefix("translation/")
            code = str(self._term(one).get("code", ""))
            if part in writing.TRANSLATED and one.get("value") and code != row.language:
                found.setdefault(code, {})[part] = str(one["value"])
        for code, said in found.items():
            if "name" in said and all(len(text) <= LINE or actions.LINES[part] > LINE for part, text in said.items()):
                known = Wording.objects.filter(service=row, language=code).first()
                key = known.pk if known else UUID(derived(row.pk, "wording", code))
                self.keep(Wording, key, {"service": row, "language": code, **said}, service=row)

    def _location(self, reading: Reading) -> None:
        key = reading.need("id", values.identifier)
        kind = reading.need("location_type", values.one_of(PlaceType.values))
        if key is None or kind is None:
            return
        if Location.objects.filter(pk=key, post__isnull=False).exists():
            reading.refuse("id", Why.OURS)
            return
        latitude = reading.get("latitude", values.number(-90, 90), None)
        longitude = reading.get("longitude", values.number(-180, 180), None)
        whole = latitude is not None and longitude is not None
        said = {
            "kind": kind,
            "name": reading.get("name", values.line(LINE), ""),
            "website": reading.get("url", values.address, ""),
            "transport": reading.get("transportation", values.line(300), ""),
            "latitude": latitude if whole else None,
            "longitude": longitude if whole else None,
            **self._on_location(key),
        }
        self.locations[str(key)] = self.keep(Location, key, said)

    def _on_location(self, key: UUID) -> Row:
        said: Row = {"zone": node_zone(), "step_free": False}
        for one in self.attributes.get(str(key), ()):
            term = self._term(one)
            if term.get("taxonomy") == writing.ZONES and one.get("value") in available_timezones():
                said["zone"] = str(one["value"])
            if term.get("taxonomy") == writing.MARKS and term.get("code") == writing.STEP_FREE:
                said["step_free"] = True
        return said

    def _service_at(self, reading: Reading) -> None:
        key = reading.need("id", values.identifier)
        service = self.services.get(str(reading.row.get("service_id", "")))
        location = self.locations.get(str(reading.row.get("location_id", "")))
        if service is None or location is None:
            if self._is_of_ours(reading):
                return
            reading.refuse("service_id" if service is None else "location_id", Why.NO_PARENT)
        if key is None or service is None or location is None:
            return
        known = ServiceAt.objects.filter(service=service, location=location).first()
        said = {"service": service, "location": location}
        self.at[str(key)] = self.keep(ServiceAt, known.pk if known else key, said, service=service)

    def _is_of_ours(self, reading: Reading) -> bool:
        """What belongs to an entry that was refused is not told of again."""
        told = str(reading.row.get("service_id", ""))
        return told in self.tables.get("services", {}) and told not in self.services

    def _term(self, attribute: Row) -> Row:
        return self.terms.get(str(attribute.get("taxonomy_term_id", "")), {})

    def _by_parent(self, table: str, parent: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.tables.get(table, {}).values():
            found.setdefault(str(row.get(parent, "")), []).append(row)
        return found

    def _left_out(self) -> dict[str, int]:
        counted: Counter[str] = Counter()
        for table, taken in TAKEN.items():
            for row in self.tables.get(table, {}).values():
                counted.update(f"{table}.{name}" for name in set(row) - taken if not name.endswith("_id"))
        for table in NEVER_TAKEN:
            counted[table] += len(self.tables.get(table, {}))
        return {name: count for name, count in sorted(counted.items()) if count}
