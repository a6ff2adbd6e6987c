"""A phone shows all there is: long names, every entry of the bar, the end of a form; and no button does nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser

PHONE = 390
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 5 + "Senior"
ROOM_BESIDE_PLACEHOLDER = """() => {
  const field = document.getElementById("q"), style = getComputedStyle(field);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const inside = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return inside - pen.measureText(field.placeholder).width;
}"""


def too_wide(page: Page) -> int:
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_a_name_of_two_hundred_letters_breaks_over_lines(visit: Callable[..., Visit]) -> None:
    desk = visit("en", PHONE)
    desk.sign_in("karim")
    desk.go("/register/")
    desk.page.fill("[name=given_name]", LONG)
    desk.page.click("main form .actions .button >> text=Register")
    desk.page.wait_for_url("**/notice/")
    person = desk.page.url.removeprefix(desk.address).removesuffix("notice/")
    wide = {}
    for path in ("/", "/people/", *(person + part for part in ("", "notice/", "correct/", "keep/", "slip/?name=yes"))):
        desk.go(path)
        wide[path] = too_wide(desk.page)
    assert {path: over for path, over in wide.items() if over > 0} == {}


def test_every_entry_of_the_bar_can_be_tapped_and_it_covers_no_end_of_a_form(visit: Callable[..., Visit]) -> None:
    desk = visit("en", PHONE)
    desk.sign_in("giulia")
    desk.go("/urgent/")
    last = desk.page.locator("main form .actions a")
    last.scroll_into_view_if_needed()
    desk.page.keyboard.press("End")
    bar = desk.page.locator(".rail").bounding_box()
    below = last.bounding_box()
    assert bar and below
    assert below["y"] + below["height"] <= bar["y"]
    hidden = desk.page.locator(".rail .beyond a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    for entry in desk.page.locator(".rail li:not(.beyond) a").all():
        box = entry.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE
    desk.go("/more/")
    assert all(desk.page.locator(f"main a[href='{address}']").count() for address in hidden)


def test_the_front_desk_says_in_full_what_may_be_typed(visit: Callable[..., Visit]) -> None:
    desk = visit("en", PHONE)
    desk.sign_in("tomas")
    room = {}
    for language in ("en", "fr", "es", "ar"):
        desk.page.context.add_cookies([{"name": "django_language", "value": language, "url": desk.address}])
        desk.go("/")
        room[language] = desk.page.evaluate(ROOM_BESIDE_PLACEHOLDER)
    assert {language: left for language, left in room.items() if left < 0} == {}


def test_without_scripts_nothing_offers_to_print(visit: Callable[..., Visit]) -> None:
    desk = visit("en", PHONE, scripts=False)
    desk.sign_in("aicha")
    desk.go("/people/")
    desk.go((desk.page.locator(".list a.whole").first.get_attribute("href") or "") + "slip/")
    expect(desk.page.locator("[data-print]")).to_be_hidden()
