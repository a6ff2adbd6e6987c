"""A volunteer's day in a real browser: register a mother with two children against the stopwatch, find her again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser

SECONDS_A_LETTER, SECONDS_A_TAP, MOST_SECONDS = 0.25, 1.2, 60.0


class Stopwatch:
    """Counts letters and taps of a known path at the pace of a practised volunteer on a phone."""

    def __init__(self, page: Page) -> None:
        self.page, self.letters, self.taps = page, 0, 0

    def type(self, selector: str, text: str) -> None:
        """Tap a field and type."""
        self.tap(selector)
        self.page.locator(selector).press_sequentially(text)
        self.letters += len(text)

    def tap(self, selector: str) -> None:
        """One tap."""
        self.page.locator(selector).first.click()
        self.taps += 1

    @property
    def seconds(self) -> float:
        """What it took."""
        return self.letters * SECONDS_A_LETTER + self.taps * SECONDS_A_TAP


def chip(name: str, value: str) -> str:
    return f"label:has(input[name='{name}'][value='{value}'])"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mother_with_two_children_is_registered_within_a_minute(visit: Callable[..., Visit], scripts: bool) -> None:
    desk = visit(width=390, scripts=scripts)
    desk.sign_in("tomas")
    watch = Stopwatch(desk.page)
    watch.type("#q", "Rahel")
    watch.tap("main form button:has-text('Find')") if not scripts else desk.page.wait_for_timeout(700)
    watch.tap("button:has-text('Register')")
    watch.type("[name=family_name]", "Kidane")
    watch.tap(chip("sex", "female"))
    watch.tap(chip("age_band", "25-59"))
    desk.page.select_option("[name=origin]", "ER")
    watch.taps += 2
    for place, (name, sex, age) in enumerate((("Abel", "male", "5-11"), ("Liya", "female", "0-4"))):
        watch.tap("button[name=another]")
        watch.type(f"[name=member-{place}-given_name]", name)
        watch.tap(chip(f"member-{place}-sex", sex))
        watch.tap(chip(f"member-{place}-age_band", age))
    watch.tap(chip("needs", "food"))
    watch.tap(chip("given", "food"))
    watch.tap("p.actions button:has-text('Register')")
    expect(desk.page).to_have_url(re.compile("/notice/"))
    desk.go(desk.page.url.removeprefix(desk.address).partition("notice/")[0])
    for child in ("Abel", "Liya"):
        expect(desk.page.locator("li", has_text=child).first).to_contain_text("Child")
    assert watch.seconds < MOST_SECONDS, f"{watch.letters} letters, {watch.taps} taps: {watch.seconds:.0f} s"
    assert desk.complaints == []


def test_she_is_found_by_another_spelling_and_her_children_with_her(visit: Callable[..., Visit]) -> None:
    desk = visit()
    desk.sign_in("aicha")
    desk.page.fill("#q", "Selam Takle")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#results a.whole").first).to_have_text("ሰላም ተኽለ")
    expect(desk.page.locator("#results .why").first).to_contain_text("Because")
    desk.page.locator("#results a.whole").first.click()
    expect(desk.page.locator("main")).to_contain_text("ዳዊት")
    assert desk.complaints == []


def test_what_was_typed_comes_back_with_what_to_mend(visit: Callable[..., Visit]) -> None:
    desk = visit()
    desk.sign_in("lena")
    desk.go("/register/")
    desk.page.fill("[name=given_name]", "Ab" * 150)
    desk.page.locator("p.actions button:has-text('Register')").click()
    expect(desk.page.locator(".summary-of-errors")).to_contain_text("300")
    expect(desk.page.locator("[name=given_name]")).to_have_value("Ab" * 150)


def test_one_tap_counts_someone_without_a_name_and_another_takes_it_back(visit: Callable[..., Visit]) -> None:
    desk = visit()
    desk.sign_in("karim")
    button = desk.page.locator("table.tally button[value='female:12-17']")
    count = button.locator("span.soft")
    before = int(count.inner_text())
    button.click()
    expect(count).to_have_text(str(before + 1))
    desk.page.locator("#tally-undo button").click()
    expect(count).to_have_text(str(before))
    assert desk.complaints == []


def test_the_panic_lock_closes_the_whole_node(visit: Callable[..., Visit]) -> None:
    one, two = visit(), visit()
    one.sign_in("giulia")
    two.sign_in("ines")
    one.go("/panic/")
    one.page.locator("button.urgent").click()
    expect(one.page.locator("main")).to_contain_text("locked")
    two.go("/today/")
    expect(two.page).to_have_url(re.compile("/sign-in/"))
    two.page.fill("[name=handle]", "ines")
    two.page.fill("[name=passphrase]", "lantern harbour seven quiet rivers")
    two.page.click("main form button")
    expect(two.page.locator("main")).to_contain_text("officer")
    one.sign_in("nadia")
