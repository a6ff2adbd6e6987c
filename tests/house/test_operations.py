"""Bar: every role on every operation of the API, allowed or refused as the one declared table says."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client, RequestFactory

from tests.accounts.factories import make_account
from waystation.accounts.actors import actor_of
from waystation.accounts.roles import Role
from waystation.accounts.tokens import issue_token
from waystation.casework.actions import HelpDraft, NeedDraft, register_at_desk
from waystation.casework.models import Need
from waystation.config.addresses import Address, operations
from waystation.config.api import api
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.pages import SIGNED_IN
from waystation.people.drafts import MemberDraft, RegistrationDraft

Send = Callable[..., Any]


def declared_example(operation: Address) -> Any:
    """The body that the contract shows, so that what is published is what works."""
    contract = json.loads(json.dumps(api.get_openapi_schema()))
    details = contract["paths"][operation.route][operation.method.lower()]
    if "requestBody" not in details:
        return {}
    reference = details["requestBody"]["content"]["application/json"]["schema"]["$ref"]
    return contract["components"]["schemas"][reference.rpartition("/")[2]]["examples"][0]


def someone(by: Actor) -> dict[str, UUID]:
    """Fresh each time: what one operation does to a person must not decide what the next one meets."""
    draft = HelpDraft(needs=[NeedDraft(code="food")], kind="registration")
    person = register_at_desk(by=by, members=[MemberDraft(person=RegistrationDraft())], draft=draft)[0].person
    return {"person_id": person.pk, "need_id": Need.objects.get(person=person).pk}


@pytest.fixture
def send_as(node: Any, actors: dict[str, Actor]) -> Callable[[str], Send]:
    """Sends an operation its own example, with the token of a new account of a role."""

    def begin(role: str) -> Send:
        token = issue_token(by=actor_of(make_account(Role(role), post=node)), label="test")
        client = Client(headers={"authorization": f"Bearer {token}"})

        def send(operation: Address, body: str | None = None) -> Any:
            path = operation.route.format(**someone(actors["caseworker"]))
            sent = json.dumps(declared_example(operation)) if body is None else body
            return client.generic(operation.method, path, sent, content_type="application/json")

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
