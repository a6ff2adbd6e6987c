"""A node that asks itself, and the road between."""

import pytest

from tests.casework.asked.mirror import Road
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.kernel.actors import Actor


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
    """Who refers, and who is asked."""
    return actors["caseworker"]
