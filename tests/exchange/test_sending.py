"""What leaves is as its kind declares, numbered, kept until its receipt, and ends in one known way."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from tests.exchange.conftest import Book
from tests.exchange.far import Far
from waystation.exchange import actions, descriptors, housekeeping, inbox, outbox, queries
from waystation.exchange.models import Envelope, Held, Outgoing, Peer
from waystation.exchange.problems import MessageTooLarge, NotTheirRoot, OlderDescriptor, PeerNotTrusted, WordsDiffer
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NodeLocked, NotAllowed, NotFound
from waystation.vault import node as vault_node


@pytest.fixture
def by(actors: dict[str, Actor]) -> Actor:
    return actors["coordinator"]


def send(by: Actor, far: Far, text: str = "a line", **other: Any) -> Outgoing:
    said: dict[str, Any] = {"kind": "test.note", "subject": uuid4(), "body": {"text": text}}
    return actions.send(by=by, peer_id=far.id, **said | other)


def test_messages_are_numbered_and_open_at_the_peer_alone(far: Far, book: Book, by: Actor) -> None:
    rows = [send(by, far, str(number)) for number in range(3)]
    opened = [far.opened(bytes(row.envelope.file)) for row in rows]
    assert [(message.seq, message.body["text"]) for message in opened] == [(1, "0"), (2, "1"), (3, "2")]
    assert [message.id for message in opened] == [row.pk for row in rows]
    assert {row.state for row in rows} == {"waiting"}
    assert queries.sent_about(rows[0].subject or uuid4()).get() == rows[0]


@pytest.mark.parametrize("body", [{"text": "a", "status": "x"}, {}, {"text": None}, {"text": "a", "more": True}])
def test_a_body_that_is_not_declared_never_leaves(far: Far, book: Book, by: Actor, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="field"):
        send(by, far, body=body)
    assert not Outgoing.objects.exists()


def test_what_was_rolled_back_was_not_sent_and_leaves_no_gap(far: Far, book: Book, by: Actor) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(by, far)
        raise ZeroDivisionError
    assert send(by, far).seq == 1


def test_refused_with_words(far: Far, book: Book, by: Actor) -> None:
    with pytest.raises(ValueError, match="registered"):
        send(by, far, kind="test.unknown")
    with pytest.raises(ValueError, match="counted"):
        send(by, far, kind="exchange.receipt")
    with pytest.raises(NotFound):
        send(by, Far())
    actions.suspend(by=by, peer_id=far.id)
    with pytest.raises(PeerNotTrusted):
        send(by, far)
    vault_node.lock("test")
    with pytest.raises((NodeLocked, PeerNotTrusted)):
        send(by, far)


def test_too_much_for_one_message(far: Far, book: Book, by: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waystation.exchange.wire.LARGEST", 10_000)
    with pytest.raises(MessageTooLarge):
        send(by, far, "x" * 9_000)


def test_a_receipt_by_id_ends_a_message_and_its_room_is_told(far: Far, book: Book, by: Actor) -> None:
    row = send(by, far)
    receipt = far.receipt(ids=[row.pk.bytes])
    for _time in range(2):
        assert inbox.take(receipt, "stick") == []
    row.refresh_from_db()
    assert row.state == "received"
    assert not Envelope.objects.exists()
    assert [(one.id, one.subject, one.state, one.reason) for one in book.answered] == [
        (row.pk, row.subject, "received", "")
    ]


def test_a_receipt_by_numbers_leaves_the_gap_waiting(far: Far, book: Book, by: Actor) -> None:
    rows = [send(by, far) for _time in range(6)]
    inbox.take(far.receipt(came_to=2, last=rows[1].pk.bytes, later=[{"first": 4, "last": 5}]), "stick")
    assert list(Outgoing.objects.order_by("seq").values_list("state", flat=True)) == [
        "received", "received", "waiting", "received", "received", "waiting",
    ]  # fmt: skip
    assert outbox.numbers(Peer.objects.get()) == [rows[2].pk, rows[5].pk]


def test_a_refusal_is_not_taken_for_a_receipt(far: Far, book: Book, by: Actor) -> None:
    rows = [send(by, far) for _time in range(2)]
    inbox.take(
        far.receipt(came_to=2, last=rows[1].pk.bytes, refused={rows[0].pk.hex: "too-late"}, ids=[rows[0].pk.bytes]),
        "https",
    )
    assert [(one.state, one.reason) for one in book.answered] == [("refused", "too-late"), ("received", "")]


def test_kept_until_they_know_the_kind_counts_as_received(far: Far, book: Book, by: Actor) -> None:
    row = send(by, far)
    inbox.take(far.receipt(ids=[row.pk.bytes], refused={row.pk.hex: "unknown-kind"}), "https")
    assert [(one.state, one.reason) for one in book.answered] == [("received", "unknown-kind")]


def test_after_an_older_copy_was_brought_back_no_message_takes_anothers_receipt(
    far: Far, book: Book, by: Actor
) -> None:
    """They had 8 from before; the restored node numbers from 1 again, and its new 1 to 3 never came there."""
    rows = [send(by, far) for _time in range(3)]
    inbox.take(far.receipt(came_to=8, last=uuid4().bytes), "stick")
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"waiting"}
    assert send(by, far).seq == 9
    inbox.take(far.receipt(came_to=9, last=Outgoing.objects.get(seq=9).pk.bytes, ids=[rows[1].pk.bytes]), "stick")
    assert list(Outgoing.objects.order_by("seq").values_list("seq", "state")) == [
        (1, "waiting"), (2, "received"), (3, "waiting"), (9, "received"),
    ]  # fmt: skip


def test_numbers_used_twice_are_noticed_by_the_last_id(far: Far, book: Book, by: Actor) -> None:
    rows = [send(by, far) for _time in range(5)]
    inbox.take(far.receipt(came_to=3, last=uuid4().bytes), "stick")
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"waiting"}
    assert send(by, far).seq == 6
    assert rows[0].seq == 1


@pytest.mark.parametrize(
    "said", [{"ids": [b"short"]}, {"refused": {"no-uuid": "x"}}, {"later": [{"first": 3, "last": 2}]}, {"came_to": -1}]
)
def test_a_receipt_that_contradicts_itself_changes_nothing_and_is_held(
    far: Far, book: Book, by: Actor, said: dict[str, Any]
) -> None:
    send(by, far)
    inbox.take(far.receipt(**said), "https")
    assert Held.objects.get().reason == "wrong-body"
    assert Outgoing.objects.get().state == "waiting"


def test_bytes_stay_the_same_until_the_receipt(far: Far, book: Book, by: Actor) -> None:
    send(by, far)
    peer = Peer.objects.get()
    first = outbox.bundle(peer, most_files=9, most_bytes=10**6)[1]
    again = outbox.bundle(peer, most_files=9, most_bytes=10**6)[1]
    assert first == again
    row = Outgoing.objects.get()
    assert (row.state, row.tries) == ("left", 2)


def test_a_bundle_keeps_to_its_bounds_and_always_moves_on(far: Far, book: Book, by: Actor) -> None:
    sizes = [len(send(by, far, "x" * 3000).envelope.file) for _time in range(4)]
    peer = Peer.objects.get()
    assert len(outbox.bundle(peer, most_files=3, most_bytes=10**6)[1]) == 3
    assert len(outbox.bundle(peer, most_files=9, most_bytes=sizes[0] * 2 + 5)[1]) == 2
    assert len(outbox.bundle(peer, most_files=9, most_bytes=1)[1]) == 1


def test_what_never_left_is_taken_back_and_leaves_no_gap(far: Far, book: Book, by: Actor) -> None:
    rows = [send(by, far, "withdrawn"), send(by, far, "stays")]
    assert actions.take_back(by=by, message_id=rows[0].pk)
    assert not queries.sent_about(rows[0].subject or uuid4()).exists()
    opened = [far.opened(file) for file in outbox.bundle(Peer.objects.get(), most_files=9, most_bytes=10**6)[1]]
    assert [(one.seq, one.kind, one.body) for one in opened] == [
        (1, "exchange.void/1", {}),
        (2, "test.note/1", {"text": "stays"}),
    ]
    assert not actions.take_back(by=by, message_id=rows[1].pk)
    with pytest.raises(NotFound):
        actions.take_back(by=by, message_id=uuid4())


def test_an_empty_place_is_taken_without_an_effect(far: Far, book: Book) -> None:
    inbox.take(far.sealed(far.message("exchange.void/1", {})), "stick")
    assert Peer.objects.get().came_to == 1
    assert book.taken == []


def test_what_nobody_can_open_any_more_is_given_up_and_said(
    far: Far, book: Book, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = send(by, far)
    housekeeping.give_up()
    assert book.answered == []
    Outgoing.objects.update(made_at=clock.now() - timedelta(days=91))
    housekeeping.give_up()
    assert [(one.id, one.state) for one in book.answered] == [(row.pk, "given_up")]
    inbox.take(far.receipt(ids=[row.pk.bytes]), "stick")
    assert Outgoing.objects.get().state == "received"


def test_trust_needs_the_words_and_a_coordinator(actors: dict[str, Actor]) -> None:
    far = Far()
    peer = actions.meet(by=actors["administrator"], file=far.descriptor())
    words = actions.fingerprint_of(peer)
    assert len(words.split()) == 6
    with pytest.raises(WordsDiffer):
        actions.trust(by=actors["coordinator"], peer_id=peer.pk, words=" ".join(reversed(words.split())))
    with pytest.raises(NotAllowed):
        actions.trust(by=actors["administrator"], peer_id=peer.pk, words=words)
    trusted = actions.trust(by=actors["coordinator"], peer_id=peer.pk, words=words.upper().replace(" ", "-"))
    assert (trusted.state, trusted.compared_by) == ("trusted", actors["coordinator"].account_id)


def test_a_descriptor_under_another_root_or_an_older_one_is_refused(far: Far, by: Actor) -> None:
    with pytest.raises(NotTheirRoot):
        actions.meet(by=by, file=Far(id=far.id).descriptor(5))
    assert actions.meet(by=by, file=far.descriptor(5)).state == "trusted"
    with pytest.raises(OlderDescriptor):
        actions.meet(by=by, file=far.descriptor(4))
    with pytest.raises(Invalid):
        actions.meet(by=by, file=b"no descriptor")


def test_where_we_are_reached_is_told_to_who_is_trusted(far: Far, by: Actor) -> None:
    actions.announce(by=by, addresses=["https://help.example.org/", " "])
    message = far.opened(bytes(Outgoing.objects.get().envelope.file))
    assert message.kind == "exchange.descriptor/1"
    assert descriptors.read(message.body["file"]).addresses == ("https://help.example.org",)
    with pytest.raises(Invalid):
        actions.announce(by=by, addresses=["help.example.org"])
