"""A passkey, in Chromium's virtual authenticator: added, used to sign in, and refused where it is another's."""

import base64
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import CDPSession, expect

from tests.roads.conftest import PASSPHRASE, Visit

pytestmark = pytest.mark.browser

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


def begin(visit: Visit) -> None:
    visit.go("/me/")
    visit.page.get_by_role("link", name="Add a passkey").click()
    visit.page.fill("[name=label]", "blue key")
    visit.page.fill("[name=passphrase]", PASSPHRASE)
    visit.page.get_by_role("button", name="Go on").click()


def with_a_passkey(visit: Visit, handle: str) -> tuple[CDPSession, str]:
    """Sign in, add a passkey on the own account's page, and lock the screen."""
    session, key = plugged_in(visit)
    visit.sign_in(handle)
    begin(visit)
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="Add it").click()
    expect(visit.page.locator("main li", has_text="Passkey")).to_have_count(1)
    return session, key


def lock(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Lock", exact=True).click()


def use_passkey(visit: Visit, handle: str) -> None:
    visit.go("/sign-in/")
    visit.page.fill("[name=handle]", handle)
    visit.page.fill("[name=passphrase]", PASSPHRASE)
    visit.page.click("main form button")
    visit.page.get_by_role("button", name="Use a passkey").click()


def claims_to_be(session: CDPSession, key: str) -> None:
    """Another's key in the place of this one: the same id, and a private key that nobody here knows."""
    (mine,) = session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    foreign = generate_private_key(SECP256R1()).private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    session.send("WebAuthn.removeCredential", {"authenticatorId": key, "credentialId": mine["credentialId"]})
    forged = mine | {"privateKey": base64.b64encode(foreign).decode(), "signCount": mine["signCount"] + 1}
    session.send("WebAuthn.addCredential", {"authenticatorId": key, "credential": forged})


def test_a_volunteer_adds_a_passkey_once_and_signs_in_with_it(visit: Callable[..., Visit]) -> None:
    desk = visit()
    with_a_passkey(desk, "tomas")
    begin(desk)
    desk.page.get_by_role("button", name="Add it").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("in use here already")
    lock(desk)
    use_passkey(desk, "tomas")
    desk.page.wait_for_url(desk.address + "/")
    desk.go("/today/")
    expect(desk.page).to_have_url(desk.address + "/today/")
    assert desk.complaints == []


@pytest.mark.parametrize(("handle", "forged"), [("giulia", False), ("ines", True)])
def test_anothers_passkey_is_refused_and_nothing_is_lost(
    visit: Callable[..., Visit], handle: str, forged: bool
) -> None:
    desk = visit()
    session, key = with_a_passkey(desk, handle)
    lock(desk)
    if forged:
        claims_to_be(session, key)
    else:
        session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
        plugged_in(desk)
    use_passkey(desk, handle)
    expect(desk.page.get_by_role("alert")).to_contain_text("Try again, or type a code")
    elsewhere = desk.page.context.new_page()
    elsewhere.goto(desk.address + "/today/")
    expect(elsewhere.get_by_label("Passphrase")).to_be_visible()
    desk.give_code()
    desk.page.wait_for_url(desk.address + "/")
