"""A node that publishes and asks, and the road between."""

from uuid import UUID

import pytest

from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from tests.familylinks.asking import mirror
from tests.familylinks.asking.mirror import Road
from tests.people.factories import registered
from waystation.familylinks.asking import holding
from waystation.familylinks.asking.models import OwnPublication
from waystation.kernel.actors import Actor
from waystation.people.models import Person


@pytest.fixture
def far(actors: dict[str, Actor]) -> Far:
    """The other organisation, trusted here."""
    made = Far()
    befriend(made, actors)
    return made


@pytest.fixture
def circle(far: Far, actors: dict[str, Actor]) -> UUID:
    """A circle of both."""
    return mirror.joined(far, actors["coordinator"])


@pytest.fixture
def road(far: Far, circle: UUID) -> Road:
    """Nothing is on it yet."""
    return Road(far)


@pytest.fixture
def known(by: Actor) -> Person:
    """The brother, among others."""
    for number in range(12):
        somebody = registered(by, f"Yonas {number}", "Berhane", birth_year=1980 + number, origin="ER").person
        mirror.findable(by, somebody)
    return mirror.brother(by)


@pytest.fixture
def published(by: Actor, circle: UUID, known: Person, road: Road) -> OwnPublication:
    """Whoever may be found is published, and it came."""
    holding.begin(by=by, circle_id=circle)
    assert road.through() == []
    return OwnPublication.objects.get(ended_at__isnull=True)
