"""By the line: an address that needs no account, and a sender that is patient, careful and never in a hurry."""

import hashlib
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from tests.exchange.conftest import Book
from tests.exchange.far import Far
from waystation.exchange import actions, bundles, calling, identity, inbox, line, sender, wire
from waystation.exchange.models import Held, Incoming, Outgoing, OwnIdentity, Peer
from waystation.exchange.sender import NotReached, Sender
from waystation.kernel.actors import Actor
from waystation.vault import node as vault_node


def put(body: bytes, address: str = "192.0.2.7") -> Any:
    client = Client(enforce_csrf_checks=True)
    return client.generic("POST", "/exchange/inbox", body, content_type=line.CONTENT, REMOTE_ADDR=address)


def note(far: Far, text: str = "a") -> bytes:
    return far.sealed(far.message("test.note/1", {"text": text}))


def test_a_file_or_a_sequence_of_files_is_answered_in_the_same_form(far: Far, book: Book) -> None:
    bare = put(note(far))
    assert (bare.status_code, bare.headers["Content-Type"]) == (200, line.CONTENT)
    bundle = put(bundles.pack([note(far), note(far)]))
    (receipt,) = bundles.unpack(bundle.content)
    assert far.opened(receipt).body["came_to"] == 3
    assert len(book.taken) == 3
    assert not bundle.cookies


def test_a_file_larger_than_any_form_is_taken(far: Far, book: Book) -> None:
    assert put(far.sealed(far.message("test.note/1", {"text": "x" * 90_000}))).status_code == 200
    big = far.message("exchange.unknown/1", {"file": b"x" * (3 * 1024 * 1024)})
    assert put(far.sealed(big)).status_code == 200
    assert Incoming.objects.count() == 2


def test_a_locked_node_answers_try_again_and_keeps_nothing(far: Far, book: Book) -> None:
    file = note(far)
    vault_node.lock("test")
    answer = put(file)
    assert (answer.status_code, answer.content, answer.headers["Retry-After"]) == (503, b"", "300")
    assert not Incoming.objects.exists()
    assert not Held.objects.exists()


def test_a_busy_database_answers_try_again(far: Far, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    file = note(far)

    def busy(*_given: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(inbox, "_known", busy)
    assert put(file).status_code == 503
    monkeypatch.undo()
    assert put(file).status_code == 200
    assert len(book.taken) == 1


@pytest.mark.parametrize(
    ("body", "status"), [(b"", 200), (b"\x44abc", 400), (b"hello", 200), (bytes(bundles.MOST_BYTES + 1), 413)]
)
def test_other_bodies(node: object, body: bytes, status: int) -> None:
    answer = put(body)
    assert (answer.status_code, answer.content) == (status, b"")


def test_a_page_of_it_cannot_be_opened(node: object, client: Client) -> None:
    assert client.get("/exchange/inbox").status_code == 405


def test_an_address_that_sends_only_junk_is_shut_out_and_others_are_not(far: Far, book: Book) -> None:
    stranger = Far()
    for _time in range(3):
        assert put(bundles.pack([note(stranger)] * 25)).status_code == 200
    assert put(note(stranger)).status_code == 429
    assert put(note(far), address="192.0.2.8").status_code == 200


class Line:
    """A line between the node under test and a far node, which can be cut."""

    def __init__(self, far: Far, *, cut: bool = False, silent: bool = False) -> None:
        self.far, self.cut, self.silent = far, cut, silent
        self.bodies: list[list[bytes]] = []
        self.moment, self.stayed = 1000.0, True
        self.answer: Callable[[list[bytes]], bytes] = self.receipt

    def __call__(self, address: str, body: bytes) -> bytes:
        if self.cut:
            raise NotReached(stayed=self.stayed)
        files = bundles.unpack(body)
        self.bodies.append(files)
        return b"" if self.silent else self.answer(files)

    def receipt(self, files: list[bytes]) -> bytes:
        ids = [one.id.bytes for one in map(self.far.opened, files) if one.seq]
        return bundles.pack([self.far.receipt(ids=ids)])


@pytest.fixture
def by(actors: dict[str, Actor]) -> Actor:
    return actors["coordinator"]


def reach(far: Far, by: Actor) -> None:
    actions.meet(by=by, file=far.descriptor(2, addresses=("https://far.example",)))


def be_reached() -> None:
    """We have an address of our own, so that nothing has to be fetched."""
    identity.required()
    OwnIdentity.objects.update(addresses=["https://us.example"])


def going(a_line: Line) -> Callable[[float], None]:
    goes = Sender(carry=a_line, clock=lambda: a_line.moment)

    def after(seconds: float) -> None:
        a_line.moment += seconds
        goes.go_round()

    return after


def send(by: Actor, far: Far, text: str = "x") -> Outgoing:
    return actions.send(by=by, peer_id=far.id, kind="test.note", subject=uuid4(), body={"text": text})


def test_what_waits_is_brought_once_and_its_receipt_ends_it(far: Far, book: Book, by: Actor) -> None:
    reach(far, by)
    send(by, far)
    a_line = Line(far)
    after = going(a_line)
    for _time in range(5):
        after(60)
    messages = [far.opened(file).seq for body in a_line.bodies for file in body]
    assert [seq for seq in messages if seq] == [1]
    assert Outgoing.objects.get().state == "received"


def test_receipts_do_not_answer_receipts(far: Far, book: Book, by: Actor) -> None:
    reach(far, by)
    be_reached()
    a_line = Line(far)
    after = going(a_line)
    inbox.take_one(note(far), "stick")
    after(1)
    assert [far.opened(file).kind for file in a_line.bodies[0]] == ["exchange.receipt/1"]
    a_line.answer = lambda _files: bundles.pack([far.receipt(checkpoint=far.checkpoint(9))])
    for _time in range(5):
        after(3600)
    assert len(a_line.bodies) == 1


def test_without_a_receipt_the_same_bytes_go_again_later_and_later(far: Far, book: Book, by: Actor) -> None:
    reach(far, by)
    be_reached()
    send(by, far)
    a_line = Line(far, silent=True)
    after, tries = going(a_line), []
    for second in range(0, 4000, 5):
        before = len(a_line.bodies)
        after(5)
        if len(a_line.bodies) > before:
            tries.append(second)
    assert 5 < len(tries) < 12
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps == sorted(gaps)
    assert len({body[0] for body in a_line.bodies}) == 1


def test_a_new_message_does_not_wait_for_an_old_ones_patience(far: Far, book: Book, by: Actor) -> None:
    reach(far, by)
    send(by, far, "old")
    a_line = Line(far, silent=True)
    after = going(a_line)
    for _time in range(4):
        after(400)
    count = len(a_line.bodies)
    send(by, far, "new")
    after(3)
    new = [far.opened(file) for body in a_line.bodies[count:] for file in body]
    assert [message.body["text"] for message in new if message.seq] == ["new"]


def test_a_cut_line_loses_nothing(far: Far, book: Book, by: Actor) -> None:
    reach(far, by)
    rows = [send(by, far) for _time in range(3)]
    inbox.take_one(note(far), "stick")
    a_line = Line(far, cut=True)
    after = going(a_line)
    after(10)
    assert {row.state for row in Outgoing.objects.all()} == {"waiting"}
    assert Peer.objects.get().owes
    a_line.cut = False
    after(3600)
    assert {row.state for row in Outgoing.objects.filter(pk__in=[row.pk for row in rows])} == {"received"}


def test_what_may_have_left_is_not_said_to_have_stayed(far: Far, book: Book, by: Actor) -> None:
    """The line broke after the last byte went out."""
    reach(far, by)
    row = send(by, far)
    a_line = Line(far, cut=True)
    a_line.stayed = False
    going(a_line)(10)
    assert Outgoing.objects.get().state == "left"
    assert not actions.take_back(by=by, message_id=row.pk)


def test_an_answer_of_garbage_is_no_receipt(far: Far, book: Book, by: Actor) -> None:
    reach(far, by)
    send(by, far)
    a_line = Line(far)
    after = going(a_line)
    a_line.answer = lambda _files: b"\x5b<html>"
    after(10)
    a_line.answer = lambda _files: b"<html>not a node</html>"
    after(3600)
    assert Outgoing.objects.get().state == "left"
    assert Held.objects.get().reason == "not-an-envelope"


def test_a_node_that_nobody_reaches_fetches_and_says_what_it_has(far: Far, book: Book, by: Actor) -> None:
    reach(far, by)
    mail = note(far, "fetched")
    a_line = Line(far)
    after = going(a_line)
    a_line.answer = lambda _files: bundles.pack([mail])
    after(61)
    after(61)
    fetches = [far.opened(file) for body in a_line.bodies for file in body]
    got = [one.body["got"] for one in fetches if one.kind == "exchange.fetch/1"]
    assert got == [[], [hashlib.sha256(mail).digest()]]
    assert [one.body["text"] for one in book.taken] == ["fetched"]


def test_mail_for_who_cannot_be_reached_goes_to_who_holds_it(far: Far, book: Book, by: Actor) -> None:
    relay = Far()
    peer = actions.meet(by=by, file=relay.descriptor(addresses=("https://relay.example",)))
    actions.trust(by=by, peer_id=peer.pk, words=actions.fingerprint_of(peer))
    actions.route(by=by, peer_id=far.id, relay_id=relay.id, holds_mail=False)
    send(by, far)
    asked: list[tuple[str, bytes]] = []

    def carry(address: str, body: bytes) -> bytes:
        asked.extend((address, file) for file in bundles.unpack(body))
        return b""

    Sender(carry=carry, clock=lambda: 0.0).go_round()
    to_far = [(address, file) for address, file in asked if wire.addressee(file) == far.id]
    assert [address for address, _file in to_far] == ["https://relay.example"]
    assert Outgoing.objects.get().state == "left"


def test_who_answers_slowly_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow:
        def read1(self, _size: int) -> bytes:
            return b"x"

    moments = iter(range(0, 100_000, 10))
    monkeypatch.setattr("waystation.exchange.calling.time.monotonic", lambda: float(next(moments)))
    with pytest.raises(calling.TooSlow):
        calling.read(Slow(), whole=sender.WHOLE_PATIENCE, most=1000)


def test_nobody_at_the_address_is_said(node: object) -> None:
    with pytest.raises(NotReached) as problem:
        sender.post("http://127.0.0.1:9", b"x")
    assert problem.value.stayed
