"""A passkey, in Chromium's virtual authenticator: added, used to sign in, and refused where it is another's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, expect

from tests.roads.conftest import PASSPHRASE, Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("roads")]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plugged_in(visit: Visit) -> tuple[CDPSession, str]:
    """A fresh passkey for this browser window."""
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]


def to_the_second_step(visit: Visit, handle: str) -> None:
    visit.go("/sign-in/")
    visit.page.fill("[name=handle]", handle)
    visit.page.fill("[name=passphrase]", PASSPHRASE)
    visit.page.click("main form button")


def test_a_passkey_is_added_and_opens_and_anothers_does_not(visit: Callable[..., Visit]) -> None:
    desk = visit()
    session, key = plugged_in(desk)
    desk.sign_in("giulia")
    desk.go("/me/")
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="Add a passkey").click()
    expect(desk.page.locator("main")).to_contain_text("Passkey")

    desk.page.get_by_role("button", name="Add a passkey").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("in use here already")

    desk.page.get_by_role("button", name="Lock", exact=True).click()
    to_the_second_step(desk, "giulia")
    desk.page.get_by_role("button", name="Use a passkey").click()
    desk.page.wait_for_url(desk.address + "/")

    desk.page.get_by_role("button", name="Lock", exact=True).click()
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    plugged_in(desk)
    to_the_second_step(desk, "giulia")
    desk.page.get_by_role("button", name="Use a passkey").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("Try again, or type a code")
    desk.page.fill("[name=code]", desk.page.locator("main .code").first.inner_text())
    desk.page.click("main form button")
    expect(desk.page).not_to_have_url(desk.address + "/sign-in/")
