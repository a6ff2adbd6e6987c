"""Passkeys without a browser: what is not the answer of the passkey that was asked lets nobody in and adds nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.accounts.factories import PASSPHRASE, make_account
from waystation.accounts import factors
from waystation.accounts.models import Factor
from waystation.accounts.roles import Role

NOT_AN_ANSWER = ["", "null", "[]", "{}", '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}']
BY_NAME = {"host": "localhost", "accept": "application/json"}
SOME_KEY = bytes.fromhex(
    "000000000000000000000000000000000001aaa5010203262001215820" + "11" * 32 + "225820" + "22" * 32
)
"""Authenticator model, the key's id (one byte), and a public key on P-256 as COSE."""


@pytest.fixture
def half_signed_in(client: Client, node: Any) -> Client:
    """The passphrase was right; the account has a passkey, which owes its answer."""
    account = make_account(Role.VOLUNTEER, handle="tomas", post=node)
    factors.add_totp(account, factors.new_seed())
    Factor.objects.create(account=account, kind=Factor.PASSKEY, secret=SOME_KEY)
    client.post("/sign-in/", {"handle": "tomas", "passphrase": PASSPHRASE})
    return client


@pytest.mark.parametrize("body", NOT_AN_ANSWER)
def test_what_no_passkey_said_lets_nobody_in(half_signed_in: Client, body: str) -> None:
    asked = half_signed_in.get("/sign-in/passkey/", headers=BY_NAME)
    assert asked.json()["publicKey"]["allowCredentials"]
    answer = half_signed_in.post("/sign-in/passkey/", body, content_type="application/json", headers=BY_NAME)
    assert (answer.status_code, answer.json()["type"]) == (400, "not-this-passkey")
    assert half_signed_in.get("/today/").status_code == 302


@pytest.mark.parametrize("body", NOT_AN_ANSWER)
def test_what_no_passkey_said_is_not_added(client_for: Callable[..., Client], body: str) -> None:
    client = client_for("volunteer")
    client.get("/me/passkeys/", headers=BY_NAME)
    assert client.post("/me/passkeys/", body, content_type="application/json", headers=BY_NAME).status_code == 422
    assert not Factor.objects.exists()


@pytest.mark.parametrize(
    ("host", "offered"), [("localhost", True), ("localhost:8000", True), ("127.0.0.1:8000", False), ("[::1]", False)]
)
def test_a_passkey_is_offered_only_where_browsers_take_one(
    client_for: Callable[..., Client], half_signed_in: Client, host: str, offered: bool
) -> None:
    client = client_for("volunteer")
    assert ("data-passkey-add" in client.get("/me/", headers={"host": host}).content.decode()) is offered
    page = half_signed_in.get("/sign-in/second/", headers={"host": host}).content.decode()
    assert ("data-passkey=" in page) is offered
    assert client.get("/me/passkeys/", headers={"host": host}).status_code == (200 if offered else 404)
