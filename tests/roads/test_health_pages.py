"""Bar: axe finds nothing on the pages that only health staff open, in both directions, on a phone and on a desk."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
PARTS = (
    "", "support/", "contact/", "thing/", "session/", "screening/", "line/", "hand-over/", "read/",
)  # fmt: skip


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("ar", 1280)])
def test_no_page_of_health_shuts_anyone_out(visit: Callable[..., Visit], language: str, width: int) -> None:
    desk = visit(language, width)
    desk.sign_in("giulia")
    page = desk.page
    desk.go("/health/")
    call = page.locator("a[href*='/health/calls/']").first.get_attribute("href") or ""
    pages = ["/health/", "/health/group/", "/health/coverage/?disease=latent_tb", call, f"{call}plan/", f"{call}close/"]
    desk.go("/work/")
    seen = page.locator("a[href*='/health/screenings/']").first.get_attribute("href") or ""
    pages += [seen, f"{seen}check/", f"{seen}pass_on/"]
    page.click("a[href*='/health/found/'] >> nth=0")
    person = page.url.removeprefix(desk.address).split("/")[3]
    pages += [f"/health/of/{person}/{part}" for part in PARTS]
    wrong = {}
    for path in pages:
        desk.go(path)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        violations = [violation["id"] for violation in Axe().run(page).response["violations"]]
        if violations or wide > 1:
            wrong[path] = (violations, wide)
    assert wrong == {}
    assert desk.complaints == []
