"""A node that is open, and a hand to write into its log."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet

from waystation.audit.leaves import numbers_of
from waystation.audit.log import append
from waystation.audit.models import Leaf
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.clock import now
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


def about(person: UUID) -> "QuerySet[Leaf]":
    """Today's entries about a person, while she has a key."""
    return Leaf.objects.filter(person__in=numbers_of(person, now(), now())).order_by("index")


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
