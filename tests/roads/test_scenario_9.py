"""Scenario 9 of DOMAIN.md: an enquiry; a list brings somebody whose name is spelled differently; two officers verify;
the person found declines, then agrees; the enquirer hears only what was allowed; every state is dated."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
LIST = """name,sex,born,country,place
Abdirahman Hassan Warsame,male,2009,Somalia,Kebri Beyah
Amina Yusuf,female,1990,Kenya,
"""
WORDS = "Tell my mother that I go to school and that I keep her scarf."


def clean(page: Page) -> None:
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []


def answer(page: Page, link: str, **typed: str) -> None:
    """Follow a link to a form, fill it, and come back."""
    page.click(f"main a:text-is('{link}')")
    page.wait_for_selector("main form .button")
    clean(page)
    for name, value in typed.items():
        field = page.locator(f"main [name={name}]")
        field.check() if value == "on" else field.fill(value)
    page.click("main form .button >> nth=0")
    page.wait_for_selector(".message, .messages, [role=status]")


def agree(desk: Visit) -> None:
    """Yes, with words; what is written but not ticked is asked about, not lost."""
    page = desk.page
    page.click("main a:text-is('Yes, they agree to be in touch')")
    page.fill("[name=told]", WORDS)
    page.check("[name=allowed][value=alive]")
    page.check("[name=read_back]")
    page.click("main form .button >> nth=0")
    expect(page.locator("main")).to_contain_text("Tick it here, or empty the box below")
    expect(page.locator("[name=told]")).to_have_value(WORDS)
    clean(page)
    assert ["422" in said for said in desk.complaints] == [True]
    desk.complaints.clear()
    page.check("[name=allowed][value=words]")
    page.click("main form .button >> nth=0")
    page.wait_for_selector(".message, .messages, [role=status]")


def sought(desk: Visit) -> str:
    """Write down whom Xaliimo looks for; the address of the request."""
    page = desk.page
    desk.go("/")
    page.fill("#q", "Xaliimo")
    page.press("#q", "Enter")
    page.click("main a:has-text('Xaliimo')")
    page.click("main a:text-is('Look for family')")
    page.select_option("[name=relation]", "son")
    for name, text in {
        "given": "Cabdiraxmaan",
        "father": "Xasan",
        "grandfather": "Warsame",
        "birth_year": "2009",
    }.items():
        page.fill(f"[name={name}]", text)
    page.check("[name=sex][value=male]")
    page.check("[name=age_band][value='not-known']")
    page.select_option("[name=country]", "SO")
    page.check("[name=may_ask][value=lists]")
    clean(page)
    page.click("main form .button >> nth=0")
    page.wait_for_selector("text=Tell the enquirer within 14 days")
    for act in ("It was assessed with the enquirer", "Take it up", "Look for the person"):
        page.click(f"main button:text-is('{act}')")
        page.wait_for_selector("text=Recorded.")
    return page.url


def listed(desk: Visit) -> None:
    """Bring the list of a camp."""
    page = desk.page
    desk.go("/lists/bring/")
    page.set_input_files("[name=file]", {"name": "camp.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    page.fill("[name=name]", "Young people registered in May")
    page.fill("[name=keeper]", "The camp")
    page.select_option("[name=basis]", index=0)
    page.click("main form .button >> nth=0")
    page.click("button[name=take]")
    expect(page.locator("main")).to_contain_text("Abdirahman Hassan Warsame")


def test_from_an_enquiry_to_words_of_the_person_found(visit: Callable[..., Visit]) -> None:
    first, second = visit("en", 1280), visit("en", 390)
    first.sign_in("karim")
    request = sought(first)
    listed(first)
    page = first.page
    page.goto(request)
    page.click("main a:text-is('See who may be the one')")
    clean(page)
    page.click("a.whole:has-text('Abdirahman Hassan Warsame')")
    expect(page.locator("main")).to_contain_text("Cabdiraxmaan Xasan Warsame")
    clean(page)
    page.click("main button:text-is('Look into it')")
    page.wait_for_selector("text=Possible match")
    match = page.url
    answer(page, "It is the same person", words="Both name the teacher of the school by the well.")
    expect(page.locator("main")).to_contain_text("A second officer looks now.")
    second.sign_in("sofia")
    second.page.goto(match)
    clean(second.page)
    answer(second.page, "It is the same person, seen by a second", words="I spoke with the camp and with his mother.")
    page.goto(match)
    answer(page, "The person found is being asked", words="The camp's own officer, alone, in Somali")
    answer(page, "No, they do not wish it", words="He is afraid that his uncle hears of it.")
    page.goto(request)
    expect(page.locator("main")).to_contain_text("Being looked for")
    assert "afraid" not in page.locator("main").inner_text()
    assert "Declined" not in page.locator("main").inner_text()
    page.goto(match)
    agree(first)
    page.goto(match)
    page.click("main a:text-is('Tell the enquirer what was allowed')")
    expect(page.locator("main")).to_contain_text("That they are alive and well")
    page.check("[name=how][value=face]")
    page.click("main form .button >> nth=0")
    page.goto(request)
    told = page.locator("section:has(#told)")
    expect(told).to_contain_text(WORDS)
    assert "afraid" not in page.locator("main").inner_text()
    page.click("main a:text-is('Step by step')")
    page.wait_for_selector("ol.list")
    clean(page)
    steps = page.locator("main").inner_text()
    for state in ("Written down", "Assessed", "Accepted", "Being looked for", "Being verified", "Found alive"):
        assert state in steps
    assert first.complaints == []
    assert second.complaints == []
