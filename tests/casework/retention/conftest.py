"""The cast of this room: two coordinators, for most of it needs two, and an offline key."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.people.factories import registered, staff
from waystation.accounts import approvals
from waystation.casework.retention import actions
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.organisations.models import Post
from waystation.people.models import Person
from waystation.vault.offline_keys import OfflineKey

LONG_AGO = timedelta(days=365 * 6)


@pytest.fixture
def coordinator(node: Post) -> Actor:
    return staff("coordinator", node)


@pytest.fixture
def second(node: Post) -> Actor:
    return staff("coordinator", node)


@pytest.fixture
def volunteer(node: Post) -> Actor:
    return staff("volunteer", node)


@pytest.fixture
def decide(second: Actor) -> Callable[..., None]:
    """The second officer says yes (or no) to everything that waits."""

    def answer(*, yes: bool = True) -> None:
        for question in list(approvals.waiting_for(second)):
            act = approvals.approve if yes else approvals.refuse
            act(by=second, approval_id=question.pk)

    return answer


@pytest.fixture
def offline_key(coordinator: Actor, decide: Callable[..., None]) -> OfflineKey:
    """The private half of the key that this node seals to."""
    key = OfflineKey.new()
    actions.name_offline_key(by=coordinator, text=key.to_text("2026-01-01").split("\n")[-2])
    decide()
    return key


def long_gone(by: Actor, name: str = "Amina", ago: timedelta = LONG_AGO) -> Person:
    """Someone whom nobody has met for years."""
    person = registered(by, name, "Tesfay").person
    met = clock.now() - ago
    Person.objects.filter(pk=person.pk).update(registered_at=met, last_met_at=met)
    person.refresh_from_db()
    return person


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[journal.Entry]:
    """What was journalled during the test, beside the real log."""
    entries: list[journal.Entry] = []

    def listen(_by: Actor, told: Any) -> None:
        entries.extend(told)

    monkeypatch.setattr(journal, "_listeners", [*journal._listeners, listen])
    return entries
