"""Scenario 11 of DOMAIN.md, its half of PFIF: files of versions 1.2 and 1.4 with faults are taken, each fault is told
with its line; who allows it leaves as valid 1.4; the day after its last day only a placeholder remains of either."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.familylinks.pfif.files import OLD, new
from tests.roads.conftest import CHECKOUT, Visit
from waystation.familylinks.pfif.reading import Found, read

pytestmark = pytest.mark.browser
REGISTRY = "Registry of the long shore"


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form:not(.actions) > .actions .button:not(.quiet)")


def brought(desk: Visit, name: str, text: str) -> str:
    """A file is brought; what the page that shows it says."""
    page = desk.page
    desk.go("/lists/bring/")
    page.set_input_files("[name=file]", {"name": name, "mimeType": "application/xml", "buffer": text.encode()})
    page.fill("[name=name]", f"Records of {name}")
    page.fill("[name=keeper]", "Desk of the harbour")
    page.get_by_role("button", name="Look at it").click()
    return page.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_faults_are_told_with_their_lines_and_good_records_kept(visit: Callable[..., Visit], scripts: bool) -> None:
    desk = visit("en", 390, scripts=scripts)
    desk.sign_in("karim")
    said = brought(desk, "old.xml", OLD)
    assert "1 person would be taken. 3 values or rows need mending." in said
    rows = [row.inner_text().split("\t") for row in desk.page.locator("table tbody tr").all()]
    assert [(line, words.split("\n")[0], came) for line, words, came in rows] == [
        ("8", "sex Write female, male or other.", "Taken without this"),
        ("18", "source_date Write day and time in UTC, like 2024-05-17T08:30:00Z.", "Taken without this"),
        ("26", "first_name No name stands in this record, and no last day that would explain it. Add full_name.",
         "Not taken"),
    ]  # fmt: skip
    desk.page.get_by_role("button", name="Take these people").click()
    desk.page.click("a.whole >> text=Hodan Cali")
    person = desk.page.locator("main").inner_text()
    for words in ("Wears a green scarf.", "She asks for her sister.", "Believed to be alive", "other.example/p.77"):
        assert words in person
    assert desk.complaints == []


def test_the_day_after_only_a_placeholder_remains(visit: Callable[..., Visit], demo_folder: Path) -> None:
    desk = visit("en", 1280)
    desk.sign_in("sofia")
    tomorrow = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%d}"
    said = brought(desk, "new.xml", new(tomorrow))
    assert "2 people would be taken. 4 values or rows need mending." in said
    page = desk.page
    page.get_by_role("button", name="Take these people").click()
    page.click("a.whole >> text=Yusuf Abdi Warsame")
    imported = page.url
    assert "Seen at the well." in page.locator("main").inner_text()
    told = written(desk, registered(desk), tomorrow)
    (one,) = told.people
    assert told.faults == ()
    assert (one.person.full_name, one.person.expiry_date) == ("Hibaaq Jaamac", f"{tomorrow}T00:00:00Z")

    assert day_after(demo_folder, 2) == ["lists.records 1", "pfif.records 1"]
    page.goto(imported)
    left = page.locator("main").inner_text()
    assert "A record that is over" in left
    assert "camp.example/p.9" in left
    for words in ("Yusuf", "يوسف", "Seen at the well.", "Kismayo", "Little"):
        assert words not in left
    (over,) = over_there(desk).people
    assert over.person.is_placeholder
    assert (over.person.person_record_id, over.person.expiry_date) == (
        one.person.person_record_id, one.person.expiry_date,
    )  # fmt: skip
    assert desk.complaints == []


def registered(desk: Visit) -> str:
    """Somebody new, who allows that the registry is told; her name."""
    page = desk.page
    desk.go("/register/")
    page.fill("[name=given_name]", "Hibaaq")
    page.fill("[name=family_name]", "Jaamac")
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    person = page.url.split("/people/")[1].split("/")[0]
    desk.go(f"/people/{person}/consents/add/")
    page.check("[name=purpose][value=tracing]")
    page.select_option("[name=recipient_kind]", "ngo")
    page.fill("[name=recipients]", REGISTRY)
    page.check("[name=answer][value=given]")
    page.fill("[name=expires_on]", f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}")
    page.check("[name=read_back]")
    save(desk)
    return "Hibaaq Jaamac"


def written(desk: Visit, name: str, until: str) -> Found:
    """The file, after a look at who stands in it."""
    page = desk.page
    desk.go("/registries/write/")
    page.select_option("[name=recipient_kind]", "ngo")
    page.fill("[name=recipient]", REGISTRY)
    page.fill("[name=domain]", "relief.example.org")
    page.fill("[name=until]", until)
    page.get_by_role("button", name="See who allows it").click()
    said = page.locator("[role=status]").inner_text()
    assert "1 person allows this today." in said
    assert name in said
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Write the file").click()
    data = waiting.value.path().read_bytes()
    assert b"zesty.ca/pfif/1.4" in data
    return read(data)


def over_there(desk: Visit) -> Found:
    """What is over with the registry, as a file."""
    desk.go("/registries/")
    row = desk.page.locator("li", has_text=REGISTRY)
    with desk.page.expect_download() as waiting:
        row.get_by_role("button", name="Write what is over").click()
    return read(waiting.value.path().read_bytes())


def day_after(folder: Path, days: int) -> list[str]:
    """What the clocks of records did so many days from now."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}"}
    command = [sys.executable, "-m", "tests.roads.day_after", str(folder), str(days), "lists.records", "pfif.records"]
    done = subprocess.run(command, env=environment, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()
