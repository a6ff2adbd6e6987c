"""Incidents: a file read as often as one likes, totals equal to the source, and what we write down ourselves."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.conftest import shared_folder
from tests.familylinks.missing.test_reading import ENTRY
from waystation.familylinks.missing import queries
from waystation.familylinks.missing.actions import incidents as actions
from waystation.familylinks.missing.models import Incident, Reading
from waystation.familylinks.missing.queries import COUNTED, Wanted
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
Actors = dict[str, Actor]


def file_of(*entries: dict[str, Any]) -> bytes:
    return json.dumps([ENTRY | entry for entry in entries]).encode()


def taken(by: Actor, *entries: dict[str, Any]) -> Reading:
    return actions.take(by=by, name="incidents.json", data=file_of(*entries))


@pytest.fixture
def officer(actors: Actors) -> Actor:
    return actors["family-links"]


THREE: tuple[dict[str, Any], ...] = (
    {},
    {"number_dead": "1", "total_dead_and_missing": "13"},
    {"web_id": "2031.MMP00018"},
)


def test_the_same_file_twice_changes_nothing(officer: Actor) -> None:
    assert (taken(officer, *THREE).made, Incident.objects.count()) == (3, 3)
    before = list(Incident.objects.order_by("pk").values())
    again = taken(officer, *THREE)
    assert (again.made, again.changed, again.same, again.gone) == (0, 0, 3, 0)
    assert list(Incident.objects.order_by("pk").values()) == before


def test_a_row_that_changed_is_changed_and_keeps_its_number(officer: Actor) -> None:
    taken(officer, *THREE)
    before = Incident.objects.get(source_id="2031.MMP00018").pk
    news = taken(officer, *THREE[:2], {"web_id": "2031.MMP00018", "number_of_survivors": "4"})
    assert (news.made, news.changed, news.same) == (0, 1, 2)
    assert Incident.objects.get(pk=before).survivors == 4


def test_parts_that_were_merged_since_are_not_counted_twice(officer: Actor) -> None:
    taken(officer, *THREE)
    news = taken(officer, {"number_dead": "4", "number_missing": "24", "total_dead_and_missing": "28"})
    assert (news.changed, news.gone) == (1, 1)
    whole = queries.sum_of(queries.totals(officer, "year"))
    assert (whole.incidents, whole.total) == (2, 28 + 15)


def test_a_row_that_cannot_be_taken_is_kept_with_line_and_reason_and_the_others_stand(officer: Actor) -> None:
    made = taken(officer, {}, {"web_id": ""}, {"web_id": "2031.MMP00019"})
    remark = made.remarks.get()
    assert (remark.line, remark.field, remark.why, remark.taken) == (2, "key", "no_id", False)
    assert Incident.objects.count() == 2


def test_a_file_that_is_none_changes_nothing(officer: Actor) -> None:
    with pytest.raises(Invalid):
        actions.take(by=officer, name="x.csv", data=b"a,b\n1,2\n")
    assert (Incident.objects.count(), Reading.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", ["volunteer", "health", "caseworker", "detention", "administrator"])
def test_who_does_not_keep_incidents_reads_no_file(actors: Actors, role: str) -> None:
    with pytest.raises(NotAllowed):
        taken(actors[role], {})


DRAFT = actions.IncidentDraft(
    day=date(2026, 3, 1),
    route="Alpine crossing",
    place="Below the pass",
    dead=1,
    missing=2,
    latitude=45.1234,
    longitude=6.7,
)


def test_what_we_write_down_counts_with_the_others_and_is_rounded(officer: Actor) -> None:
    row = actions.record_incident(by=officer, draft=DRAFT)
    assert (row.total, row.latitude, row.year) == (3, 45.12, 2026)
    assert queries.totals(officer, "route")[0].label == "Alpine crossing"
    later = actions.correct_incident(by=officer, incident_id=row.pk, draft=replace(DRAFT, missing=None))
    assert (later.total, later.missing) == (1, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": date(2199, 1, 1)}, "day"),
        ({"dead": None, "missing": None}, "dead"),
        ({"dead": -1}, "dead"),
        ({"women": 100_001}, "women"),
        ({"cause": "bad luck"}, "cause"),
        ({"latitude": None}, "latitude"),
        ({"longitude": 181.0}, "longitude"),
        ({"quality": 6}, "quality"),
        ({"route": "x" * 121}, "route"),
    ],
)
def test_what_cannot_be_so_is_refused(officer: Actor, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.record_incident(by=officer, draft=replace(DRAFT, **change))
    assert field in refused.value.fields
    assert not Incident.objects.exists()


def test_what_others_published_is_not_mended_by_us(officer: Actor) -> None:
    taken(officer, {})
    with pytest.raises(Invalid):
        actions.correct_incident(by=officer, incident_id=Incident.objects.get().pk, draft=DRAFT)


def test_who_may_not_look_finds_nothing(actors: Actors) -> None:
    taken(actors["coordinator"], {})
    with pytest.raises(NotFound):
        queries.incident_for(actors["volunteer"], Incident.objects.get().pk)


def test_filters_narrow_list_and_totals_alike(officer: Actor) -> None:
    taken(officer, *THREE, {"web_id": "2030.MMP1", "reported_date": "2030-01-01", "migration_route": "Darien"})
    for wanted, many in (
        (Wanted(first_year=2031), 3),
        (Wanted(last_year=2030), 1),
        (Wanted(route="Darien"), 1),
        (Wanted(source="own"), 0),
        (Wanted(words="LIGHTHOUSE"), 4),
        (Wanted(cause="Drowning", region="Mediterranean"), 4),
    ):
        assert queries.incidents(officer, wanted).count() == many
        assert queries.sum_of(queries.totals(officer, "cause", wanted)).incidents == many


def test_pages_and_files(client_for: Callable[..., Client], officer: Actor) -> None:
    client = client_for("coordinator")
    upload = SimpleUploadedFile("incidents.json", file_of(*THREE, {"web_id": ""}))
    came = client.post("/missing/incidents/read/", {"file": upload}, follow=True).content.decode()
    assert "3 new rows" in came
    assert "It has no number of its own." in came
    page = client.get("/missing/").content.decode()
    assert "IOM Missing Migrants Project, CC BY 4.0" in page
    assert "Minimum estimates" in page
    assert "<svg" in page
    lines = list(csv.reader(io.StringIO(client.get("/missing/file/").content.decode("utf-8-sig"))))
    assert lines[1][:3] == ["By year", "2031", "3"]
    listed = list(csv.reader(io.StringIO(client.get("/missing/incidents/file/").content.decode("utf-8-sig"))))
    assert len(listed) == 4
    assert {row[-1] for row in listed[1:]} == {"Minimum estimates, IOM Missing Migrants Project, CC BY 4.0."}
    assert "Central Mediterranean" in client.get("/missing/incidents/?order=most&first_year=2031").content.decode()
    assert client.get("/missing/incidents/?first_year=xx&route=nowhere&page=99").status_code == 200


def test_a_link_from_filtered_totals_keeps_the_filter_and_mixed_years_are_told(
    client_for: Callable[..., Client], officer: Actor
) -> None:
    actions.record_incident(by=officer, draft=DRAFT)
    client = client_for("coordinator")
    year = DRAFT.day.year
    page = client.get(f"/missing/?first_year={year}&last_year={year}").content.decode()
    assert f"?first_year={year}&amp;last_year={year}&amp;route=" in page
    assert f"?first_year={year}&amp;last_year={year}&amp;cause=" in page
    assert f'?first_year={year}&amp;last_year={year}"' in page
    mixed = client.get(f"/missing/?first_year={year}&last_year={year - 2}").content.decode()
    assert "the lower number first" in mixed
    assert "No incident fits" not in mixed


def test_a_form_that_needs_mending_comes_back_filled(client_for: Callable[..., Client]) -> None:
    client = client_for("family-links")
    answer = client.post(
        "/missing/incidents/add/", {"day": "2026-03-01", "place": "Below the pass", "cause": "Drowning"}
    )
    assert answer.status_code == 422
    assert "Below the pass" in answer.content.decode()
    done = client.post(
        "/missing/incidents/add/", {"day": "2026-03-01", "place": "Below the pass", "cause": "Drowning", "dead": "2"}
    )
    row = Incident.objects.get()
    assert (done.status_code, done["Location"], row.total) == (302, f"/missing/incidents/{row.pk}/", 2)
    assert client.get(f"/missing/incidents/{row.pk}/correct/").status_code == 200


def test_lists_cost_no_more_with_more_rows(client_for: Callable[..., Client], officer: Actor) -> None:
    client = client_for("family-links")
    client.get("/missing/")
    costs = []
    for many in (2, 60):
        taken(officer, *({"web_id": f"2031.MMP{number:05}"} for number in range(many)))
        for path in ("/missing/", "/missing/incidents/"):
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            costs.append(len(asked))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 15


NUMBERS = {
    "dead": ("number_dead", "No. dead"),
    "missing": ("number_missing", "No. missing"),
    "total": ("total_dead_and_missing", "No. dead/missing"),
    "survivors": ("number_of_survivors", "No. survivors"),
    "women": ("number_of_female", "No. Female"),
    "men": ("number_of_male", "No. Male"),
    "children": ("number_of_children", "No. minors"),
}
GROUPS = {
    "year": ("reported_date", "Incident date"),
    "route": ("migration_route", "Route"),
    "cause": ("cause_death", "Cause of death (category)"),
}


def raw_rows(path: Path) -> list[dict[str, str]]:
    """The source as it lies there, without a line of our own reader."""
    if path.suffix == ".json":
        rows: list[dict[str, str]] = json.loads(path.read_text("utf-8"))
        return rows
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(row: dict[str, str], names: tuple[str, str]) -> str:
    text = re.sub(r"\s+", " ", next(row[name] for name in names if name in row)).strip()
    return "" if text == "NA" else text


def raw_totals(rows: list[dict[str, str]], by: str) -> dict[str, tuple[int, ...]]:
    """By year, route or cause: how many rows, and the sums."""
    found: dict[str, Counter[str]] = {}
    for row in rows:
        label = told(row, GROUPS[by])
        if by == "year":
            label = label[:4] or told(row, ("web_id", "Main ID"))[:4]
        sums = found.setdefault(label, Counter())
        sums["rows"] += 1
        for name, names in NUMBERS.items():
            sums[name] += int(told(row, names).replace(",", "") or 0)
    return {label: (sums["rows"], *(sums[name] for name in COUNTED)) for label, sums in found.items()}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("iom-missing-migrants-2014.json", 535),
        ("iom-missing-migrants-2015.json", 855),
        ("iom-missing-migrants-2016.json", 1293),
        ("iom-missing-migrants-2019.json", 1832),
        ("iom-europe-2014-2025.csv", 6802),
    ],
)
def test_totals_equal_the_source_by_year_route_and_cause(officer: Actor, name: str, rows: int) -> None:
    path = shared_folder() / "missing-migrants" / name
    raw = raw_rows(path)
    assert len(raw) == rows
    made = actions.take(by=officer, name=name, data=path.read_bytes())
    assert (made.made, Incident.objects.count()) == (rows, rows)
    assert not made.remarks.filter(taken=False).exists()
    for by in GROUPS:
        ours = {line.label: (line.incidents, *line.counts) for line in queries.totals(officer, by)}
        assert ours == raw_totals(raw, by)
    again = actions.take(by=officer, name=name, data=path.read_bytes())
    assert (again.made, again.changed, again.gone, again.same) == (0, 0, 0, rows)


@pytest.mark.shared
def test_years_and_the_table_of_europe_read_one_after_the_other_count_nothing_twice(officer: Actor) -> None:
    folder = shared_folder() / "missing-migrants"
    files = [folder / f"iom-missing-migrants-{year}.json" for year in (2014, 2015, 2016, 2019)]
    files.append(folder / "iom-europe-2014-2025.csv")
    latest: dict[str, int] = {}
    for path in files:
        actions.take(by=officer, name=path.name, data=path.read_bytes())
        of_file: Counter[str] = Counter()
        for row in raw_rows(path):
            number = told(row, ("web_id", "Main ID")).lstrip("\ufeff")
            of_file[number] += int(told(row, NUMBERS["total"]).replace(",", ""))
        latest |= of_file
    assert queries.sum_of(queries.totals(officer, "year")).total == sum(latest.values())
