"""A node that plays both sides, and the road between them."""

import pytest

from tests.casework.requests.mirror import Road, met_here, met_there
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.kernel.actors import Actor
from waystation.people.models import Person


@pytest.fixture
def far(actors: dict[str, Actor]) -> Far:
    """The other organisation, trusted here."""
    made = Far()
    befriend(made, actors)
    return made


@pytest.fixture
def road(far: Far) -> Road:
    """Nothing is on it yet."""
    return Road(far)


@pytest.fixture
def by(actors: dict[str, Actor]) -> Actor:
    """Who works on both sides."""
    return actors["caseworker"]


@pytest.fixture
def person(by: Actor) -> Person:
    """Who wishes it."""
    return met_here(by)


@pytest.fixture
def known(by: Actor) -> Person:
    """The same person as the other side knows her."""
    return met_there(by)
