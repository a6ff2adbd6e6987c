"""Bar: every role on every operation of the API, allowed or refused as the one declared table says."""

import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client, RequestFactory

from tests.accounts.factories import make_account
from tests.casework.factories import someone_in_need
from waystation.accounts.actors import actor_of
from waystation.accounts.roles import Role
from waystation.accounts.tokens import issue_token
from waystation.config.addresses import Address, operations
from waystation.config.api import api
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.pages import SIGNED_IN

Send = Callable[..., Any]
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


def declared_example(operation: Address) -> Any:
    """The body that the contract shows, so that what is published is what works."""
    contract = json.loads(json.dumps(api.get_openapi_schema()))
    details = contract["paths"][operation.route][operation.method.lower()]
    if "requestBody" not in details:
        return {}
    reference = details["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return contract["components"]["schemas"][reference.rpartition("/")[2]]["examples"][0]


@pytest.fixture
def send_as(node: Any, actors: dict[str, Actor]) -> Callable[[str], Send]:
    """Sends an operation its own example about someone new, with the token of a new account of a role."""

    def begin(role: str) -> Send:
        token = issue_token(by=actor_of(make_account(Role(role), post=node)), label="test")
        client = Client(headers={"authorization": f"Bearer {token}"})

        def send(operation: Address, body: str | None = None, kind: str = "application/json") -> Any:
            path = operation.route.format(**someone_in_need(actors["caseworker"]))
            sent = json.dumps(declared_example(operation)) if body is None else body
            return client.generic(operation.method, path, sent, content_type=kind)

        return send

    return begin


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_every_operation_is_allowed_or_refused_as_declared(send_as: Callable[[str], Send], role: str) -> None:
    send, wrong = send_as(role), []
    for operation in operations():
        answer = send(operation)
        if operation.allows(role):
            as_declared = answer.status_code in {200, 201, 204}
        else:
            as_declared = answer.status_code == 403 and answer.json()["type"] == "not-allowed"
        if not as_declared:
            wrong.append((str(operation), answer.status_code, answer.content))
    assert wrong == []


def test_no_operation_answers_without_a_token(node: Any, client: Client) -> None:
    for operation in operations():
        path = operation.route.format(person_id=UUID(int=7), need_id=UUID(int=7))
        answer = client.generic(operation.method, path, json.dumps(declared_example(operation)), "application/json")
        assert answer.status_code == 401, operation
        assert answer.json()["type"] == "token-missing"


def test_no_operation_takes_a_body_of_another_kind(send_as: Callable[[str], Send]) -> None:
    send = send_as("coordinator")
    with_body = [operation for operation in operations() if declared_example(operation)]
    assert with_body
    assert {send(operation, kind="text/plain").status_code for operation in with_body} == {415}


def test_no_address_answers_a_method_it_does_not_declare(node: Any, client: Client) -> None:
    declared = defaultdict(set)
    for operation in operations():
        declared[operation.route].add(operation.method)
    for route, methods in declared.items():
        for method in METHODS - methods:
            answer = client.generic(method, route.format(person_id=UUID(int=7), need_id=UUID(int=7)))
            assert answer.status_code == 405, (method, route)
            assert set(answer.headers["Allow"].split(", ")) == methods


def test_who_may_not_is_told_so_before_the_body_is_read(send_as: Callable[[str], Send]) -> None:
    send = send_as("administrator")
    refused = [operation for operation in operations() if not operation.allows("administrator")]
    assert refused
    assert {send(operation, "{ no JSON").status_code for operation in refused} == {403}


def test_every_operation_declares_one_permission_of_the_table() -> None:
    known = {permission.name for permission in policies.declared()} | {SIGNED_IN}
    assert [str(operation) for operation in operations() if operation.permission not in known] == []


def test_no_operation_hides_from_the_contract() -> None:
    """Each address of the API is in the contract, but for its root and the contract itself."""
    patterns = {str(pattern.pattern) for pattern in api.urls[0]} - {"", "openapi.json"}
    assert len(patterns) == len({operation.route for operation in operations()})


def test_an_operation_that_declares_nothing_is_open_to_nobody(actors: dict[str, Actor]) -> None:
    token = issue_token(by=actors["coordinator"], label="test")
    assert isinstance(api.auth, list)
    with pytest.raises(KeyError):
        api.auth[0](RequestFactory().get("/", headers={"authorization": f"Bearer {token}"}))
