"""Scenario 3 of DOMAIN.md: without signing in, somebody asks in Arabic for a health service near a post that is open
now; the answer lists open ones by distance and prints as a sheet; what goes out to other programs passes HSDS."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import shared_folder
from tests.directory.test_hsds import errors
from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
NEAR, FAR, SHUT = "العيادة الليلية على طريق الجسر", "بيت صحّة النساء", "طبيب أسنان في أوّل اثنين من الشهر"
POST = "Border bridge"


def stranger(visit: Callable[..., Visit], language: str, *, scripts: bool) -> Visit:
    """Somebody whose browser holds nothing of us and speaks a language."""
    made = visit(language, 390, scripts=scripts)
    made.page.context.clear_cookies()
    made.page.set_extra_http_headers({"Accept-Language": language})
    return made


def lists(page: Page, names: list[str]) -> None:
    """The page comes to list these, in this order."""
    expect(page.locator(".list a.whole")).to_have_text(names)


def clean(page: Page) -> None:
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1


@pytest.mark.parametrize("scripts", [True, False])
def test_health_near_a_post_open_now_in_arabic(visit: Callable[..., Visit], *, scripts: bool) -> None:
    asking = stranger(visit, "ar", scripts=scripts)
    page = asking.page
    asking.go("/services/")
    if scripts:
        clean(page)
    page.select_option("[name=kind]", "health")
    page.select_option("[name=near]", label=POST)
    page.click("main form .button")
    lists(page, [SHUT, NEAR, FAR])
    page.click("main .heading a.quiet >> nth=-1")
    assert page.input_value("[name=kind]") == "health"
    page.check("[name=open]")
    page.click("main form .button")
    lists(page, [NEAR, FAR])
    if scripts:
        clean(page)
    page.locator(".list a.whole").first.click()
    assert NEAR in page.locator("h1").inner_text()
    if scripts:
        clean(page)
    page.go_back()
    page.click("main .heading a.button:not(.quiet)")
    sheet = page.locator("article.sheet")
    assert [name.strip() for name in sheet.locator("h2").all_inner_texts()] == [NEAR, FAR]
    assert SHUT not in sheet.inner_text()
    assert sheet.locator("svg.qr").count() == 1
    if scripts:
        clean(page)
        assert page.pdf(format="A4").startswith(b"%PDF")
    assert page.context.cookies() == []
    assert asking.complaints == []


def test_a_language_is_chosen_without_a_cookie(visit: Callable[..., Visit]) -> None:
    asking = stranger(visit, "en", scripts=False)
    page = asking.page
    asking.go("/services/?kind=food")
    page.click(".tongues a[lang=ar]")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.input_value("[name=kind]") == "food"
    page.fill("[name=where]", "٤٤٫٤١١، ٨٫٩٢٦")
    page.click("main form .button")
    assert page.locator("html").get_attribute("dir") == "rtl"
    lists(page, ["مطبخ الليل"])
    assert page.context.cookies() == []


def test_the_way_there_stands_on_the_page_of_signing_in(visit: Callable[..., Visit]) -> None:
    asking = visit("en", 390)
    asking.go("/sign-in/")
    asking.page.click("nav.open a[href='/services/']")
    assert asking.page.locator("h1").inner_text() == "Find help near you"


@pytest.mark.shared
def test_what_goes_out_passes_the_published_schema(demo_node: str, browser: Browser) -> None:
    shared_folder()
    context = browser.new_context()
    answer = context.request.get(f"{demo_node}/services/hsds.json")
    found: dict[str, Any] = json.loads(answer.body())
    assert found["total_items"] >= 8
    assert [error for service in found["contents"] for error in errors("service.json", service)] == []
    assert context.cookies() == []
    context.close()


def test_a_keeper_confirms_and_hides_what_is_not_safe(visit: Callable[..., Visit]) -> None:
    desk = visit("en", 1280)
    desk.sign_in("aicha")
    page = desk.page
    desk.go("/directory/?stale=on")
    page.click("text=Advice on the road")
    assert "Nobody has confirmed this since" in page.locator("main").inner_text()
    page.click("main .heading button")
    assert "Confirmed for today." in page.locator("main").inner_text()
    desk.go("/directory/add/")
    page.fill("[name=name]", "Tea and a socket")
    page.select_option("[name=kind]", "other")
    page.fill("[name=provider_name]", "The library")
    page.click("main form p.actions .button >> nth=0")
    page.fill("[name=address]", "Piazza dei Libri 1")
    page.fill("[name=city]", "Ponte")
    page.fill("[name=point]", "45.075, 7.680")
    page.click("main form:has([name=address]) p.actions .button >> nth=0")
    page.check("[name=days][value=MO]")
    page.click("main form:has([name=opens_at]) p.actions .button")
    assert "Monday: 09:00 – 17:00" in page.locator("main").inner_text()
    page.click("main .heading .actions a")
    page.click("text=As everybody sees it")
    address = page.url
    assert "Tea and a socket" in page.locator("h1").inner_text()
    page.go_back()
    page.click("text=Is it safe to go there?")
    page.click("button[name=unsafe]")
    assert page.goto(address).status == 404  # type: ignore[union-attr]
    assert desk.complaints == [] or all("404" in said for said in desk.complaints)
