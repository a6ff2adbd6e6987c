"""A node between two other offices, two family-links officers, and a volunteer who writes down."""

from dataclasses import replace
from typing import Any

import pytest

from tests.accounts.factories import make_account
from tests.exchange.conftest import befriend
from tests.familylinks.news.offices import Office
from waystation.accounts.actors import actor_of
from waystation.accounts.roles import Role
from waystation.kernel.actors import Actor


@pytest.fixture
def officer(actors: dict[str, Actor]) -> Actor:
    """Who checks, sends on and delivers."""
    return actors["family-links"]


@pytest.fixture
def second(node: Any) -> Actor:
    """Another officer."""
    return actor_of(make_account(Role.FAMILY_LINKS, handle="family-links-2", post=node))


@pytest.fixture
def volunteer(actors: dict[str, Actor]) -> Actor:
    """Who meets people at a post and opens no family links."""
    return actors["volunteer"]


@pytest.fixture
def valley(actors: dict[str, Actor]) -> Office:
    """An office nearer to the family."""
    office = Office(name="Society of the Valley")
    befriend(office.far, actors)
    return office


@pytest.fixture
def shore(actors: dict[str, Actor]) -> Office:
    """An office at the other side."""
    office = Office(name="Society of the Far Shore")
    befriend(office.far, actors)
    return office


@pytest.fixture
def untrained(officer: Actor) -> Actor:
    """An officer whose training has lapsed."""
    return replace(officer, compartments=frozenset())
