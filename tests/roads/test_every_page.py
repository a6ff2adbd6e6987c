"""Bar: axe finds nothing on any page, in English and in Arabic, on a phone and on a desk; nothing asks elsewhere."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.roads.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("roads")]

PAGES = (
    "/",
    "/today/",
    "/urgent/",
    "/register/",
    "/people/",
    "/me/",
    "/me/tokens/",
    "/me/passkeys/new/",
    "/gallery/",
    "/approvals/",
    "/accounts/",
    "/posts/",
    "/log/",
    "/work/",
    "/work/?whose=team",
    "/work/covers/",
    "/cases/",
    "/referrals/",
    "/partners/",
    "/partners/add/",
    "/more/",
    "/posts/staff/",
    "/people/list-for-partner/",
    "/rounds/",
    "/rounds/plan/",
    "/rounds/doors/",
    "/rounds/places/",
    "/rounds/fears/",
    "/feedback/",
    "/feedback/add/",
    "/feedback/figures/",
    "/barriers/",
    "/barriers/add/",
    "/barriers/figures/",
    "/alike/?measure=waiting&ground=sex&months=12",
    "/keeping/requests/add/",
)
OF_A_CASE = ("", "write/", "close/", "ask/", "goal/", "note/", "task/", "hand/")
OF_A_CHILD = ("", "guardian/", "care/", "best-interests/")
OF_A_REFERRAL = ("", "agree/")
OF_A_TALK = ("", "look-at/health/", "finish/", "stop/")
OF_A_PERSON = (
    "",
    "before/",
    "history/",
    "correct/",
    "journey/",
    "household/",
    "consents/add/",
    "notice/",
    "slip/",
    "slip/new/",
    "keep/",
    "same/",
    "erase/",
)


@pytest.mark.parametrize(
    ("language", "width", "handle"),
    [("en", 390, "lena"), ("ar", 1280, "nadia"), pytest.param("ar", 390, "lena", marks=pytest.mark.long)],
)
def test_no_page_shuts_anyone_out(visit: Callable[..., Visit], language: str, width: int, handle: str) -> None:
    desk = visit(language, width)
    desk.sign_in(handle)
    desk.go("/people/")
    person = desk.page.locator(".list a.whole").first.get_attribute("href") or ""
    found = {}
    desk.go("/cases/?kind=child")
    child = desk.page.locator(".list a.whole").first.get_attribute("href") or ""
    desk.go("/referrals/?service=food")
    referral = desk.page.locator(".list a.whole").first.get_attribute("href") or ""
    pages = [*PAGES, *(person + part for part in OF_A_PERSON), *(child + part for part in OF_A_CASE)]
    pages += [child.replace("/cases/", "/children/") + part for part in OF_A_CHILD]
    pages += [referral + part for part in OF_A_REFERRAL]
    pages.append(f"{person}left/?lang={language}")
    desk.go("/cases/?kind=trafficking")
    desk.go(desk.page.locator(".list a.whole").first.get_attribute("href") or "")
    desk.page.click("a[href*='/screening/of/']")
    person_in_danger = desk.page.url.removeprefix(desk.address)
    talk = desk.page.locator(".list a.whole").first.get_attribute("href") or ""
    pages += [person_in_danger, person_in_danger.replace("/of/", "/signs/of/")]
    pages += [talk + part for part in OF_A_TALK]
    desk.go("/rounds/")
    round_to_come = desk.page.locator(".list a.whole").first.get_attribute("href") or ""
    pages += [round_to_come + part for part in ("", "go-on/set_out/", "go-on/call_off/")]
    desk.go("/feedback/")
    letter = desk.page.locator(".list a.whole").first.get_attribute("href") or ""
    pages += [letter + part for part in ("", "go-on/answer/", "go-on/close/")]
    desk.go("/barriers/")
    denied = desk.page.locator(".list a.whole").first.get_attribute("href") or ""
    pages += [denied, f"{denied}correct/", person.replace("/people/", "/barriers/of/")]
    desk.go("/referrals/?service=shelter")
    pages.append((desk.page.locator(".list a.whole").first.get_attribute("href") or "") + "paper/")
    for path in pages:
        desk.go(path)
        assert desk.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        wide = desk.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        violations = [violation["id"] for violation in Axe().run(desk.page).response["violations"]]
        if violations or wide > 1:
            found[path] = (violations, wide)
    assert found == {}
    assert desk.complaints == []


@pytest.mark.parametrize("path", ["/sign-in/", "/gallery/", "/say/", "/say/answer/"])
def test_the_page_of_a_stranger_has_no_violation_either(visit: Callable[..., Visit], path: str) -> None:
    stranger = visit("ar", 390)
    stranger.go(path)
    assert Axe().run(stranger.page).response["violations"] == []
    assert stranger.complaints == []
