"""A node that plays both sides, and the road between them."""

from pathlib import Path
from typing import Any

import pytest

from tests.casework.handover.mirror import Road, case_of
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.casework.cases.models import Case
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
    """Who works on the case."""
    return actors["caseworker"]


@pytest.fixture
def case(actors: dict[str, Actor]) -> Case:
    """A case that a supervisor lets go."""
    return case_of(actors["caseworker"], actors["coordinator"])


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where sealed files stand."""
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"
