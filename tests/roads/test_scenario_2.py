"""Scenario 2 of DOMAIN.md: forty people counted on a phone without a line and without a name, sent twice; the day's
tally, the stock and the weeks are right, and nothing is counted twice."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.roads.conftest import PASSPHRASE, Visit

pytestmark = pytest.mark.browser
PHONE = "/tally/phone/"
WHO = ("female:25-59", "male:18-24", "male:25-59", "female:5-11")
THING = "Blankets, grey"
KEPT = "() => document.getElementById('main').dataset.kept === 'yes'"
FROM_THE_PHONE = "#count[data-kept]"
STORED = "() => Object.keys(localStorage).map(key => localStorage.getItem(key))"


def number(text: str) -> int:
    return int("".join(re.findall(r"\d", text)))


def stocked(desk: Visit, name: str, quantity: int) -> None:
    """Something to give out, and a delivery of it; by a coordinator."""
    page = desk.page
    desk.go("/stock/things/")
    page.fill("[name=name]", name)
    page.fill("[name=unit]", "pieces")
    page.select_option("[name=service]", "clothing")
    page.fill("[name=low_at]", "20")
    page.click("main form .button >> text=Save")
    desk.go("/stock/")
    page.click(f"main a >> text={name}")
    page.click("main .heading >> text=It came in")
    page.fill("[name=quantity]", str(quantity))
    page.fill("[name=note]", "Warehouse, note 31")
    page.click("main form .button >> text=Save")


def figures(desk: Visit) -> dict[str, int]:
    """What the pages say: people of the day, of the last week and of all weeks, what they got, and what is there."""
    desk.go("/tally/")
    found = {"people": number(desk.page.inner_text("#people"))}
    for service in ("Food", "Clothing, shoes or blankets"):
        row = desk.page.locator("section[aria-labelledby=given] tr", has_text=service)
        found[service] = number(row.locator("td").inner_text()) if row.count() else 0
    row = desk.page.locator("section[aria-labelledby=used] tr", has_text=THING)
    found["used"] = number(row.locator("td bdi").inner_text()) if row.count() else 0
    desk.go("/tally/trend/")
    found["week"] = number(desk.page.locator("table tbody tr").first.locator("td").nth(1).inner_text())
    found["weeks"] = number(desk.page.locator(".heading p").last.inner_text().split("·")[1])
    desk.go("/tally/trend/?by=day")
    found["today"] = number(desk.page.locator("table tbody tr").first.locator("td").nth(1).inner_text())
    desk.go("/stock/")
    line = desk.page.locator("main li", has_text=THING).locator(".amount bdi")
    found["there"] = number(line.inner_text()) if line.count() else 0
    return found


def waiting(page: Page) -> int:
    return number(page.inner_text("#waiting"))


def tap(page: Page, who: str) -> None:
    page.click(f"button[name=who][value='{who}']", no_wait_after=True)


def test_forty_people_counted_offline_and_sent_twice_count_once(visit: Callable[..., Visit]) -> None:
    lead = visit()
    lead.sign_in("lena")
    stocked(lead, THING, 30)
    before = figures(lead)
    phone = visit("en", 390)
    phone.sign_in("tomas")
    page, context = phone.page, phone.page.context
    phone.go(PHONE)
    page.wait_for_function(KEPT)
    context.set_offline(True)
    page.reload()
    expect(page.locator(FROM_THE_PHONE)).to_be_visible()
    page.check("[name=services][value=food]")
    page.check(f"label:has-text('{THING}') input")
    for place in range(25):
        tap(page, WHO[place % 4])
    expect(page.locator("#waiting")).to_have_text("25")
    page.reload()
    assert waiting(page) == 25
    page.check("[name=services][value=food]")
    for place in range(25, 41):
        tap(page, WHO[place % 4])
    page.click("#undo")
    expect(page.locator("#waiting")).to_have_text("40")
    page.click("#send")
    expect(page.locator("#said")).to_contain_text("No line")
    assert waiting(page) == 40
    assert figures(lead) == before
    second = context.new_page()
    second.goto(phone.address + PHONE)
    assert waiting(second) == 40
    context.set_offline(False)
    for tab in (page, second):
        tab.click("#send", no_wait_after=True)
    for tab in (page, second):
        expect(tab.locator("#waiting")).to_have_text("0")
    page.click("#send")
    second.click("#send")
    after = figures(lead)
    grown = {name: after[name] - before[name] for name in before}
    assert grown == {
        "people": 40, "Food": 40, "Clothing, shoes or blankets": 25, "used": 25, "week": 40, "weeks": 40, "today": 40,
        "there": -25,
    }  # fmt: skip
    lead.go("/stock/?only=low")
    assert THING in lead.page.inner_text("main")
    lead.go("/work/")
    assert f"Stock runs low: {THING}" in lead.page.inner_text("main")
    assert lead.complaints == []


def test_the_answer_that_was_lost_on_the_way_counts_nobody_twice(visit: Callable[..., Visit]) -> None:
    """The node has counted, and the phone never heard of it: it sends the same again."""
    phone = visit("en", 390)
    phone.sign_in("nadia")
    page = phone.page
    before = figures(phone)
    phone.go(PHONE)
    page.route(
        "**/tally/phone/sync/",
        lambda route: (route.fetch(), route.abort()) if route.request.method == "POST" else route.continue_(),
    )
    for who in WHO:
        tap(page, who)
    page.click("#send")
    expect(page.locator("#said")).to_contain_text("No line")
    assert waiting(page) == 4
    page.click("#undo")
    page.unroute("**/tally/phone/sync/")
    page.click("#send")
    expect(page.locator("#waiting")).to_have_text("0")
    assert figures(phone)["people"] - before["people"] == 3


def test_signed_out_and_locked_the_taps_stay_and_go_after_signing_in(visit: Callable[..., Visit]) -> None:
    phone = visit("en", 390)
    phone.sign_in("giulia")
    page = phone.page
    phone.go(PHONE)
    page.wait_for_function(KEPT)
    page.context.clear_cookies(name="sessionid")
    phone.go(PHONE)
    expect(page.locator(FROM_THE_PHONE)).to_be_visible()
    for who in WHO:
        tap(page, who)
    expect(page.locator("#said")).to_contain_text("You are signed out")
    assert waiting(page) == 4
    stored = "".join(page.evaluate(STORED))
    assert "giulia" not in stored
    page.click("#sign-in")
    assert page.url.startswith(f"{phone.address}/sign-in/?next={PHONE}")
    page.fill("[name=handle]", "giulia")
    page.fill("[name=passphrase]", PASSPHRASE)
    page.click("main form button")
    phone.give_code()
    assert page.url == phone.address + PHONE
    expect(page.locator("#waiting")).to_have_text("0")


def test_a_wrong_clock_is_mended_on_the_phone_and_a_shared_phone_is_wiped(visit: Callable[..., Visit]) -> None:
    phone = visit("en", 390)
    phone.sign_in("aicha")
    page = phone.page
    before = figures(phone)["people"]
    phone.go(PHONE)
    page.wait_for_function(KEPT)
    page.context.set_offline(True)
    tap(page, WHO[0])
    tap(page, WHO[1])
    page.evaluate(
        """() => Object.keys(localStorage).forEach((key) => {
          const row = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...row, at: "2019-01-02T10:00:00.000Z" }));
        })"""
    )
    page.context.set_offline(False)
    page.click("#send")
    expect(page.locator("#refused li")).to_have_count(2)
    assert "Jan 2, 2019" in page.inner_text("#refused")
    assert Axe().run(page).response["violations"] == []
    page.click("#refused li >> nth=0 >> [data-mend]")
    expect(page.locator("#refused li")).to_have_count(1)
    page.click("#refused li >> nth=0 >> [data-drop]")
    expect(page.locator("#waiting")).to_have_text("0")
    assert figures(phone)["people"] - before == 1
    phone.go(PHONE)
    page.context.set_offline(True)
    tap(page, WHO[0])
    page.click("summary >> text=Wipe this phone")
    page.click("#wipe")
    assert page.inner_text("#lost") == "1"
    page.click("#wipe-now")
    expect(page.locator("#said")).to_contain_text("Nothing is kept")
    assert page.evaluate(STORED) == []
    assert page.evaluate("() => caches.keys()") == []


def test_what_the_phone_keeps_is_one_page_without_names(visit: Callable[..., Visit]) -> None:
    phone = visit("ar", 390)
    phone.sign_in("karim")
    phone.go("/people/")
    phone.go(PHONE)
    phone.page.wait_for_function(KEPT)
    kept = phone.page.evaluate(
        """async () => {
          const names = await caches.keys(), found = {};
          for (const name of names) for (const request of await (await caches.open(name)).keys())
            found[new URL(request.url).pathname] = await (await caches.match(request)).text();
          return found;
        }"""
    )
    assert set(kept) == {PHONE, "/static/web/app.css", "/static/web/mark.svg", "/static/tally/phone.js"}
    assert "karim" not in kept[PHONE]
    assert "csrfmiddlewaretoken" not in kept[PHONE]
    assert 'dir="rtl"' in kept[PHONE]
    assert Axe().run(phone.page).response["violations"] == []
    phone.page.context.set_offline(True)
    phone.go(PHONE)
    expect(phone.page.locator(FROM_THE_PHONE)).to_be_visible()
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        phone.go("/people/")


def test_without_scripts_it_is_a_form(visit: Callable[..., Visit]) -> None:
    phone = visit("en", 390, scripts=False)
    phone.sign_in("ines")
    before = figures(phone)
    phone.go(PHONE)
    phone.page.check("[name=services][value=food]")
    for many in ("3", "5"):
        phone.page.fill("[name=people]", many)
        phone.page.click("button[name=who][value='male:60+']")
        expect(phone.page.locator("main")).to_contain_text("Counted.")
        expect(phone.page.locator("[name=services][value=food]")).to_be_checked()
    phone.page.click("form[action$='/back/'] button")
    assert figures(phone)["people"] - before["people"] == 3
