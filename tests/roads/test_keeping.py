"""Keeping and erasing in a browser: every page open to everyone, and an authority that is refused (scenario 4)."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser

PAGES = (
    "/keeping/",
    "/keeping/clocks/",
    "/keeping/clocks/person-dormant/",
    "/keeping/sealed/",
    "/keeping/offline-key/",
    "/keeping/proofs/",
    "/keeping/requests/",
    "/keeping/requests/print/",
    "/keeping/requests/add/",
)
OF_A_PERSON = ("hold/", "sheet/", "seal/")


@pytest.mark.parametrize(
    ("language", "width"),
    [("en", 390), ("ar", 1280), pytest.param("ar", 390, marks=pytest.mark.long)],
)
def test_no_page_of_keeping_shuts_anyone_out(visit: Callable[..., Visit], language: str, width: int) -> None:
    desk = visit(language, width)
    desk.sign_in("nadia")
    desk.go("/people/")
    person = (desk.page.locator(".list a.whole").first.get_attribute("href") or "").split("/")[2]
    desk.go("/keeping/requests/")
    request = desk.page.locator(".list a.whole").first.get_attribute("href") or ""
    found = {}
    for path in (*PAGES, request, *(f"/keeping/people/{person}/{part}" for part in OF_A_PERSON)):
        desk.go(path)
        if folder := os.environ.get("WAYSTATION_PICTURES"):
            name = re.sub(r"\W+", "-", path.replace(person, "person"))
            desk.page.screenshot(path=Path(folder) / f"{name}-{language}-{width}.png", full_page=True)
        wide = desk.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        violations = [violation["id"] for violation in Axe().run(desk.page).response["violations"]]
        if violations or wide > 1:
            found[path] = (violations, wide)
    assert found == {}
    assert desk.complaints == []


def test_an_authority_is_refused_and_it_is_written_down(visit: Callable[..., Visit]) -> None:
    volunteer = visit("en", 390, scripts=False)
    volunteer.sign_in("tomas")
    volunteer.go("/more/")
    page = volunteer.page
    page.get_by_role("link", name="An authority asks").click()
    page.get_by_label("Police", exact=True).check()
    page.get_by_label("Something about one person").check()
    page.get_by_label("No paper was shown").check()
    page.get_by_label("Which office, and whose name").fill("Station 9")
    page.get_by_label("About whom or what?").fill("Whether Layla is here")
    page.get_by_role("button", name="Write it down as refused").click()
    assert "Written down as refused" in page.inner_text("main")
    officer = visit("en", 1280, scripts=False)
    officer.sign_in("nadia")
    officer.go("/keeping/requests/")
    first = officer.page.locator(".list li").first
    assert "Refused" in first.inner_text()
    assert "Station 9" in first.inner_text()
    first.get_by_role("link").click()
    assert "Whether Layla is here" in officer.page.inner_text("main")
    assert officer.page.get_by_text("A court of this country ordered an answer").count() == 0


def test_without_scripts_a_record_that_is_due_is_kept_with_a_reason(visit: Callable[..., Visit]) -> None:
    officer = visit("en", 390, scripts=False)
    officer.sign_in("nadia")
    officer.go("/keeping/")
    page = officer.page
    assert "Marta Ilunga" in page.inner_text("main")
    page.get_by_label("Marta Ilunga").check()
    page.get_by_label("Keep until a day").check()
    page.get_by_role("button", name="Decide").click()
    assert page.get_by_label("Marta Ilunga").is_checked(), "what was ticked stays ticked"
    page.locator("[name=until]").fill("2099-01-01")
    page.locator("[name=reason]").fill("She claims her wages")
    page.get_by_role("button", name="Decide").click()
    assert "within three years" in page.inner_text("main")
    year = int(page.evaluate("() => new Date().getFullYear()")) + 1
    page.locator("[name=until]").fill(f"{year}-06-01")
    page.get_by_role("button", name="Decide").click()
    assert "come up again on that day" in page.inner_text("main")
    assert "Marta Ilunga" not in page.inner_text("main")
