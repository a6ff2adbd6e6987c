"""Scenario 6 of DOMAIN.md: five domains; high in one is high in all, two places are suggested, the least restrictive
first, and two referrals are opened from there."""

from collections.abc import Callable

import pytest

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
PHONE = 390
DOMAINS = ("child", "gender", "health", "protection", "other")


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form:not(.actions) .actions .button:not(.quiet)")


@pytest.mark.parametrize("scripts", [True, False])
def test_five_domains_come_to_places_and_two_referrals(visit: Callable[..., Visit], *, scripts: bool) -> None:
    desk = visit("en", PHONE if scripts else 1280, scripts=scripts)
    desk.sign_in("aicha" if scripts else "nadia")
    page = desk.page
    desk.go("/register/")
    page.fill("[name=given_name]", "Selamawit")
    page.check("[name=sex][value=female]")
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    person = page.url.split("/people/")[1].split("/")[0]
    desk.go(f"/screening/of/{person}/")
    assert "You need not answer" in page.locator("main").inner_text()
    page.check("[name=explained]")
    page.select_option("[name=talks_with]", "female")
    save(desk)
    talk = page.url
    for domain in DOMAINS:
        page.goto(f"{talk}look-at/{domain}/")
        page.check(f"[name=rating][value={'high' if domain == 'gender' else 'low'}]")
        if domain == "gender":
            save(desk)
            assert "A high rating needs it" in page.locator("main").inner_text()
            page.check("[name=prompts][value=violence]")
            page.fill("[name=harm]", "The man she fled sleeps in the same hall")
            page.check("[name=rating][value=high]")
        save(desk)
    whole = page.locator("section[aria-labelledby=follows]")
    assert "High" in whole.inner_text()
    places = whole.locator("ol li").all_inner_texts()
    assert places == ["With a host family; for a child, a foster family", "In a safe house whose address is not told"]
    page.click("main .heading >> text=Finish the talk")
    page.check("[name=placement][value=safe_house]")
    save(desk)
    assert "Say why it must be this one" in page.locator("main").inner_text()
    page.fill("[name=why]", "He knows every family in town")
    save(desk)
    assert "In a safe house" in whole.inner_text()
    for service in ("protection", "psychosocial"):
        page.goto(talk)
        page.locator(f"a[href*='service={service}']").click()
        assert page.locator("[name=service]").input_value() == service
        assert page.locator("[name=priority][value=urgent]").is_checked()
        page.select_option("[name=to]", label="Casa Aperta")
        page.fill("[name=reason]", "Needs a door that locks")
        save(desk)
        assert "Draft" in page.locator(".heading").inner_text()
    desk.go(f"/people/{person}/")
    asked = page.locator("main").inner_text()
    assert "Protection and safety" in asked
    assert "Psychosocial support" in asked
