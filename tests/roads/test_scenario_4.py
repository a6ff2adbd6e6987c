"""Scenario 4 of DOMAIN.md: a consent taken back for one agency leaves the person out of later lists, what left before
stays listed, an authority is refused and that is logged, and when its time is over the file is erased."""

from collections.abc import Callable

import pytest

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
AGENCY = "Lakeside Night Shelter"


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form:not(.actions) > .actions .button:not(.quiet)")


def test_taken_back_for_one_agency(visit: Callable[..., Visit]) -> None:
    desk = visit("en", 390)
    desk.sign_in("aicha")
    stays, leaves = (registered(desk, name) for name in ("Idil", "Samira"))
    assert listed(desk) == ["Idil", "Samira"]
    page = desk.page
    desk.go(f"/people/{leaves}/")
    page.click("section[aria-labelledby=allowed] >> text=Take back")
    assert "From now on nothing leaves under it" in page.locator("main").inner_text()
    assert listed(desk) == ["Idil"]
    desk.go(f"/people/{leaves}/left/")
    sheet = page.locator("main").inner_text()
    assert AGENCY in sheet
    assert "Nobody is told anything about you" in sheet
    desk.go(f"/people/{leaves}/left/?lang=ar")
    assert page.locator("table tbody tr").count() == 1
    desk.go(f"/people/{stays}/left/")
    assert page.locator("table tbody tr").count() == 2
    refused_and_logged(desk, stays)


def registered(desk: Visit, name: str) -> str:
    """Someone new, who allows the agency to be told."""
    page = desk.page
    desk.go("/register/")
    page.fill("[name=given_name]", name)
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    person = page.url.split("/people/")[1].split("/")[0]
    desk.go(f"/people/{person}/consents/add/")
    page.check("[name=purpose][value=services]")
    page.select_option("[name=recipient_kind]", "shelter")
    page.fill("[name=recipients]", AGENCY)
    page.check("[name=answer][value=given]")
    page.fill("[name=expires_on]", "")
    page.check("[name=read_back]")
    save(desk)
    assert "Say until when" in page.locator("main").inner_text(), "a yes has an end"
    page.fill("[name=expires_on]", page.evaluate("() => new Date(Date.now() + 864e5 * 30).toISOString().slice(0, 10)"))
    save(desk)
    return person


def listed(desk: Visit) -> list[str]:
    """Who stands on the agency's list now."""
    page = desk.page
    desk.go("/people/list-for-partner/")
    page.check("[name=purpose][value=services]")
    page.select_option("[name=recipient_kind]", "shelter")
    page.fill("[name=recipient]", AGENCY)
    page.check("[name=fields_told][value=name]")
    page.check("[name=kind][value=paper]")
    page.click("text=See who allows it")
    with page.expect_download() as waiting:
        page.click("text=Write the list")
    return waiting.value.path().read_text(encoding="utf-8-sig").split()[1:]


def refused_and_logged(desk: Visit, person: str) -> None:
    """An authority is told nothing, and that it was tried stands in the log."""
    page = desk.page
    desk.go(f"/people/{person}/pass-on/")
    page.check("[name=purpose][value=services]")
    page.select_option("[name=recipient_kind]", "authority")
    page.fill("[name=recipient]", "District police")
    page.fill("[name=fields_told]", "name")
    page.check("[name=kind][value=telephone]")
    page.get_by_role("button", name="Write it down").click()
    assert "Authorities are told nothing" in page.locator("main").inner_text()
    desk.go(f"/people/{person}/history/")
    assert "Was refused: something was to go to an authority" in page.locator("main").inner_text()


def test_a_file_whose_time_is_over_is_erased_by_two_and_found_no_more(visit: Callable[..., Visit]) -> None:
    first = visit("en", 1280, scripts=False)
    first.sign_in("lena")
    first.go("/keeping/")
    page = first.page
    page.get_by_label("Besnik Hoxha").check()
    page.get_by_label("Ask a second officer to erase").check()
    page.locator("[name=sure]").check()
    page.get_by_role("button", name="Decide").click()
    second = visit("en", 1280, scripts=False)
    second.sign_in("nadia")
    second.go("/approvals/")
    asked = second.page.locator("li", has_text="time for keeping")
    asked.locator("[name=sure]").check()
    asked.get_by_role("button", name="Approve").click()
    first.go("/keeping/")
    assert "Besnik Hoxha" not in page.inner_text("main")
    first.go("/people/?q=Besnik+Hoxha")
    assert page.locator(".list a.whole", has_text="Besnik").count() == 0
