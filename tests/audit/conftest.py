"""A node that is open, and a hand to write into its log."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest

from waystation.audit.log import append
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.journal import Entry
from waystation.vault import node

ANNA = Actor(
    account_id=UUID(int=1),
    handle="anna",
    role="volunteer",
    compartments=frozenset({Compartment.BASIC}),
    people_per_hour=400,
)
OFFICER = UUID(int=2)
PASSPHRASE = "four quiet rivers"


def write(count: int, person: UUID | None = None, action: str = "posts.change", by: Actor = ANNA) -> None:
    """Append entries that say which of them they are."""
    append(by, [Entry(action=action, subject=uuid4(), person=person, detail={"n": n}) for n in range(count)])


@pytest.fixture
def open_node(db: None) -> Iterator[None]:
    """An initialised, unlocked node without anything else."""
    node.initialise(passphrase=PASSPHRASE, slot_id=OFFICER)
    yield
    node.lock("stopped")


@pytest.fixture
def queries_of(django_assert_num_queries: Any) -> Callable[..., Any]:
    """So many queries, exactly."""
    return django_assert_num_queries  # type: ignore[no-any-return]
