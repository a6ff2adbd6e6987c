"""What is typed is not lost: not by a switch of language, not when the session ends meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, expect

from tests.roads.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_switch_of_language_asks_before_it_loses_what_was_typed(visit: Callable[..., Visit]) -> None:
    desk = visit()
    desk.sign_in("lena")
    desk.go("/register/")
    desk.page.fill("[name=given_name]", "Selamawit")
    asked: list[str] = []

    def no(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    desk.page.once("dialog", no)
    desk.page.select_option("#frame-language", "fr")
    assert len(asked) == 1
    expect(desk.page.locator("[name=given_name]")).to_have_value("Selamawit")
    expect(desk.page.locator("#frame-language")).to_have_value("en")


@pytest.mark.parametrize(("handle", "scripts"), [("karim", True), ("ines", False)])
def test_what_was_typed_is_sent_again_after_signing_in_anew(
    visit: Callable[..., Visit], handle: str, scripts: bool
) -> None:
    desk = visit(scripts=scripts)
    desk.sign_in(handle)
    desk.go("/register/")
    desk.page.fill("[name=given_name]", f"Zemzem{int(scripts)}")
    desk.page.fill("[name=family_name]", "Idris")
    desk.page.locator("label:has(input[name='sex'][value='female'])").first.click()
    other = Visit(desk.page.context.new_page(), desk.address)
    other.go("/")
    other.page.locator("form.lock button").click()
    desk.page.locator("main button[name=register], main form .actions button:has-text('Register')").last.click()
    expect(desk.page.locator("h1")).to_have_text("You were signed out")
    other.sign_in(handle)
    desk.page.get_by_role("button", name="Send it again").click()
    expect(desk.page.locator("body")).to_contain_text(f"Zemzem{int(scripts)} Idris")
