"""The HTTP API: the same actions, permissions and log as the pages, and a contract that cannot drift unseen."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.accounts.factories import make_account
from waystation.accounts.actors import actor_of
from waystation.accounts.models import ApiToken
from waystation.accounts.roles import Role
from waystation.accounts.tokens import end_token, issue_token
from waystation.audit.models import Leaf
from waystation.casework import actions
from waystation.config.api import api
from waystation.kernel import clock
from waystation.kernel.ids import new_id
from waystation.vault import node as vault_node

SNAPSHOT = Path(__file__).with_name("openapi.json")
Call = Callable[..., Any]


@pytest.fixture
def call(node: Any) -> Callable[[str], Call]:
    """Calls with the token of a new account of a role."""

    def begin(role: str) -> Call:
        token = issue_token(by=actor_of(make_account(Role(role), post=node)), label="test")
        client = Client(headers={"authorization": f"Bearer {token}"})

        def ask(
            method: str,
            path: str,
            body: Any = None,
            *,
            raw: bytes | None = None,
            kind: str = "application/json",
            raising: bool = True,
        ) -> Any:
            client.raise_request_exception = raising
            sent = json.dumps({} if body is None else body) if raw is None else raw
            return client.generic(method, f"/api/v1{path}", sent, content_type=kind)

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


def test_a_repeated_registration_registers_once_and_is_told_so(call: Callable[[str], Call]) -> None:
    ask, person = call("volunteer"), {"members": [{"person_id": str(new_id())}]}
    assert ask("POST", "/registrations", person).status_code == 201
    again = ask("POST", "/registrations", person)
    assert refusal(again) == (409, "already-registered")
    assert "came twice" in again.json()["title"]


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


def refusal(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal; what every refusal owes its reader is checked on the way."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert set(told) == {"type", "title", "status", "fields"}
    assert told["status"] == answer.status_code
    assert len(told["title"]) > 20, "says what to mend"
    return answer.status_code, told["type"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        (None, "token-missing"),
        ("Basic bm9ib2R5OnNlY3JldA==", "token-missing"),
        ("Bearer", "token-unknown"),
        ("Bearer wst_ends-too-early", "token-unknown"),
        ("Bearer wst_\x00", "token-unknown"),
    ],
)
def test_without_a_good_token_nothing_answers(node: Any, header: str | None, code: str) -> None:
    answer = Client(headers={"authorization": header} if header else None).get("/api/v1/me")
    assert refusal(answer) == (401, code)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_that_is_no_longer_good_says_why(node: Any) -> None:
    account = make_account(Role.VOLUNTEER, post=node)
    ask = Client(headers={"authorization": f"Bearer {issue_token(by=actor_of(account), label='test')}"}).get
    assert ask("/api/v1/me").status_code == 200
    account.is_active = False
    account.save()
    assert refusal(ask("/api/v1/me")) == (401, "account-closed")
    ApiToken.objects.update(expires_at=clock.now())
    assert refusal(ask("/api/v1/me")) == (401, "token-expired")
    end_token(by=actor_of(account), token_id=ApiToken.objects.get().pk)
    assert refusal(ask("/api/v1/me")) == (401, "token-unknown")


def test_a_locked_node_says_so_to_its_own_tokens_only(call: Callable[[str], Call]) -> None:
    ask = call("volunteer")
    assert ask("GET", "/me").status_code == 200
    vault_node.lock("test")
    assert refusal(ask("GET", "/me")) == (423, "node-locked")
    assert refusal(ask("POST", "/registrations", MOTHER)) == (423, "node-locked")
    assert refusal(Client().get("/api/v1/me")) == (401, "token-missing")


def test_a_node_that_was_never_set_up_answers_programs_in_their_own_words(db: None) -> None:
    assert refusal(Client().get("/api/v1/me")) == (401, "token-missing")


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{ no JSON", "application/json", 400, "not-json"),
        (b'{"text": "\xff"}', "application/json", 400, "not-json"),
        (b"[" * 100_000, "application/json", 400, "not-json"),
        (b"text=selam", "application/x-www-form-urlencoded", 415, "wrong-content-type"),
        (b'{"text": "selam"}', "text/plain", 415, "wrong-content-type"),
        (b'{"text": "' + b"x" * 3_000_000 + b'"}', "application/json", 413, "too-much"),
        (b"", "application/json", 422, "invalid"),
        (b"null", "application/json", 422, "invalid"),
        (b"[]", "application/json", 422, "invalid"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_with_words(
    call: Callable[[str], Call], body: bytes, kind: str, status: int, code: str
) -> None:
    assert refusal(call("volunteer")("POST", "/people/search", raw=body, kind=kind)) == (status, code)


def test_a_body_that_is_too_long_is_refused_in_words_for_a_program(call: Callable[[str], Call]) -> None:
    answer = call("volunteer")("POST", "/people/search", raw=b" " * 3_000_000)
    assert refusal(answer) == (413, "too-much")
    assert "several calls" in answer.json()["title"]


def test_where_the_json_breaks_is_told(call: Callable[[str], Call]) -> None:
    answer = call("volunteer")("POST", "/people/search", raw=b'{"text": }')
    assert answer.json()["fields"] == {"body": "Expecting value (line 1, column 10)"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sex": "unsure"}, "members.0.sex"),
        ({"identity": {"given_nam": "Rahel"}}, "members.0.identity.given_nam"),
        ({"person_id": "7"}, "members.0.person_id"),
        ({"interpreter_needed": 0}, "members.0.interpreter_needed"),
        ({"identity": {"birth_year": "1994"}}, "members.0.identity.birth_year"),
    ],
)
def test_what_is_not_of_the_shape_is_named_by_its_way(
    call: Callable[[str], Call], change: dict[str, Any], field: str
) -> None:
    answer = call("volunteer")("POST", "/registrations", {"members": [change]})
    assert refusal(answer) == (422, "invalid")
    assert list(answer.json()["fields"]) == [field]


@pytest.mark.parametrize("help_", [{"needs": [{"code": "food", "note": "x" * 5000}]}, {"given": ["food"] * 51}, []])
def test_help_keeps_to_what_a_page_could_send(call: Callable[[str], Call], help_: Any) -> None:
    ask = call("volunteer")
    person = ask("POST", "/registrations", MOTHER).json()[0]["person_id"]
    assert refusal(ask("POST", f"/people/{person}/help", help_)) == (422, "invalid")


def test_urgent_help_takes_no_note_that_could_not_be_sealed(call: Callable[[str], Call]) -> None:
    answer = call("volunteer")("POST", "/urgent", {"needs": [{"code": "health", "note": "cough"}]})
    assert refusal(answer) == (422, "invalid")
    assert list(answer.json()["fields"]) == ["needs.0.note"]


@pytest.mark.parametrize("limit", [-1, 0, 26])
def test_no_search_shows_more_than_a_page_of_people(call: Callable[[str], Call], limit: int) -> None:
    answer = call("volunteer")("POST", "/people/search", {"text": "rahel", "limit": limit})
    assert refusal(answer) == (422, "invalid")


@pytest.mark.parametrize("path", ["/nowhere", "/", "/people/7", "/me/"])
def test_an_address_that_is_not_there_answers_programs_too(call: Callable[[str], Call], path: str) -> None:
    assert refusal(call("volunteer")("GET", path)) == (404, "not-found")


def test_a_wrong_method_is_told_which_are_right(call: Callable[[str], Call]) -> None:
    answer = call("volunteer")("GET", "/urgent")
    assert refusal(answer) == (405, "wrong-method")
    assert answer.headers["Allow"] == "POST"


def test_a_full_disk_is_told_to_programs_as_to_people(
    call: Callable[[str], Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_anything: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(actions, "count_unnamed", full)
    answer = call("volunteer")("POST", "/unnamed", {"sex": "female", "age_band": "5-11"})
    assert refusal(answer) == (503, "storage-failed")


def test_our_own_mistakes_are_told_without_their_inside(
    call: Callable[[str], Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_anything: Any) -> None:
        raise LookupError("a name")

    monkeypatch.setattr(actions, "count_unnamed", broken)
    ask = call("volunteer")
    answer = ask("POST", "/unnamed", {"sex": "female", "age_band": "5-11"}, raising=False)
    assert refusal(answer) == (500, "went-wrong")
    assert "a name" not in answer.content.decode()


def test_the_contract_is_the_one_that_was_agreed() -> None:
    schema = json.loads(json.dumps(api.get_openapi_schema()))
    assert schema == json.loads(SNAPSHOT.read_text()), (
        "changed on purpose? make docs writes tests/contracts/openapi.json"
    )


def test_a_program_at_work_does_not_put_the_idle_lock_off(
    call: Callable[[str], Call], client_for: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    program, person = call("caseworker"), client_for("volunteer")
    begun = vault_node._moment()
    monkeypatch.setattr(vault_node, "_moment", lambda: begun)
    person.get("/me/")
    monkeypatch.setattr(vault_node, "_moment", lambda: begun + 14 * 60)
    assert program("GET", "/waiting").status_code == 200
    monkeypatch.setattr(vault_node, "_moment", lambda: begun + 16 * 60)
    assert program("GET", "/waiting").json()["type"] == "node-locked"


def test_a_person_at_the_screen_keeps_the_node_open_for_programs_too(
    call: Callable[[str], Call], client_for: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    program, person = call("caseworker"), client_for("volunteer")
    begun = vault_node._moment()
    monkeypatch.setattr(vault_node, "_moment", lambda: begun + 14 * 60)
    person.get("/me/")
    monkeypatch.setattr(vault_node, "_moment", lambda: begun + 16 * 60)
    assert program("GET", "/waiting").status_code == 200
