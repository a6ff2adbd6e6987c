"""Scenario 5 of DOMAIN.md: an emergency referral nobody answers is overdue after a day; then it comes to its end."""

from collections.abc import Callable

import pytest

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
PHONE = 390


@pytest.mark.parametrize("scripts", [True, False])
def test_a_referral_without_answer_is_overdue_and_then_closes(visit: Callable[..., Visit], *, scripts: bool) -> None:
    desk = visit("en", PHONE if scripts else 1280, scripts=scripts)
    desk.sign_in("aicha" if scripts else "nadia")
    page = desk.page
    if scripts:
        desk.go("/work/?section=1")
        late = page.locator("li", has_text="Answer to a referral").first
        assert "Was due" in late.inner_text()
        late.locator("a.whole").click()
    else:
        refer_someone(desk)
    page.click("text=They accept")
    page.click("text=Their help has begun")
    page.click("text=Their help was given")
    page.fill("[name=words]", "Ate, slept, saw a nurse")
    page.click("main form .actions .button")
    page.click("text=Write down what the person says of it")
    page.check("[name=verdict][value=helped]")
    page.click("main form .actions .button")
    assert "The person has said how it was" in page.locator(".heading").inner_text()
    page.click("text=Close it")
    page.click("main form .actions .button")
    assert "Closed" in page.locator(".heading").inner_text()
    desk.go("/work/?whose=team")
    assert "Tomasz" not in page.locator("main").inner_text()
    assert desk.complaints == []


def refer_someone(desk: Visit, name: str = "Tomasz") -> None:
    """Register someone who does not want to be named to them, ask, send, and look at the printed form."""
    page = desk.page
    desk.go("/register/")
    page.fill("[name=given_name]", name)
    page.check("[name=sex][value=male]")
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    person = page.url.split("/people/")[1].split("/")[0]
    desk.go(f"/referrals/of/{person}/")
    page.select_option("[name=service]", "food")
    page.select_option("[name=to]", label="Casa Aperta")
    page.check("[name=priority][value=emergency]")
    page.fill("[name=reason]", "Has not eaten for two days")
    page.uncheck("[name=fields_told][value=name]")
    page.click("main form .actions .button")
    page.click("text=Ask the person")
    assert name not in page.locator("section[aria-labelledby=leaving]").inner_text()
    page.check("[name=given_by][value=self]")
    page.check("[name=agreed]")
    page.click("main form .actions .button")
    page.click("main .heading >> text=Send it")
    page.check("[name=way][value=telephone]")
    page.click("main form .actions .button")
    address = page.url
    page.click("text=Print the form")
    paper = page.locator("main").inner_text()
    assert "Has not eaten for two days" in paper
    assert name not in paper
    page.goto(address)
