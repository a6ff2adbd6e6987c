"""An appeal from the first word to its hearing, on a phone and without scripts; and a sheet that names nobody."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
ABOUT = "ከወንድሜ ጋር መኖር እፈልጋለሁ"


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form p.actions .button:not(.quiet) >> nth=-1")


def in_days(desk: Visit, days: int) -> str:
    """A day to come, as a browser's calendar writes it."""
    return str(desk.page.evaluate(f"() => new Date(Date.now() + 864e5 * {days}).toISOString().slice(0, 10)"))


def shut_nobody_out(desk: Visit, person: str, one: str, *, scripts: bool) -> None:
    """Axe finds nothing on the pages of a procedure, and none is wider than the screen."""
    parts = ("", "day/", "step/decide/", "represent/", "interpret/", "hand/", "write/")
    for path in ("/procedures/", f"/procedures/of/{person}/", *(f"{one}{part}" for part in parts)):
        desk.go(path)
        if scripts:
            assert [found["id"] for found in Axe().run(desk.page).response["violations"]] == [], path
        wide = desk.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, path


@pytest.mark.parametrize(
    ("language", "width", "scripts", "at"), [("en", 390, True, "09:30"), ("ar", 1280, False, "10:45")]
)
def test_an_appeal_is_followed_until_its_hearing(
    visit: Callable[..., Visit], language: str, width: int, at: str, *, scripts: bool
) -> None:
    desk = visit(language, width, scripts=scripts)
    desk.sign_in("aicha")
    page = desk.page
    desk.go("/people/")
    desk.go(page.locator(".list a.whole").last.get_attribute("href") or "")
    page.click("main a[href*='/procedures/of/']")
    person = page.url.rstrip("/").rpartition("/")[2]
    page.click("main a[href$='/begin/']")
    page.select_option("[name=kind]", "leave")
    page.select_option("[name=step]", "decided")
    page.fill("[name=authority]", "Court of the harbour")
    page.fill("[name=about]", ABOUT)
    save(desk)
    one = page.url
    page.click("main a[href$='/day/']")
    page.check("[name=kind][value=appeal]")
    page.fill("[name=day]", in_days(desk, 5))
    save(desk)
    page.click("main a[href$='/step/appeal/']")
    save(desk)
    assert page.locator(".badge.done").count() >= 1
    page.click("main a[href$='/step/summon/']")
    save(desk)
    page.check("[name=kind][value=hearing]")
    page.fill("[name=day]", in_days(desk, 1))
    page.fill("[name=at]", at)
    page.fill("[name=place]", "Room 14")
    save(desk)
    assert at in page.locator("main").inner_text()
    assert ABOUT in page.locator("main").inner_text()
    desk.go("/procedures/?whose=mine&within=7")
    assert page.locator(".list a.whole").count() >= 1
    page.locator(".list li", has_text=at).last.locator("a.whole").click()
    assert page.url.startswith(one)
    page.click("main a[href$='/back/']")
    page.fill("[name=why]", "Another file")
    save(desk)
    assert page.locator("main s").count() >= 1
    shut_nobody_out(desk, person, one.removeprefix(desk.address), scripts=scripts)
    desk.go(f"/procedures/sheet/{person}/?lang={language}")
    paper = page.locator("article").inner_text()
    assert at in paper
    assert "Room 14" in paper
    assert ABOUT not in paper
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert desk.complaints == []


def test_who_does_not_open_legal_help_finds_no_door(visit: Callable[..., Visit]) -> None:
    desk = visit("en", 390)
    desk.sign_in("tomas")
    desk.go("/people/")
    desk.page.locator(".list a.whole").first.click()
    assert desk.page.locator("a[href*='/procedures/']").count() == 0
    desk.go("/procedures/")
    assert "Your role does not allow this" in desk.page.locator("main").inner_text()
