"""Bar: what comes and what staff do at once costs neither anything, on a server that locks row by row."""

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection

from tests.casework.handover.mirror import agreed, case_of
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from tests.people.factories import staff
from waystation.casework.handover import giving, hearing, moving
from waystation.casework.handover.models import Given
from waystation.exchange import inbox, outbox
from waystation.exchange.models import Outgoing
from waystation.kernel.errors import Problem

WAIT, SHORT = 10.0, 0.3
SLOW: dict[str, tuple[Any, str]] = {"staff": (moving, "call_back"), "road": (hearing, "_given")}
"""Who holds its first lock for a while, so that the other one begins to wait."""


@pytest.mark.parametrize(("kind", "slow"), [("answer", "staff"), ("answer", "road"), ("receipt", "staff")])
@pytest.mark.django_db(transaction=True)
def test_an_offer_is_taken_back_while_something_about_it_comes(
    node: Any, monkeypatch: pytest.MonkeyPatch, kind: str, slow: str
) -> None:
    """Staff lock the handover, then their organisation; what comes locks the organisation, then the handover."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time")
    by, supervisor, far = staff("caseworker", node), staff("coordinator", node), Far()
    befriend(far, {"coordinator": supervisor})
    row = agreed(by, case_of(by, supervisor), far)
    giving.offer(by=by, handover_id=row.pk)
    (sent,) = outbox.left(Outgoing.objects.values_list("pk", flat=True))
    answer = far.sealed(far.message("handover.answer/1", {"exchange": row.pk.bytes, "answer": "accept"}))
    file = answer if kind == "answer" else far.receipt(refused={sent.hex: "too-large"})
    begun, (place, name) = Event(), SLOW[slow]
    acts: dict[str, Callable[[], Any]] = {
        "staff": lambda: giving.withdraw(by=by, handover_id=row.pk),
        "road": lambda: inbox.take(file, "https"),
    }
    as_it_is = getattr(place, name)

    def slowly(*given: Any) -> Any:
        begun.set()
        time.sleep(SHORT)
        return as_it_is(*given)

    monkeypatch.setattr(place, name, slowly)
    failed: list[Exception] = []

    def second() -> None:
        begun.wait(WAIT)
        try:
            acts["road" if slow == "staff" else "staff"]()
        except (DatabaseError, Problem) as problem:
            failed.append(problem)
        finally:
            connection.close()

    other = Thread(target=second)
    other.start()
    acts[slow]()
    other.join()
    assert failed == []
    assert Given.objects.get().state == "withdrawn"
    assert Outgoing.objects.get(seq=2).kind == "handover.withdraw/1"
