"""Somebody who is sought, and somebody who may be the one, in another script."""

from typing import Any

import pytest

from tests.familylinks.factories import searching
from tests.people.factories import registered
from waystation.familylinks.matches.index import service
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel.actors import Actor
from waystation.people.models import Person


@pytest.fixture
def brother(by: Actor) -> Person:
    """Registered in another script at another post."""
    for number in range(40):
        registered(by, f"Yonas {number}", "Berhane", birth_year=1980 + number % 30)
    return registered(by, "Mikael", "Tekle", birth_year=2000, origin="ER", sex="male").person


@pytest.fixture
def request_row(by: Actor, enquirer: Person, brother: Person) -> TracingRequest:
    return searching(by, enquirer)


@pytest.fixture(autouse=True)
def _fresh_index(node: Any) -> Any:
    service.stop()
    yield
    service.stop()
