"""A lost stick is not silent: two weeks later it stands under Today, until it came or somebody let it go."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.exchange.far import Far
from waystation.casework.followups import actions as followups
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover import notices
from waystation.exchange import inbox
from waystation.kernel import clock
from waystation.kernel.actors import Actor

Clients = Callable[..., Client]


@pytest.fixture
def lost(far: Far) -> bytes:
    """The first message of a node, whose second came."""
    first, second = (far.sealed(far.message("exchange.void/1", {})) for _number in range(2))
    inbox.take(second, "stick")
    return first


def after(days: float) -> None:
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        notices.notice()
        notices.notice()


def standing() -> int:
    return FollowUp.objects.filter(kind="handover.gap", state="open").count()


def test_it_is_noticed_after_two_weeks_once(lost: bytes) -> None:
    after(13)
    assert standing() == 0
    after(15)
    assert standing() == 1


def test_it_ends_by_itself_when_what_was_missing_comes(lost: bytes) -> None:
    after(15)
    inbox.take(lost, "stick")
    after(16)
    assert standing() == 0


def test_who_lets_it_go_is_not_asked_again_before_something_else_is_missing(
    far: Far, lost: bytes, actors: dict[str, Actor]
) -> None:
    by = actors["caseworker"]
    after(15)
    with time_machine.travel(clock.now() + timedelta(days=15), tick=False):
        followups.end(by=by, follow_up_id=FollowUp.objects.get().pk, state="dropped")
    after(17)
    assert standing() == 0
    far.seq += 1
    with time_machine.travel(clock.now() + timedelta(days=20), tick=False):
        inbox.take(far.sealed(far.message("exchange.void/1", {})), "stick")
    after(35)
    assert standing() == 1


def test_today_says_which_organisation(client_for: Clients, lost: bytes, far: Far) -> None:
    after(15)
    page = client_for("caseworker").get("/work/").content.decode()
    assert "Messages are missing" in page
    assert "Society of the Far Shore" in page
    assert f"/road/nodes/{far.id}/" in page
    assert "Messages are missing" not in client_for("health").get("/work/").content.decode()
