"""What comes has its effect exactly once; what cannot be taken is held with its reason, and nothing is lost."""

import hashlib
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.exchange.conftest import Book, befriend
from tests.exchange.far import Far
from waystation.exchange import actions, inbox, kinds, quarantine
from waystation.exchange.kinds import Field, Kind
from waystation.exchange.models import Dropped, Held, Incoming, Outgoing, Peer, Relayed
from waystation.kernel.actors import Actor, Via
from waystation.kernel.errors import Invalid, NodeLocked
from waystation.organisations.models import Partner
from waystation.vault import node as vault_node


def note(far: Far, text: str = "a line", **other: Any) -> bytes:
    return far.sealed(far.message("test.note/1", {"text": text}, **other))


def only(far: Far, files: list[bytes]) -> dict[str, Any]:
    (file,) = files
    message = far.opened(file)
    assert message.kind == "exchange.receipt/1"
    assert message.seq == 0
    return message.body


def test_a_message_has_its_effect_once_however_often_it_comes(far: Far, book: Book) -> None:
    message = far.message("test.note/1", {"text": "the bridge is open"})
    file = far.sealed(message)
    receipts = [only(far, inbox.take(file, "https")) for _time in range(3)]
    assert [one.body["text"] for one in book.taken] == ["the bridge is open"]
    assert Incoming.objects.count() == 1
    assert {receipt["came_to"] for receipt in receipts} == {1}
    assert {tuple(receipt["ids"]) for receipt in receipts} == {(message.id.bytes,)}


def test_the_same_message_sealed_twice_has_its_effect_once(far: Far, book: Book) -> None:
    message = far.message("test.note/1", {"text": "one"})
    for _time in range(2):
        inbox.take(far.sealed(message), "stick")
    assert len(book.taken) == 1


def test_messages_in_any_order_are_taken_and_the_receipt_names_the_gap(far: Far, book: Book) -> None:
    files = [note(far, str(number)) for number in range(5)]
    inbox.take(files[4], "stick")
    receipt = only(far, inbox.take(files[1], "stick"))
    assert (receipt["came_to"], receipt["later"]) == (0, [{"first": 2, "last": 2}, {"first": 5, "last": 5}])
    for file in (files[0], files[2], files[3]):
        receipt = only(far, inbox.take(file, "stick"))
    assert (receipt["came_to"], receipt["later"]) == (5, [])
    assert [one.body["text"] for one in book.taken] == ["4", "1", "0", "2", "3"]


def test_a_bundle_of_one_sender_is_answered_by_one_receipt(far: Far, book: Book) -> None:
    files = [note(far) for _time in range(3)]
    taken, answers = inbox.take_all([*files, b"junk"], "https")
    assert [one.outcome for one in taken] == ["taken", "taken", "taken", "held"]
    assert len(only(far, answers)["ids"]) == 3


def test_the_handler_acts_as_the_node_through_the_exchange(far: Far, book: Book) -> None:
    inbox.take(note(far), "stick")
    (received,) = book.taken
    assert received.by.via == Via.EXCHANGE
    assert (received.peer_id, received.road, received.kind) == (far.id, "stick", "test.note")


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("test.note/1", {"text": "a", "status": "b"}, "undeclared-field"),
        ("test.note/1", {}, "missing-field"),
        ("test.note/1", {"text": 7}, "wrong-field"),
        ("test.note/1", {"text": "a", "more": 10}, "wrong-field"),
        ("test.note/2", {"text": "a"}, "unknown-kind"),
        ("dance.invite/1", {}, "unknown-kind"),
    ],
)
def test_what_is_not_as_declared_is_refused_by_a_code_that_goes_back(
    far: Far, book: Book, kind: str, body: dict[str, Any], reason: str
) -> None:
    message = far.message(kind, body)
    receipt = only(far, inbox.take(far.sealed(message), "https"))
    assert receipt["refused"] == {message.id.hex: reason}
    assert book.taken == []
    assert Incoming.objects.get().outcome == reason


def test_a_refusal_is_told_again_in_each_later_receipt(far: Far, book: Book) -> None:
    message = far.message("test.note/1", {})
    inbox.take(far.sealed(message), "https")
    receipt = only(far, inbox.take(note(far), "https"))
    assert receipt["refused"] == {message.id.hex: "missing-field"}
    assert receipt["came_to"] == 2


def test_a_handler_that_refuses_leaves_nothing_of_what_it_wrote(far: Far, book: Book) -> None:
    def half(_received: object) -> None:
        Partner.objects.create(name="Half written", kind="school")
        raise Invalid({})

    kind = Kind(code="test.half", version=1, purpose="", legal_basis="", fields={}, retention_days=1, handler=half)
    kinds.register(kind)
    try:
        message = far.message("test.half/1", {})
        receipt = only(far, inbox.take(far.sealed(message), "https"))
    finally:
        kinds.forget(kind.wire)
    assert receipt["refused"] == {message.id.hex: "invalid"}
    assert not Partner.objects.exists()


def test_a_handler_that_breaks_leaves_the_message_untaken_until_it_is_mended(far: Far, book: Book) -> None:
    file = note(far)
    book.fails = ZeroDivisionError()
    assert inbox.take(file, "https") == []
    assert Held.objects.get().reason == "effect-failed"
    assert not Incoming.objects.exists()
    book.fails = None
    assert only(far, inbox.take(file, "https"))["came_to"] == 1
    assert not Held.objects.exists()
    assert len(book.taken) == 1


def test_an_unknown_kind_is_kept_and_taken_up_once_it_is_known(far: Far) -> None:
    message = far.message("test.note/1", {"text": "early"})
    inbox.take(far.sealed(message), "stick")
    assert inbox.take_up() == 0
    taken: list[Any] = []
    kind = Kind(
        code="test.note",
        version=1,
        purpose="",
        legal_basis="",
        fields={"text": Field("text")},
        retention_days=1,
        handler=taken.append,
    )
    kinds.register(kind)
    try:
        assert inbox.take_up() == 1
        assert inbox.take_up() == 0
    finally:
        kinds.forget(kind.wire)
    assert [one.body["text"] for one in taken] == ["early"]
    row = Incoming.objects.get()
    assert (row.outcome, bytes(row.kept)) == ("done", b"")


def test_what_is_kept_of_an_unknown_kind_is_not_readable_in_the_database(far: Far) -> None:
    inbox.take(far.sealed(far.message("test.later/1", {"text": "Amina"})), "stick")
    assert b"Amina" not in bytes(Incoming.objects.get().kept)


def test_nobody_who_is_not_trusted_is_heard_and_it_is_counted(far: Far, book: Book, actors: dict[str, Actor]) -> None:
    stranger = Far()
    assert inbox.take(note(stranger), "https") == []
    actions.suspend(by=actors["coordinator"], peer_id=far.id)
    assert inbox.take(note(far), "https") == []
    assert book.taken == []
    assert not Held.objects.exists()
    assert Dropped.objects.get().times == 2
    actions.trust(by=actors["coordinator"], peer_id=far.id, words=actions.fingerprint_of(Peer.objects.get(pk=far.id)))
    assert len(inbox.take(note(far), "https")) == 1


def test_what_is_for_another_is_let_fall_unless_we_hold_their_mail(far: Far, actors: dict[str, Actor]) -> None:
    other = Far()
    befriend(other, actors)
    file = far.sealed(far.message("test.note/1", {"text": "x"}, to=other.id))
    assert inbox.take(file, "https") == []
    assert Dropped.objects.get().reason == "not-for-us"
    actions.route(by=actors["coordinator"], peer_id=other.id, relay_id=None, holds_mail=True)
    for _time in range(2):
        assert inbox.take(file, "https") == []
    assert Relayed.objects.get().addressee_id == other.id


def test_who_fetches_gets_what_is_held_and_lets_it_go_by_its_digest(far: Far, actors: dict[str, Actor]) -> None:
    actions.route(by=actors["coordinator"], peer_id=far.id, relay_id=None, holds_mail=True)
    sender = Far()
    mail = sender.sealed(sender.message("test.note/1", {"text": "x"}, to=far.id))
    inbox.take(mail, "https")
    fetch = far.message("exchange.fetch/1", {"got": []}, seq=0)
    assert inbox.take(far.sealed(fetch), "https") == [mail]
    assert inbox.take(far.sealed(fetch), "https") == [mail]
    got = far.message("exchange.fetch/1", {"got": [hashlib.sha256(mail).digest()]}, seq=0)
    assert inbox.take(far.sealed(got), "https") == []
    assert not Relayed.objects.exists()


def test_who_fetches_gets_our_messages_too(far: Far, book: Book, actors: dict[str, Actor]) -> None:
    row = actions.send(
        by=actors["coordinator"], peer_id=far.id, kind="test.note", subject=uuid4(), body={"text": "to you"}
    )
    (file,) = inbox.take(far.sealed(far.message("exchange.fetch/1", {"got": []}, seq=0)), "https")
    message = far.opened(file)
    assert (message.id, message.seq, message.body) == (row.pk, 1, {"text": "to you"})
    assert Outgoing.objects.get().state == "left"


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda file: b"", "not-an-envelope"),
        (lambda file: file[:-1], "not-an-envelope"),
        (lambda file: file + b"\0", "not-an-envelope"),
        (lambda file: file[:-9] + bytes([file[-9] ^ 1]) + file[-8:], "cannot-open"),
    ],
)
def test_spoilt_files_are_held_with_their_reason(far: Far, book: Book, spoil: Any, reason: str) -> None:
    assert inbox.take(spoil(note(far)), "stick") == []
    assert Held.objects.get().reason == reason
    assert book.taken == []


def test_a_forged_signature_is_held(far: Far, book: Book) -> None:
    file = far.sealed(far.message("test.note/1", {"text": "x"}), signing=Ed25519PrivateKey.generate())
    assert inbox.take(file, "https") == []
    assert Held.objects.get().reason == "not-signed"


@pytest.mark.parametrize(("kind", "seq"), [("test.note/1", 0), ("exchange.receipt/1", 4), ("nobody.knows/1", 0)])
def test_what_is_numbered_wrongly_is_held(far: Far, book: Book, kind: str, seq: int) -> None:
    assert inbox.take(far.sealed(far.message(kind, {"text": "x"}, seq=seq)), "https") == []
    assert Held.objects.get().reason == "wrong-count"


def test_a_file_over_the_limit_is_noted_and_not_kept(far: Far) -> None:
    assert inbox.take(bytes(8 * 1024 * 1024 + 1), "stick") == []
    assert Held.objects.get().reason == "too-large"


def test_a_wrong_clock_of_the_sender_loses_nothing(far: Far, book: Book) -> None:
    for year in (1999, 2036):
        inbox.take(note(far, at=datetime(year, 5, 1, tzinfo=UTC)), "stick")
    assert [one.at.year for one in book.taken] == [1999, 2036]
    assert {abs(one.came_at - datetime.now(UTC)).days for one in book.taken} == {0}


def test_a_locked_node_takes_nothing_and_holds_nothing(far: Far, book: Book) -> None:
    file = note(far)
    vault_node.lock("test")
    with pytest.raises(NodeLocked):
        inbox.take(file, "https")
    assert not Incoming.objects.exists()
    assert not Held.objects.exists()


def test_what_could_not_be_taken_is_noted_within_bounds_and_not_kept(
    node: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MOST_HELD", 5)
    for number in range(9):
        inbox.take(b"a passport, chosen by mistake" + bytes(number), "stick")
    rows = list(Held.objects.values())
    assert [row["size"] for row in rows] == [37, 36, 35, 34, 33]
    assert "passport" not in repr(rows)


def test_an_attempt_to_make_numbers_up_is_held(far: Far, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waystation.exchange.counting.MOST_RANGES", 3)
    for seq in (3, 5, 7, 9):
        inbox.take(note(far, seq=seq), "https")
    assert Held.objects.get().reason == "too-many-gaps"
    assert len(book.taken) == 3


def test_a_newer_descriptor_changes_keys_and_an_older_or_another_root_does_not(far: Far) -> None:
    newer, older = (far.descriptor(number, country=country) for number, country in ((3, "CH"), (2, "AT")))
    inbox.take(far.sealed(far.message("exchange.descriptor/1", {"file": newer})), "https")
    assert Peer.objects.get().country == "CH"
    inbox.take(far.sealed(far.message("exchange.descriptor/1", {"file": older})), "https")
    other = Far(id=far.id)
    forged = other.descriptor(9, country="XX")
    message = far.message("exchange.descriptor/1", {"file": forged})
    assert only(far, inbox.take(far.sealed(message), "https"))["refused"] == {message.id.hex: "not-their-root"}
    assert Peer.objects.get().country == "CH"
