"""Passkeys without a browser: what is not the answer of the passkey that was asked lets nobody in and adds nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.accounts.factories import PASSPHRASE, make_account
from waystation.accounts import factors
from waystation.accounts.models import Account, Factor
from waystation.accounts.roles import Role
from waystation.kernel import clock

NOT_AN_ANSWER = ["", "null", "[]", "{}", '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}']
BY_NAME = {"host": "localhost", "accept": "application/json"}
SOME_KEY = bytes.fromhex(
    "000000000000000000000000000000000001aaa5010203262001215820" + "11" * 32 + "225820" + "22" * 32
)
"""Authenticator model, the key's id (one byte), and a public key on P-256 as COSE."""


def begin(client: Client) -> None:
    answer = client.post("/me/passkeys/new/", {"label": "blue key", "passphrase": PASSPHRASE}, headers=BY_NAME)
    assert "data-passkey-add" in answer.content.decode()


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
    begin(client)
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
    assert ("/me/passkeys/new/" in client.get("/me/", headers={"host": host}).content.decode()) is offered
    page = half_signed_in.get("/sign-in/second/", headers={"host": host}).content.decode()
    assert ("data-passkey=" in page) is offered
    assert client.get("/me/passkeys/new/", headers={"host": host}).status_code == (200 if offered else 404)
    begin(client)
    assert client.get("/me/passkeys/", headers={"host": host}).status_code == (200 if offered else 404)


def test_a_passkey_is_begun_with_the_passphrase_and_no_longer_than_ten_minutes_ago(
    client_for: Callable[..., Client],
) -> None:
    client = client_for("volunteer")
    assert client.get("/me/passkeys/", headers=BY_NAME).json()["type"] == "passkey-not-begun"
    wrong = client.post("/me/passkeys/new/", {"label": "blue key", "passphrase": "not it at all"}, headers=BY_NAME)
    assert "not your passphrase" in wrong.content.decode()
    assert 'value="blue key"' in wrong.content.decode()
    assert client.get("/me/passkeys/", headers=BY_NAME).status_code == 409
    begin(client)
    assert client.get("/me/passkeys/", headers=BY_NAME).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert client.get("/me/passkeys/", headers=BY_NAME).status_code == 409


def test_one_passkey_of_several_is_removed_by_name_and_the_last_second_step_stays(
    client_for: Callable[..., Client],
) -> None:
    client = client_for("volunteer")
    account = Account.objects.get(pk=client.session["account"])
    blue, phone = (
        Factor.objects.create(account=account, kind=Factor.PASSKEY, label=label, secret=SOME_KEY)
        for label in ("blue key", "my phone")
    )
    page = client.get("/me/").content.decode()
    assert page.index("blue key") < page.index("my phone")
    assert client.post(f"/me/passkeys/{blue.pk}/remove/", {"passphrase": "not it at all"}).status_code == 200
    assert account.factors.count() == 2
    right = {"passphrase": PASSPHRASE}
    assert client.post(f"/me/passkeys/{blue.pk}/remove/", right).status_code == 302
    assert list(account.factors.values_list("label", flat=True)) == ["my phone"]
    assert "/remove/" not in client.get("/me/").content.decode()
    assert client.post(f"/me/passkeys/{phone.pk}/remove/", right).status_code == 409
    assert account.factors.count() == 1


def test_nobody_removes_anothers_passkey_and_codes_are_no_passkey(client_for: Callable[..., Client], node: Any) -> None:
    client, other = client_for("coordinator"), make_account(Role.VOLUNTEER, handle="tomas", post=node)
    mine = Account.objects.get(pk=client.session["account"])
    Factor.objects.create(account=other, kind=Factor.PASSKEY, secret=SOME_KEY)
    for account in (mine, other):
        factors.add_totp(account, factors.new_seed())
    for factor in Factor.objects.all():
        answer = client.post(f"/me/passkeys/{factor.pk}/remove/", {"passphrase": PASSPHRASE})
        assert answer.status_code == 404
    assert Factor.objects.count() == 3
