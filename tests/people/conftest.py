"""The cast of this room: two posts and the staff who work there."""

from typing import Any

import pytest

from tests.people.factories import staff
from waystation.kernel import journal
from waystation.kernel.actors import Actor
from waystation.organisations.models import Post


@pytest.fixture
def other_post(node: Post) -> Post:
    return Post.objects.create(name="Harbour", kind="port")


@pytest.fixture
def volunteer(node: Post) -> Actor:
    return staff("volunteer", node)


@pytest.fixture
def elsewhere(other_post: Post) -> Actor:
    return staff("volunteer", other_post)


@pytest.fixture
def caseworker(node: Post) -> Actor:
    return staff("caseworker", node)


@pytest.fixture
def coordinator(node: Post) -> Actor:
    return staff("coordinator", node)


@pytest.fixture
def administrator(node: Post) -> Actor:
    return staff("administrator", node)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[journal.Entry]:
    """What was journalled during the test, beside the real log."""
    entries: list[journal.Entry] = []

    def listen(_by: Actor, told: Any) -> None:
        entries.extend(told)

    monkeypatch.setattr(journal, "_listeners", [*journal._listeners, listen])
    return entries
