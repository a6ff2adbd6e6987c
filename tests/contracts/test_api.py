"""The HTTP API: the same actions, permissions and log as the pages, and a contract that cannot drift unseen."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.accounts.factories import make_account
from waystation.accounts.actors import actor_of
from waystation.accounts.roles import Role
from waystation.accounts.tokens import issue_token
from waystation.audit.models import Leaf
from waystation.config.api import api
from waystation.vault import node as vault_node

SNAPSHOT = Path(__file__).with_name("openapi.json")
Call = Callable[..., Any]


@pytest.fixture
def call(node: Any) -> Callable[[str], Call]:
    """Calls with the token of a new account of a role."""

    def begin(role: str) -> Call:
        token = issue_token(by=actor_of(make_account(Role(role), post=node)), label="test")
        client = Client(headers={"authorization": f"Bearer {token}"})

        def ask(method: str, path: str, body: Any = None) -> Any:
            return client.generic(method, f"/api/v1{path}", json.dumps(body or {}), content_type="application/json")

        return ask

    return begin


MOTHER = {
    "members": [
        {
            "identity": {"given_name": "Rahel", "family_name": "Kidane", "origin": "ER"},
            "sex": "female",
            "relation": "first",
        },
        {"identity": {"given_name": "Abel", "family_name": "Kidane"}, "age_band": "5-11", "relation": "child"},
    ],
    "help": {"needs": [{"code": "food"}, {"code": "health", "severity": "high", "note": "cough"}], "given": ["food"]},
}


def test_who_is_registered_over_the_api_is_found_helped_and_stands_in_the_list(call: Callable[[str], Call]) -> None:
    ask = call("caseworker")
    made = ask("POST", "/registrations", MOTHER)
    assert made.status_code == 201
    person = made.json()[0]["person_id"]
    found = ask("POST", "/people/search", {"text": "rahel kidane"}).json()
    assert found[0]["person"]["id"] == person
    assert found[0]["reasons"]
    assert ask("POST", f"/people/{person}/help", {"given": ["water"]}).status_code == 201
    assert [line["person_id"] for line in ask("GET", "/waiting").json()] == [person]
    notes = {need["code"]: need["note"] for need in ask("GET", f"/people/{person}/needs").json()}
    assert notes["health"] is None, "a caseworker does not open health notes"
    assert Leaf.objects.filter(via="api", action="vault.read").exists()


def test_two_who_correct_one_record_are_told(call: Callable[[str], Call]) -> None:
    ask = call("volunteer")
    person = ask("POST", "/registrations", MOTHER).json()[0]["person_id"]
    change = {"revision": 1, "identity": {"given_name": "Rahel", "family_name": "Kidanu"}}
    assert ask("PUT", f"/people/{person}", change).status_code == 200
    again = ask("PUT", f"/people/{person}", change)
    assert again.status_code == 409
    assert again.headers["Content-Type"] == "application/problem+json"
    assert again.json()["type"] == "conflict"


def test_what_needs_mending_is_named_by_field(call: Callable[[str], Call]) -> None:
    wrong = {"members": [{"identity": {"given_name": "x" * 300}}]}
    answer = call("volunteer")("POST", "/registrations", wrong)
    assert answer.status_code == 422
    assert "given_name" in answer.json()["fields"]


@pytest.mark.parametrize(
    ("role", "method", "path", "status"),
    [
        ("administrator", "POST", "/people/search", 403),
        ("administrator", "GET", "/waiting", 403),
        ("administrator", "POST", "/registrations", 403),
        ("volunteer", "DELETE", "/people/00000000-0000-0000-0000-000000000007", 403),
        ("volunteer", "GET", "/people/00000000-0000-0000-0000-000000000007", 404),
    ],
)
def test_a_token_allows_what_its_account_allows(
    call: Callable[[str], Call], role: str, method: str, path: str, status: int
) -> None:
    bodies = {"/people/search": {"text": "rahel"}, "/registrations": MOTHER}
    body = {"reason": "person-asked"} if method == "DELETE" else bodies.get(path)
    assert call(role)(method, path, body).status_code == status


def test_without_a_token_or_on_a_locked_node_nothing_answers(call: Callable[[str], Call]) -> None:
    assert Client().get("/api/v1/me").status_code == 401
    ask = call("volunteer")
    assert ask("GET", "/me").status_code == 200
    vault_node.lock("test")
    assert ask("GET", "/me").status_code == 401


def test_the_contract_is_the_one_that_was_agreed() -> None:
    schema = json.loads(json.dumps(api.get_openapi_schema()))
    assert schema == json.loads(SNAPSHOT.read_text()), (
        "changed on purpose? make docs writes tests/contracts/openapi.json"
    )
