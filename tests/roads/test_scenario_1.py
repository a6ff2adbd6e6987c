"""Scenario 1 of DOMAIN.md: two people equal in need and unequal in everything else have the same place and the same
reasons; who someone is can be corrected without anyone moving, and nothing anywhere asks for their papers."""

from collections.abc import Callable

import pytest

from tests.roads.conftest import Visit
from waystation.config.status_check.words import asks_for_status

pytestmark = pytest.mark.browser
TWO = (("Nadifa", "female", "SO"), ("Olek", "male", "UA"))


@pytest.mark.parametrize("scripts", [True, False])
def test_need_alone_sets_the_place(visit: Callable[..., Visit], *, scripts: bool) -> None:
    desk = visit("en", 390 if scripts else 1280, scripts=scripts)
    desk.sign_in("aicha" if scripts else "tomas")
    people = {name: registered(desk, name, sex, origin) for name, sex, origin in TWO}
    order, reasons = waiting(desk, people)
    assert order == ["Nadifa", "Olek"], "equal in need: whoever waits longer comes first"
    assert len(set(reasons)) == 1
    assert reasons[0].startswith("How bad:")
    for name, sex, origin in (("Nadifa", "male", "UA"), ("Olek", "female", "SY")):
        corrected(desk, people[name], sex, origin)
    assert waiting(desk, people) == (order, reasons)


def registered(desk: Visit, name: str, sex: str, origin: str) -> str:
    """Someone who needs a roof."""
    page = desk.page
    desk.go("/register/")
    asks_nothing(desk)
    page.fill("[name=given_name]", name)
    page.check(f"[name=sex][value={sex}]", force=True)
    page.select_option("[name=origin]", origin)
    page.check("[name=needs][value=shelter]", force=True)
    page.click("main form .actions .button >> text=Register")
    page.wait_for_url("**/notice/")
    return page.url.split("/people/")[1].split("/")[0]


def corrected(desk: Visit, person: str, sex: str, origin: str) -> None:
    """Who they are is written down anew."""
    page = desk.page
    desk.go(f"/people/{person}/correct/")
    asks_nothing(desk)
    page.check(f"[name=sex][value={sex}]", force=True)
    page.select_option("[name=origin]", origin)
    page.click("main form:not(.actions) .actions .button:not(.quiet)")
    page.wait_for_url(f"**/people/{person}/")


def waiting(desk: Visit, people: dict[str, str]) -> tuple[list[str], list[str]]:
    """The two as they stand among those who wait, and why, without the minutes."""
    desk.go("/today/")
    ours = [f"a.whole[href='/people/{person}/']" for person in people.values()]
    theirs = [line for line in desk.page.locator("ol.list > li").all() if line.locator(", ".join(ours)).count()]
    names = [line.locator("a.whole").inner_text() for line in theirs]
    return names, [line.locator(".why").inner_text().partition(" Recorded ")[0] for line in theirs]


def asks_nothing(desk: Visit) -> None:
    """No label on the page asks for legal or immigration status."""
    labels = desk.page.locator("main label, main legend").all_inner_texts()
    assert [label for label in labels if asks_for_status(label)] == []
