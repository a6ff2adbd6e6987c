"""Scenario 7 of DOMAIN.md: a child alone, high risk: due in a day, no guardian is flagged, a panel sits, and nothing
closes without guardian, care, review and the supervisor's yes."""

from collections.abc import Callable

import pytest

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form:not(.actions) .actions .button")


def test_a_childs_case_from_the_first_day_to_its_end(visit: Callable[..., Visit]) -> None:
    desk = visit("en", 1280)
    desk.sign_in("lena")
    page = desk.page
    desk.go("/register/")
    page.fill("[name=given_name]", "Hiwot")
    page.check("[name=age_band][value='12-17']")
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    person = page.url.split("/people/")[1].split("/")[0]
    desk.go(f"/cases/of/{person}/")
    page.check("[name=kind][value=child]")
    page.check("[name=risk][value=high]")
    page.fill("[name=reason]", "Travels alone, lost her sister on the way")
    save(desk)
    case = page.url
    todo = page.locator("section[aria-labelledby=case-todo]").inner_text()
    assert "First contact" in todo
    assert "This child has no guardian" in todo
    page.goto(case + "close/")
    page.check("[name=closing][value=helped]")
    save(desk)
    refused = page.locator("main").inner_text()
    for missing in ("This child has no guardian.", "No best interests assessment", "has not approved the closing"):
        assert missing in refused
    decide_what_is_best(desk, case.replace("/cases/", "/children/"))
    page.goto(case + "ask/")
    page.check("[name=of][value=closure]")
    page.select_option("[name=closing]", "reunited")
    save(desk)
    other = visit("en", 390)
    other.sign_in("nadia")
    other.page.goto(case)
    other.page.click("section[aria-labelledby=case-reviews] >> text=Decide")
    other.page.click("button[name=approve]")
    page.goto(case + "close/")
    page.check("[name=closing][value=reunited]")
    save(desk)
    assert "Closed" in page.locator(".heading").inner_text()
    assert "Nothing is open." in page.locator("section[aria-labelledby=case-todo]").inner_text()
    assert not [said for said in desk.complaints if "409" not in said and "422" not in said]


def decide_what_is_best(desk: Visit, child: str) -> None:
    """A panel of three decides; then a guardian and who cares are written down."""
    page = desk.page
    page.goto(child + "best-interests/")
    page.check("[name=procedure][value=determination]")
    page.fill("[name=question]", "Where Hiwot lives until her sister is found")
    page.fill("[name=views]", "With other girls, near a school")
    save(desk)
    page.click("text=Call the panel")
    page.fill("[name=panel]", "Ruth Ondiek\nSamir Haddad")
    save(desk)
    assert "three members or more" in page.locator("main").inner_text()
    page.fill("[name=panel]", "Ruth Ondiek\nSamir Haddad\nGrace Njeri")
    save(desk)
    page.click("text=Write down the decision")
    page.fill("[name=minutes]", "All three heard her; all agreed")
    page.fill("[name=decision]", "A foster family near the school")
    page.fill("[name=reasons]", "It is safe, and she wants it")
    save(desk)
    page.goto(child + "guardian/")
    page.fill("[name=name]", "Grace Njeri")
    page.check("[name=kind][value=court]")
    save(desk)
    page.goto(child + "care/")
    page.select_option("[name=kind]", "foster")
    save(desk)
