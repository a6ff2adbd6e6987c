"""The officer of family links, and somebody who looks for a brother."""

import pytest

from tests.people.factories import registered
from waystation.kernel.actors import Actor
from waystation.people.models import Person


@pytest.fixture
def by(actors: dict[str, Actor]) -> Actor:
    """The officer."""
    return actors["family-links"]


@pytest.fixture
def enquirer(by: Actor) -> Person:
    """Who looks."""
    return registered(by, "ሰላም", "ተኽለ").person
