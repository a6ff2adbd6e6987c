"""Scenario 28 of DOMAIN.md: rounds to where people work and rest, contacts through those they trust, fears named by
month; and a complaint without a name, in any language, answered to a reply code."""

from collections.abc import Callable

import pytest

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser
WORDS = "ልጆቹ ውሃ የላቸውም፣ ሌሊት ብርድ ነው"


def save(desk: Visit) -> None:
    """The form's own button."""
    desk.page.click("main form:not(.actions) p.actions .button:not(.quiet) >> nth=-1")


def test_rounds_to_work_and_rest_through_trusted_doors(visit: Callable[..., Visit]) -> None:
    desk = visit("en", 390)
    desk.sign_in("aicha")
    page = desk.page
    for name, kind in (("Loading bays of the vegetable market", "work"), ("The pitch by the canal", "recreation")):
        desk.go("/rounds/places/")
        page.fill("[name=name]", name)
        page.select_option("[name=kind]", kind)
        save(desk)
    desk.go("/rounds/doors/")
    page.fill("[name=name]", "The barber on the corner")
    page.select_option("[name=kind]", "shop")
    save(desk)
    for name in ("Loading bays of the vegetable market", "The pitch by the canal"):
        desk.go("/rounds/plan/")
        page.select_option("[name=place]", label=name)
        page.fill("[name=day]", page.evaluate("() => new Date(Date.now() + 864e5 * 2).toISOString().slice(0, 10)"))
        page.check("[name=way][value=outreach]")
        page.select_option("[name=door]", label="The barber on the corner")
        save(desk)
    page.click("text=Loading bays of the vegetable market")
    page.click("main .heading >> text=Set out")
    save(desk)
    assert "Not yet so" in page.locator("main").inner_text()
    for box in page.locator("[name=checks]").all():
        box.check()
    save(desk)
    for number in range(6):
        page.check("[name=sex][value=male]")
        page.check("[name=fears][value=deportation]")
        page.check("[name=through_door]")
        page.click("main section button >> text=Count")
        assert page.locator("p[role=status]").inner_text().startswith(str(number + 1))
    page.click("main .heading >> text=We are back")
    page.fill("[name=heard]", "They ask for water on Fridays")
    save(desk)
    assert "Done" in page.locator(".heading").inner_text()
    desk.go("/rounds/fears/")
    named = page.locator("table", has_text="Fears named, by month")
    assert "Being sent back" in named.inner_text()
    assert int(named.locator("tfoot td").last.inner_text()) >= 6
    assert "Through who lets us in" in page.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_complaint_without_a_name_is_answered_to_its_code(visit: Callable[..., Visit], *, scripts: bool) -> None:
    stranger = visit("ar" if scripts else "en", 390, scripts=scripts)
    stranger.go("/sign-in/")
    stranger.page.click("nav.open a[href='/say/']")
    stranger.page.check("[name=kind][value=complaint]")
    stranger.page.fill("[name=text]", WORDS)
    stranger.page.click("main form .button")
    code = stranger.page.locator(".code").inner_text().strip()
    assert [cookie["name"] for cookie in stranger.page.context.cookies()] == ["django_language", "csrftoken"]
    desk = visit("en", 1280, scripts=scripts)
    desk.sign_in("lena" if scripts else "nadia")
    desk.go("/feedback/?state=received&kind=complaint")
    desk.page.locator(".list a.whole").last.click()
    assert WORDS in desk.page.locator("main").inner_text()
    desk.page.click("main a >> text=Write back")
    desk.page.fill("[name=words]", "Two taps and blankets come tonight.")
    save(desk)
    stranger.go("/say/answer/")
    stranger.page.fill("[name=code]", code.lower().replace("-", " "))
    stranger.page.click("main form .button")
    thread = stranger.page.locator("main").inner_text()
    assert "Two taps and blankets come tonight." in thread
    assert code not in stranger.page.url
    desk.page.click("main a >> text=Close")
    desk.page.check("[name=outcome][value=changed]")
    save(desk)
    assert "Closed" in desk.page.locator(".heading").inner_text()
