"""Turned away: written down at a desk without a name, from a referral that was declined; then told in numbers."""

from collections.abc import Callable

import pytest

from tests.roads.conftest import Visit
from tests.roads.test_scenario_5 import refer_someone

pytestmark = pytest.mark.browser


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form p.actions .button:not(.quiet) >> nth=-1")


@pytest.mark.parametrize(("language", "width", "scripts"), [("en", 390, True), ("ar", 390, False)])
def test_a_volunteer_writes_down_who_was_turned_away_and_takes_a_slip_back(
    visit: Callable[..., Visit], language: str, width: int, *, scripts: bool
) -> None:
    desk = visit(language, width, scripts=scripts)
    desk.sign_in("tomas")
    page = desk.page
    desk.go("/more/")
    page.click("main a[href='/barriers/add/']")
    page.select_option("[name=denied]", "health")
    page.select_option("[name=by]", "clinic")
    page.fill("[name=words]", "قالوا عودوا غدًا")
    save(desk)
    assert page.locator(".summary-of-errors").count() == 1
    assert page.input_value("[name=words]") == "قالوا عودوا غدًا"
    page.select_option("[name=kind]", "language")
    page.fill("[name=people]", "6")
    save(desk)
    page.locator("form[action*='/take-back/'] button").click()
    assert page.locator("form[action*='/take-back/']").count() == 0
    desk.go("/barriers/figures/")
    assert page.locator("table.figures").count() == 0
    assert desk.complaints == [one for one in desk.complaints if "403" in one or "422" in one]


def test_a_declined_referral_leads_to_a_barrier_that_somebody_sees_to(visit: Callable[..., Visit]) -> None:
    desk = visit("en", 1280)
    desk.sign_in("aicha")
    page = desk.page
    refer_someone(desk, "Ivana")
    page.click("main a >> text=They decline")
    page.check("[name=declined][value=full]")
    save(desk)
    page.click("main a >> text=They were turned away")
    assert page.input_value("[name=denied]") == "food"
    assert page.input_value("[name=kind]") == "full"
    page.fill("[name=ground]", "No meals before Monday")
    page.check("[name=see_to]")
    save(desk)
    assert "/people/" in page.url
    desk.go("/work/?section=3")
    page.locator(".list li", has_text="Somebody was turned away: see to it").last.locator("a.whole").click()
    assert "No meals before Monday" in page.locator("main").inner_text()
    page.check("[name=done][value=elsewhere]")
    page.fill("[name=words]", "The other office has time on Monday")
    save(desk)
    assert "Help was found elsewhere" in page.locator(".heading").inner_text()
    desk.go("/barriers/figures/")
    assert page.locator("table.figures").count() == 3
    assert "People's access to services" in page.locator("main").inner_text()
    cells = {cell.inner_text() for cell in page.locator("table.figures td bdi").all()}
    assert not cells & {"1", "2", "3", "4"}
    with page.expect_download() as kept:
        page.click("main a >> text=Keep as a file")
    assert kept.value.suggested_filename == "barriers.csv"
    assert desk.complaints == []
