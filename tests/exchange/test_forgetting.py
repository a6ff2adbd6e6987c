"""The list of what left and came is let go once nothing on it can come again; nothing is taken twice for that."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import time_machine

from tests.exchange.conftest import Book
from tests.exchange.far import Far
from waystation.exchange import actions, housekeeping, identity, inbox
from waystation.exchange.models import Incoming, Outgoing, Peer
from waystation.kernel.actors import Actor

START = datetime.now(UTC)
MONTHS = range(0, 450, 30)


def at(days: float) -> Any:
    return time_machine.travel(START + timedelta(days=days), tick=False)


def note(far: Far) -> bytes:
    return far.sealed(far.message("test.note/1", {"text": "x"}))


def sent(by: Actor, far: Far) -> UUID:
    return actions.send(by=by, peer_id=far.id, kind="test.note", subject=uuid4(), body={"text": "x"}).pk


def months_pass() -> None:
    for day in MONTHS:
        with at(day):
            housekeeping.tidy()


def test_after_a_year_and_a_month_the_list_goes_and_the_next_message_is_numbered_on(
    far: Far, book: Book, actors: dict[str, Actor]
) -> None:
    by = actors["coordinator"]
    old, first = sent(by, far), note(far)
    inbox.take(far.receipt(came_to=1, last=old.bytes, ids=[old.bytes]), "stick")
    inbox.take(first, "stick")
    inbox.take(note(far), "stick")
    months_pass()
    with at(450):
        assert not Outgoing.objects.filter(pk=old).exists()
        assert [row.seq for row in Incoming.objects.filter(kind="test.note/1")] == [2], "the newest stays"
        inbox.take(first, "stick")
        assert len(book.taken) == 2
        peer = Peer.objects.get(pk=far.id)
        inbox.take(far.receipt(came_to=1, last=old.bytes, ids=[old.bytes]), "stick")
        assert Peer.objects.get(pk=far.id).ours_from == peer.ours_from < peer.next_seq, "no number is doubted for that"


def test_what_nobody_answered_and_all_after_it_stays(far: Far, book: Book, actors: dict[str, Actor]) -> None:
    by = actors["coordinator"]
    first, second, third = (sent(by, far) for _number in range(3))
    inbox.take(far.receipt(ids=[first.bytes, third.bytes]), "stick")
    Outgoing.objects.filter(pk__in=[first, third]).update(answered_at=START - timedelta(days=500))
    with at(450):
        identity.add_key()
        identity.destroy_old_keys()
    with at(600):
        identity.destroy_old_keys()
        housekeeping.forget()
    assert set(Outgoing.objects.filter(kind="test.note/1").values_list("pk", flat=True)) == {second, third}


def test_a_clock_ten_years_ahead_for_an_hour_lets_nothing_be_taken_twice(far: Far, book: Book) -> None:
    first = note(far)
    inbox.take(first, "stick")
    inbox.take(note(far), "stick")
    with at(3650):
        housekeeping.tidy()
    inbox.take(first, "stick")
    assert len(book.taken) == 2
