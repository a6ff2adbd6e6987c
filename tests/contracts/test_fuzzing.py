"""The API meets whatever its own contract can think of: nothing breaks, and every answer is one that was promised."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import ignored_auth, positive_data_acceptance

from tests.accounts.factories import make_account
from tests.casework.factories import someone_in_need
from waystation.accounts.actors import actor_of
from waystation.accounts.roles import Role
from waystation.accounts.tokens import issue_token
from waystation.config.addresses import operations
from waystation.config.api import api
from waystation.config.wsgi import application

contract = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
contract.app = application
# Not by schemathesis's own parametrize: its tests all get one name from today's pytest, and xdist runs one of them.
OPERATIONS = {str(operation): contract[operation.route][operation.method] for operation in operations()}
# What is of the right shape may still make no sense (born next year), and each call without a token is tried once, in
# tests/house/test_operations.py, instead of after every answer.
ELSEWHERE = [positive_data_acceptance, ignored_auth]
Meet = Callable[[Any], int]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As Django's test client: else the connection that holds the test's transaction is closed between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def meet(node: Any, one_connection: None) -> Meet:
    """Sends a case with a coordinator's token, about someone who is there, and holds the answer to the contract."""
    actor = actor_of(make_account(Role.COORDINATOR, post=node))
    token, known = issue_token(by=actor, label="fuzzing"), someone_in_need(actor)
    # Identity: else the answer is packed, and the checks read it as it comes.
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}

    def send(case: Any) -> int:
        for name, value in case.path_parameters.items():
            case.path_parameters[name] = str(known[name]) if _is_number(value) else value
        with transaction.atomic():
            answer = case.call_and_validate(headers=headers, excluded_checks=ELSEWHERE)
            transaction.set_rollback(True)
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == ["application/problem+json"]
            assert answer.json()["status"] == answer.status_code
        return int(answer.status_code)

    return send


def _is_number(value: Any) -> bool:
    try:
        return bool(str(UUID(value)) == value)
    except (AttributeError, TypeError, ValueError):
        return False


def fuzz(label: str, mode: GenerationMode, meet: Meet, **how_much: Any) -> None:
    """Have Hypothesis think of cases for one operation, such as the contract allows or such as it does not."""
    met = set()

    @settings(deadline=None, database=None, suppress_health_check=list(HealthCheck), **how_much)
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def think(case: Any) -> None:
        met.add(meet(case))

    think()
    assert mode is GenerationMode.NEGATIVE or met & {200, 201, 204}, "nothing got as far as the action"


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("label", OPERATIONS)
def test_nothing_the_contract_thinks_of_breaks_an_operation(label: str, mode: GenerationMode, meet: Meet) -> None:
    fuzz(label, mode, meet, max_examples=25, derandomize=True)


@pytest.mark.long
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("label", OPERATIONS)
def test_nothing_else_does_either(label: str, mode: GenerationMode, meet: Meet) -> None:
    fuzz(label, mode, meet, max_examples=500)
