"""HSDS 3.0 out and in: what goes out passes the published schemas, what comes in stands once and tells its faults."""

import csv
import io
import json
import zipfile
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012 as DRAFT

from tests.conftest import shared_folder
from tests.directory.factories import SAFE, placed, service, texts
from waystation.casework.followups.models import FollowUp
from waystation.directory import actions, places, queries
from waystation.directory.hsds import reading, taking, writing
from waystation.directory.hsds.tables import COLUMNS
from waystation.directory.models import (
    DayOff,
    Import,
    Location,
    Phone,
    Provider,
    Schedule,
    Service,
    ServiceAt,
    Spoken,
    Wording,
)
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.organisations.models import Post

NUMBERS = {"minimum_age", "maximum_age", "latitude", "longitude", "timezone", "interval"}
ORGANISATION, SERVICE = str(uuid4()), str(uuid4())


def full(by: Actor) -> ServiceAt:
    """An entry with something in every part."""
    where = {"step_free": True, "access": "A bell at the gate", "transport": "Bus 4"}
    facts = {"area": "The whole shore", "website": "https://lake.example", "email": "nurse@lake.example"}
    at = placed(by, where=where, phones=("+254 700 1",), minimum_age=0, maximum_age=18, referral_needed=True, **facts)
    Service.objects.filter(pk=at.service_id).update(bring="The child's card", alert="Water is short")
    said = texts("عيادة البحيرة", language="ara", description="ممرّضة", bring="بطاقة الطفل")
    actions.write_in(by=by, service_id=at.service_id, texts=said)
    actions.mark_safe(by=by, service_id=at.service_id, checks=SAFE)
    monthly = places.HoursDraft(
        opens_at=time(9), closes_at=time(12), freq="MONTHLY", days=("1MO", "-1FR"), interval=2, dtstart=date(2026, 1, 5)
    )
    places.add_hours(by=by, at_id=at.pk, draft=monthly)
    places.add_days_off(by=by, at_id=at.pk, first_day=date(2026, 12, 24), last_day=date(2026, 12, 26), note="Holiday")
    return at


def exported() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(writing.page_of(writing.with_everything(queries.shown()))))
    return found


def forget() -> None:
    Service.objects.all().delete()
    Location.objects.all().delete()
    Provider.objects.all().delete()


def state() -> dict[str, list[dict[str, Any]]]:
    """Everything that stands in the directory, but who and when."""
    never = {"changed_at", "safe_by", "safe_on", "safety", "assured_by"}
    models = (Provider, Service, Location, ServiceAt, Schedule, DayOff, Phone, Spoken, Wording)
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    wordless = {
        name: [{k: v for k, v in row.items() if k not in never} for row in found] for name, found in rows.items()
    }
    wordless["Wording"] = [{k: v for k, v in row.items() if k != "id"} for row in wordless["Wording"]]
    wordless["Spoken"] = sorted(
        ({k: v for k, v in row.items() if k != "id"} for row in wordless["Spoken"]), key=lambda row: str(row["code"])
    )
    return wordless


def take(by: Actor, found: Any, **how: Any) -> Import:
    data = found if isinstance(found, bytes) else json.dumps(found).encode()
    return taking.take(by=by, name="theirs.json", data=data, **how)


def theirs(**said: Any) -> dict[str, Any]:
    organisation = {"id": ORGANISATION, "name": "Harbour Health", "description": "Nurses"}
    return {"id": SERVICE, "name": "Walk-in clinic", "status": "active", "organization": organisation} | said


def wrong(source: Import) -> set[tuple[str, int, str, str, bool]]:
    return {(row.table, row.number, row.field, row.why, row.taken) for row in source.bad_rows.all()}


# Out


def schemas() -> dict[str, Any]:
    folder: Path = shared_folder() / "hsds" / "schema"
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}


def validator(name: str) -> Draft202012Validator:
    known = schemas()
    resources = [(file, Resource.from_contents(text, default_specification=DRAFT)) for file, text in known.items()]
    registry: Any = Registry().with_resources(resources)
    return Draft202012Validator(known[name], registry=registry, format_checker=FormatChecker())


def errors(name: str, found: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(found)]


@pytest.mark.shared
def test_every_service_that_goes_out_passes_the_schema(actors: dict[str, Actor], client: Client, node: Post) -> None:
    full(actors["caseworker"])
    actions.list_post(by=actors["coordinator"], post_id=node.pk)
    page = client.get("/services/hsds.json").json()
    assert (page["total_items"], page["size"], page["empty"]) == (2, 2, False)
    assert [error for found in page["contents"] for error in errors("service.json", found)] == []


@pytest.mark.shared
def test_the_schema_would_tell(actors: dict[str, Actor]) -> None:
    full(actors["caseworker"])
    [found] = exported()["contents"]
    del found["status"]
    found["service_at_locations"][0]["location"]["location_type"] = "tent"
    found["phones"][0]["id"] = "no identifier"
    assert len(errors("service.json", found)) == 3


@pytest.mark.shared
def test_every_table_that_goes_out_has_columns_of_the_schema_and_rows_that_pass(
    actors: dict[str, Actor], client: Client
) -> None:
    full(actors["caseworker"])
    archive = zipfile.ZipFile(io.BytesIO(client.get("/services/hsds.zip").content))
    described = json.loads(archive.read("datapackage.json"))
    assert {resource["path"] for resource in described["resources"]} | {"datapackage.json"} == set(archive.namelist())
    by_file = {schema.get("path"): name for name, schema in schemas().items()}
    for table in COLUMNS:
        name = by_file[f"{table}.csv"]
        rows = list(csv.DictReader(io.StringIO(archive.read(f"{table}.csv").decode())))
        assert rows, table
        assert set(rows[0]) <= set(schemas()[name]["properties"]), table
        needed = set(schemas()[name].get("tabular_required", []))
        for row in rows:
            typed = {key: float(value) if key in NUMBERS else value for key, value in row.items() if value}
            needs = dict.fromkeys(schemas()[name]["required"], "")
            assert errors(name, needs | typed) == [], table
            assert needed <= set(typed), table


def test_what_is_unsafe_or_hidden_never_goes_out(actors: dict[str, Actor], client: Client) -> None:
    by = actors["caseworker"]
    actions.mark_unsafe(by=by, service_id=placed(by, "Watched kitchen").service_id)
    actions.go_on(by=by, service_id=placed(by, "Hidden kitchen").service_id, act="hide")
    service(by, "Kitchen without a place")
    for path in ("/services/hsds.json", "/services/hsds.zip"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert b"itchen" not in answer.content
        assert not client.cookies


# In


@pytest.mark.parametrize("kind", ["json", "zip"])
def test_what_goes_out_comes_back_the_same(actors: dict[str, Actor], kind: str) -> None:
    full(actors["caseworker"])
    before = state()
    rows = writing.with_everything(queries.shown())
    data = writing.package(rows) if kind == "zip" else json.dumps(writing.page_of(rows)).encode()
    forget()
    source = take(actors["coordinator"], data, show=True)
    assert wrong(source) == set()
    assert source.made == 1
    assert state() == before
    again = take(actors["coordinator"], data, show=True)
    assert (again.made, again.changed, again.same) == (0, 0, 1)
    assert state() == before


def test_the_same_ids_change_what_stands_there(actors: dict[str, Actor]) -> None:
    by = actors["coordinator"]
    take(by, theirs(languages=[{"id": str(uuid4()), "code": "fr"}], url="https://harbour.example"), show=True)
    actions.mark_safe(by=by, service_id=Service.objects.get().pk, checks=SAFE)
    source = take(by, theirs(status="temporarily closed", languages=[{"id": str(uuid4()), "code": "ar"}]), show=True)
    assert (source.made, source.changed, source.same) == (0, 1, 0)
    row = Service.objects.get()
    assert (row.status, row.safety) == ("temporarily closed", "safe")
    assert [one.code for one in row.languages.all()] == ["ara"]
    take(by, theirs(), show=True)
    assert [one.code for one in row.languages.all()] == ["ara"]
    assert ServiceAt.objects.count() == 1


def test_new_entries_wait_until_somebody_looks(actors: dict[str, Actor]) -> None:
    take(actors["coordinator"], theirs(url="https://harbour.example"))
    assert not queries.shown().exists()
    actions.go_on(by=actors["caseworker"], service_id=Service.objects.get().pk, act="show")
    take(actors["coordinator"], theirs(url="https://harbour.example"))
    assert queries.shown().exists()


def test_bad_rows_are_kept_with_row_field_and_reason(actors: dict[str, Actor]) -> None:
    place = {"id": str(uuid4()), "location_type": "physical", "latitude": 100, "longitude": 10}
    schedules = [
        {"id": str(uuid4()), "freq": "YEARLY", "opens_at": "09:00", "closes_at": "10:00"},
        {"id": str(uuid4()), "freq": "WEEKLY", "byday": "MO", "opens_at": "9 o'clock", "closes_at": "10:00"},
        {"id": str(uuid4()), "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00:00Z", "closes_at": "24:00"},
    ]
    good = theirs(
        minimum_age=180,
        assured_date="soon",
        service_at_locations=[{"id": str(uuid4()), "location": place, "schedules": schedules}],
        phones=[{"id": "7", "number": "+254 700 123456"}, {"id": str(uuid4()), "number": "ask"}],
        languages=[{"id": str(uuid4()), "code": "xx"}],
    )
    bad = theirs(id="not an id", name="Other clinic", status="open")
    source = take(actors["coordinator"], {"contents": [good, bad]}, show=True)
    assert wrong(source) == {
        ("services", 1, "minimum_age", "out_of_range", True),
        ("services", 1, "assured_date", "not_day", True),
        ("services", 2, "id", "not_id", False),
        ("services", 2, "status", "not_in_list", False),
        ("locations", 1, "latitude", "out_of_range", True),
        ("schedules", 1, "freq", "not_in_list", False),
        ("schedules", 2, "opens_at", "not_time", False),
        ("phones", 1, "id", "not_id", False),
        ("phones", 2, "number", "not_number", False),
        ("languages", 1, "code", "not_language", True),
    }
    assert source.bad_rows.get(table="services", field="status").row["name"] == "Other clinic"
    assert Service.objects.get().name == "Walk-in clinic"
    assert [(row.opens_at, row.closes_at) for row in Schedule.objects.all()] == [(time(9), time(0))]
    assert Location.objects.get().point is None


def test_what_others_confirmed_long_ago_is_asked_about_soon(actors: dict[str, Actor]) -> None:
    take(actors["coordinator"], theirs(assured_date="2005-01-01"))
    assert Service.objects.get().is_stale
    ask = FollowUp.objects.get(kind="directory.confirm", state="open")
    assert ask.due_at is not None
    assert 13 <= (ask.due_at - clock.now()).days <= 14
    assert ask.owner == actors["coordinator"].account_id


def test_what_stands_twice_and_differs_is_named(actors: dict[str, Actor]) -> None:
    source = take(actors["coordinator"], {"contents": [theirs(), theirs(), theirs(name="Another name")]}, show=True)
    assert wrong(source) == {("services", 2, "id", "twice", False)}
    assert Service.objects.get().name == "Walk-in clinic"


def test_a_service_of_nobody_is_not_taken(actors: dict[str, Actor]) -> None:
    lost = {"id": SERVICE, "name": "Lost", "status": "active"}
    assert wrong(take(actors["coordinator"], lost)) == {("services", 1, "organization_id", "missing", False)}
    lost["organization_id"] = str(uuid4())
    assert wrong(take(actors["coordinator"], lost)) == {("services", 1, "organization_id", "no_parent", False)}


def test_our_own_entries_are_changed_only_here(actors: dict[str, Actor], node: Post) -> None:
    by = actors["coordinator"]
    actions.list_post(by=by, post_id=node.pk)
    page = exported()
    page["contents"][0]["name"] = "Something else"
    source = take(by, page, show=True)
    assert ("services", 1, "id", "ours", False) in wrong(source)
    assert Service.objects.get().name == "Lakeside crossing"
    mine = {"id": str(uuid4()), "name": "Lake District Aid Society", "description": ""}
    source = take(by, theirs(organization=mine))
    assert wrong(source) == {("services", 1, "organization_id", "ours", False)}


def test_rules_on_who_may_come_are_counted_and_never_kept(actors: dict[str, Actor]) -> None:
    source = take(actors["coordinator"], theirs(eligibility_description="Only for some"))
    assert source.left_out == {"services.eligibility_description": 1}
    row = Service.objects.values().get()
    assert "Only for some" not in str(row)


def test_only_a_coordinator_reads_files(actors: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        take(actors["caseworker"], theirs())


@pytest.mark.parametrize(
    "data",
    [b"", b"PK nothing", b"\xff\xfe", b"[" * 100_000, b"{}", b'[1, null, "x"]', b"not json", b'{"contents": 5}'],
)
def test_what_is_no_directory_is_refused(actors: dict[str, Actor], data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        take(actors["coordinator"], data)
    assert "file" in refused.value.fields
    assert not Import.objects.exists()


def test_a_small_archive_that_unpacks_to_a_large_one_is_refused(actors: dict[str, Actor]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("services.csv", b"id\n" + b"0" * (reading.MOST_UNPACKED + 1))
    with pytest.raises(Invalid):
        take(actors["coordinator"], out.getvalue())


scraps = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "phones"]), inner),
    max_leaves=6,
)
PARTS = ("id", "name", "status", "url", "minimum_age", "assured_date", "phones", "schedules", "service_at_locations")


@given(said=st.dictionaries(st.sampled_from(PARTS), scraps))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_file_it_is_read_or_refused(actors: dict[str, Actor], said: dict[str, Any]) -> None:
    before = Import.objects.count()
    try:
        take(actors["coordinator"], theirs(**said))
    except Invalid:
        assert Import.objects.count() == before
    else:
        assert Import.objects.count() == before + 1


def test_the_page_says_what_came_of_it(actors: dict[str, Actor], client_for: Any) -> None:
    client = client_for("coordinator")
    found = theirs(minimum_age=500, eligibility_description="Only for some")
    file = SimpleUploadedFile("theirs.json", json.dumps(found).encode())
    answer = client.post("/directory/import/", {"file": file, "language": "English", "show": "on"}, follow=True)
    html = answer.content.decode()
    assert "1 new service" in html
    assert "minimum_age" in html
    assert "lies outside what is possible" in html
    assert "eligibility_description" in html
    wrong_file = SimpleUploadedFile("theirs.json", b"nonsense")
    answer = client.post("/directory/import/", {"file": wrong_file, "language": "English"})
    assert answer.status_code == 422


EXAMPLES = {
    "service_full.json": 1, "service_list.json": 1, "organization_full.json": 1, "service_at_location_full.json": 1,
    "service_at_location_list.json": 1, "tabular.json": 1,
}  # fmt: skip
WITHOUT_SERVICE = {"base.json", "location.json", "organization_list.json", "taxonomy.json", "taxonomy_list.json",
                   "taxonomy_term.json", "taxonomy_term_list.json"}  # fmt: skip


@pytest.mark.shared
def test_every_example_of_the_standard_is_read(actors: dict[str, Actor]) -> None:
    folder = shared_folder() / "hsds" / "examples"
    assert {path.name for path in folder.iterdir()} == set(EXAMPLES) | WITHOUT_SERVICE
    for name, services in EXAMPLES.items():
        forget()
        source = take(actors["coordinator"], (folder / name).read_bytes(), show=True)
        assert source.made == services, (name, wrong(source))
        if services:
            assert Service.objects.get().name == "Community Counselling"
            again = take(actors["coordinator"], (folder / name).read_bytes(), show=True)
            assert (again.made, again.changed, again.same) == (0, 0, 1), name
    for name in WITHOUT_SERVICE:
        with pytest.raises(Invalid):
            take(actors["coordinator"], (folder / name).read_bytes())


@pytest.mark.shared
def test_the_tabular_example_is_read_with_its_one_fault(actors: dict[str, Actor]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path in (shared_folder() / "hsds" / "examples-csv").glob("*.csv"):
            archive.writestr(f"examples-csv/{path.name}", path.read_bytes())
    source = take(actors["coordinator"], out.getvalue(), show=True)
    assert wrong(source) == {("locations", 1, "latitude", "out_of_range", True)}
    row = Service.objects.get()
    assert (row.minimum_age, row.maximum_age, row.assured_on) == (12, 100, date(2005, 1, 1))
    assert row.bring.startswith("Any official identification document")
    assert [phone.number for phone in row.phones.all()] == ["+441234234567"]
    assert [one.code for one in row.languages.all()] == ["urd"]
    at = row.places.get()
    assert (at.location.city, at.location.country) == ("MyCity", "US")
    assert [(one.byday, one.opens_at, one.closes_at) for one in at.schedules.all()] == [("TH,FR", time(10), time(18))]


@pytest.mark.shared
def test_a_map_of_services_is_read_without_who_may_come(actors: dict[str, Actor]) -> None:
    data = (shared_folder() / "service-directories" / "unhcr-jordan-services-en.json").read_bytes()
    source = take(actors["coordinator"], data, show=True)
    assert (source.made, wrong(source)) == (562, set())
    asked = {name: count for name, count in source.left_out.items() if "Nationality" in name or "Registration" in name}
    assert sorted(asked.values()) == [394, 457]
    assert set(Service.objects.values_list("status", flat=True)) == {"defunct"}
    counted = {
        kind: Service.objects.filter(kind=kind).count()
        for kind in ("health", "psychosocial", "child", "education", "other")
    }
    assert counted == {"health": 40, "psychosocial": 10, "child": 78, "education": 32, "other": 60}
    workdays = Schedule.objects.filter(byday="MO,TU,WE,TH,SU")
    assert workdays.count() > 100
    assert all(one.opens_at < one.closes_at for one in workdays)
    again = take(actors["coordinator"], data, show=True)
    assert (again.made, again.changed, again.same) == (0, 0, 562)
