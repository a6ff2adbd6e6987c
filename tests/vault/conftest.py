"""What the vault's tests share: the entries told to the journal, and the one officer of the node."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from waystation.kernel import journal
from waystation.kernel.journal import Entry


@pytest.fixture
def entries(node: Any, monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """Everything told to the journal from now on, and still written by the log."""
    told: list[Entry] = []
    monkeypatch.setattr(journal, "_listeners", [*journal._listeners, lambda _by, new: told.extend(new)])
    return told


@pytest.fixture
def officer(node: Any) -> UUID:
    """The slot of the node's one officer."""
    from waystation.vault.models import KeySlot

    return KeySlot.objects.get(kind=KeySlot.OFFICER).id


@pytest.fixture(autouse=True)
def _no_keys_or_hooks_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from waystation.vault import budget, node, persons

    monkeypatch.setattr(node, "_locking", list(node._locking))
    monkeypatch.setattr(node, "_unlocked", list(node._unlocked))
    persons.forget_everywhere()
    budget.forget_counted()
    yield
    persons.forget_everywhere()
    budget.forget_counted()
