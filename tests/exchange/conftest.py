"""A node with a trusted peer, and a kind to send and to take."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.exchange.far import Far
from waystation.exchange import actions, kinds
from waystation.exchange.kinds import Answered, Field, Kind, Received
from waystation.exchange.models import Peer
from waystation.kernel.actors import Actor


class Book:
    """What a room of the domain would do with its messages."""

    def __init__(self) -> None:
        self.taken: list[Received] = []
        self.answered: list[Answered] = []
        self.fails: Exception | None = None

    def take(self, received: Received) -> None:
        """Note it, or fail as told."""
        if self.fails is not None:
            raise self.fails
        self.taken.append(received)


@pytest.fixture
def book() -> Iterator[Book]:
    """A registered kind "test.note", and what came of it."""
    made = Book()
    kind = Kind(
        code="test.note",
        version=1,
        purpose="Test",
        legal_basis="Test",
        fields={"text": Field("text", most=100_000), "more": Field("number", most=9, needed=False)},
        retention_days=1,
        handler=made.take,
        answered=made.answered.append,
    )
    kinds.register(kind)
    yield made
    kinds.forget(kind.wire)


@pytest.fixture
def far(actors: dict[str, Actor]) -> Far:
    """Another node, trusted here."""
    made = Far()
    befriend(made, actors)
    return made


def befriend(far: Far, actors: dict[str, Any], number: int = 1) -> Peer:
    """Write it down, compare its words, trust it."""
    by = actors["coordinator"]
    peer = actions.meet(by=by, file=far.descriptor(number))
    return actions.trust(by=by, peer_id=peer.pk, words=actions.fingerprint_of(peer))
