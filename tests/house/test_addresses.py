"""Bar: every role on every address, allowed or refused as the one declared table says."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from waystation.accounts.roles import Role
from waystation.config.addresses import Address, addresses
from waystation.kernel.pages import ANYONE

SAMPLES = {
    "UUIDConverter": str(UUID(int=7)),
    "IntConverter": "7",
    "StringConverter": "sample",
    "SlugConverter": "sample",
    "PathConverter": "sample",
}
FRAMEWORK = ("/static/",)


def ours() -> list[Address]:
    return [address for address in addresses() if not address.route.startswith(FRAMEWORK)]


def sample(address: Address) -> str:
    path = address.route
    for name, kind in address.parts:
        for written in (
            f"<uuid:{name}>",
            f"<int:{name}>",
            f"<str:{name}>",
            f"<slug:{name}>",
            f"<path:{name}>",
            f"<{name}>",
        ):
            path = path.replace(written, SAMPLES[kind])
    return path


def test_every_view_declares_who_may_see_it() -> None:
    assert [address.route for address in ours() if not address.permission] == []


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_address_is_allowed_or_refused_as_declared(client_for: Callable[..., Client], role: str) -> None:
    client, wrong = client_for(role), []
    for address in ours():
        if address.permission == ANYONE or address.route in {"/sign-out/", "/lock/", "/panic/"}:
            continue
        answer = client.get(sample(address))
        refused = answer.status_code == 403
        if refused is address.allows(role):
            wrong.append((address.route, answer.status_code, "should be allowed" if refused else "should be refused"))
    assert wrong == []


def test_without_signing_in_every_other_address_leads_to_sign_in(node: object, client: Client) -> None:
    for address in ours():
        if address.permission != ANYONE:
            answer = client.get(sample(address))
            assert answer.status_code == 302, address.route
            assert answer.headers["Location"].startswith("/sign-in/"), address.route
