"""A child and a brother far away: proof, both wishes, what is best, an authority that first says no, the journey, and
an end on the day on which one of them wants it no more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.roads.conftest import Visit
from waystation.kernel.clock import today

pytestmark = pytest.mark.browser
SECRETS = ("Naod", "Uppsala", "one blue door", "bus of seven")


def words(page: Page) -> str:
    return page.locator("main").inner_text()


def save(page: Page) -> None:
    """The form's own button."""
    page.click("main form[method=post] p.actions button.button:not(.quiet) >> nth=-1")


def clean(page: Page, *, scripts: bool) -> None:
    if scripts:
        assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []


def child(desk: Visit) -> str:
    """A child of fourteen or so, who lets the family be told; the child's number."""
    page = desk.page
    desk.go("/register/")
    page.fill("[name=given_name]", "Hiyab")
    page.check("[name=age_band][value='12-17']")
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    person = page.url.split("/people/")[1].split("/")[0]
    desk.go(f"/people/{person}/consents/add/")
    page.check("[name=purpose][value=tracing]")
    page.select_option("[name=recipient_kind]", "family")
    page.check("[name=answer][value=given]")
    page.check("[name=read_back]")
    save(page)
    assert "The answer is written down." in words(page)
    return person


def begin(desk: Visit, person: str, *, scripts: bool) -> str:
    """Opened, shown, wanted by both; the address."""
    page = desk.page
    desk.go(f"/family/person/{person}/")
    page.click("text=Bring the family together")
    page.select_option("[name=relation]", "brother")
    page.fill("[name=wishes]", "To go to school there")
    save(page)
    assert "Say who the other is" in words(page)
    assert page.input_value("[name=wishes]") == "To go to school there"
    page.fill("[name=other_name]", "Naod Gebre")
    page.fill("[name=other_place]", "Uppsala")
    clean(page, scripts=scripts)
    save(page)
    pair = page.url
    assert "Nothing is written down yet that shows" in words(page)
    page.click("text=Write down what shows it")
    page.check("[name=kind][value=none]")
    page.fill("[name=words]", "Both tell of one blue door")
    save(page)
    page.click("main a >> text=It is shown that they are family")
    save(page)
    for side in ("person", "other"):
        page.goto(f"{pair}yes/{side}/")
        page.fill("[name=words]", "I want us to live together")
        save(page)
    assert "Both want it" in page.inner_text(".heading")
    clean(page, scripts=scripts)
    return pair


def weigh(worker: Visit, person: str) -> None:
    """The caseworker has it decided what is best."""
    page = worker.page
    worker.go(f"/cases/of/{person}/")
    page.check("[name=kind][value=child]")
    page.check("[name=risk][value=medium]")
    page.fill("[name=reason]", "Travels alone")
    save(page)
    case = page.url.split("/cases/")[1].strip("/")
    worker.go(f"/children/{case}/best-interests/")
    page.check("[name=procedure][value=assessment]")
    page.fill("[name=question]", "Shall Hiyab live with the brother?")
    save(page)
    page.click("main a >> text=Write down the decision")
    page.fill("[name=views]", "I want to")
    page.fill("[name=decision]", "Yes")
    page.fill("[name=reasons]", "He has cared for Hiyab before")
    save(page)
    assert "Recorded." in words(page)


def go_on(page: Page, pair: str, act: str, **typed: str) -> None:
    page.goto(f"{pair}go-on/{act}/")
    for name, value in typed.items():
        field = page.locator(f"main [name={name}]").first
        if field.get_attribute("type") == "radio":
            page.check(f"[name={name}][value={value}]")
        else:
            field.fill(value)
    save(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_child_comes_to_a_brother_only_while_both_want_it(visit: Callable[..., Visit], *, scripts: bool) -> None:
    desk = visit("en", 390 if scripts else 1280, scripts=scripts)
    desk.sign_in("karim")
    page = desk.page
    person = child(desk)
    pair = begin(desk, person, scripts=scripts)
    go_on(page, pair, "submit", authority="Office of families", submitter="family")
    assert "first it must be decided what is best for the child" in words(page)
    go_on(page, pair, "weigh", words="The caseworker; Hiyab wants to")
    assert "Nothing is decided in the child's case" in words(page)

    worker = visit("en", 1280, scripts=scripts)
    worker.sign_in("aicha")
    weigh(worker, person)
    go_on(page, pair, "weigh", words="The caseworker; Hiyab wants to")
    go_on(page, pair, "submit", authority="Office of families", submitter="us")
    assert "a second officer must agree first" in words(page)
    assert page.input_value("[name=authority]") == "Office of families"
    page.check("[name=submitter][value=family]")
    save(page)
    soon = (today() + timedelta(days=20)).isoformat()
    go_on(page, pair, "refuse", refusal="proof", words="They want a test", appeal_by=soon)
    assert "The authority said no: ask again in time" in words(page)
    desk.go("/work/")
    assert "The authority said no: ask again in time" in words(page)
    go_on(page, pair, "appeal", submitter="lawyer")
    go_on(page, pair, "grant")
    go_on(page, pair, "arrange", travel_on=soon, route="The bus of seven")
    assert "A child does not travel alone" in words(page)
    page.fill("[name=escort]", "Marta")
    save(page)
    assert "The journey is arranged" in page.inner_text(".heading")
    clean(page, scripts=scripts)
    page.click("main .heading >> text=Print")
    sheet = page.inner_text("main")
    assert "The bus of seven" in sheet
    assert "blue door" not in sheet
    page.goto(pair)
    go_on(page, pair, "meet")
    go_on(page, pair, "follow", words="They laugh much")
    assert "Together, and asked how it goes" in page.inner_text(".heading")

    for path in (pair, f"{pair}sheet/", f"{desk.address}/people/{person}/", f"{desk.address}/people/{person}/before/"):
        worker.page.goto(path)
        assert not [secret for secret in SECRETS if secret in worker.page.content()]
    worker.go(f"/people/{person}/")
    worker.page.click("form[action*='/consents/'] button >> nth=0")
    page.goto(pair)
    assert "One of them wants it no more (The person who asks)" in page.inner_text(".heading")
    assert page.locator("main a >> text=Close").count() == 0
    assert [said for said in desk.complaints if "422" not in said] == []
