"""Bar: a trusted organisation that turns against us stops nothing here, and takes no name but its own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from django.urls import reverse

from tests.casework.handover.mirror import Road, agreed, case_of
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.audit import checkpoints, notes
from waystation.casework.handover import giving
from waystation.exchange import actions, descriptors, housekeeping, identity, inbox
from waystation.exchange.circles import documents
from waystation.exchange.circles.documents import Circle, Member, Signed, Steward
from waystation.exchange.models import Held, Incoming, KnownCircle, Outgoing, Peer
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument


@pytest.fixture
def far(actors: dict[str, Actor]) -> Far:
    made = Far()
    befriend(made, actors)
    return made


def test_no_receipt_uses_up_the_numbers_of_messages(far: Far, actors: dict[str, Actor]) -> None:
    """Else nothing could be sealed for them any more, and whatever sends would fail: a withdrawal, a change of keys."""
    by = actors["caseworker"]
    case = case_of(by, actors["coordinator"])
    row = agreed(by, case, far)
    giving.offer(by=by, handover_id=row.pk)
    road = Road(far)
    road.gather()
    inbox.take(far.receipt(came_to=2**53, last=b"x" * 16), "https")
    assert row.consent_id
    people.withdraw_consent(by=by, consent_id=row.consent_id)
    road.gather()
    assert road.said[-1].kind == "handover.withdraw/1"
    housekeeping.rotate()


def test_no_message_renames_who_sent_it(far: Far, actors: dict[str, Actor], client_for: Callable[..., Client]) -> None:
    """Else whom a person withheld something from would be told it under another name, and so would an authority."""
    by = actors["caseworker"]
    case = case_of(by, actors["coordinator"])
    people.refuse_consent(
        by=by,
        person_id=case.person_id,
        purpose="referral",
        recipient_kind="other",
        document=ConsentDocument(read_back=True, withheld=("Society of the Far Shore",)),
    )
    renamed = far.descriptor(2, name="Red Crescent", addresses=("https://far.example",))
    inbox.take(far.sealed(far.message("exchange.descriptor/1", {"file": renamed})), "https")
    assert Peer.objects.get().addresses == ["https://far.example"]
    row = agreed(by, case, far)
    with pytest.raises(ConsentMissing):
        giving.offer(by=by, handover_id=row.pk)
    page = client_for("coordinator").get(reverse("exchange:node", args=[far.id])).content.decode()
    assert '<h1 dir="auto">Society of the Far Shore' in page
    assert "<bdi>Red Crescent</bdi> now" in page
    actions.meet(by=actors["coordinator"], file=renamed)
    assert Peer.objects.get().name == "Red Crescent"


def test_a_circle_until_the_last_second_of_time_breaks_no_page(
    far: Far, client_for: Callable[..., Client], settings: Any
) -> None:
    settings.TIME_ZONE = "Europe/Athens"
    made = circle_of(far, until=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert told(far, made, far.signing) == ""
    client = client_for("coordinator")
    assert client.post(reverse("exchange:move-circle", args=[made.id, "join"])).status_code == 302
    for name, given in (("circles", []), ("circle", [made.id]), ("node", [far.id])):
        assert client.get(reverse(f"exchange:{name}", args=given)).status_code == 200


def test_signatures_of_strangers_neither_break_nor_spoil_a_version_whose_forerunner_is_missing(
    far: Far, client_for: Callable[..., Client]
) -> None:
    other = Far()
    nodes = (far, other)
    two: dict[str, Any] = {
        "id": uuid4(),
        "k": 2,
        "stewards": tuple(Steward(node=one.id, key=one.signing.public_key().public_bytes_raw()) for one in nodes),
        "members": tuple(Member(node=node, name="N") for node in (far.id, other.id, identity.node_id())),
    }
    first, second = (circle_of(far, number=number, **two) for number in (1, 2))
    strangers = [Ed25519PrivateKey.generate() for _time in range(documents.MOST_SIGNATURES)]
    assert told(far, second, far.signing, *strangers[:20]) == ""
    assert told(far, second, *strangers[20:]) == "circle-too-large"
    assert client_for("coordinator").get(reverse("exchange:circle", args=[second.id])).status_code == 200
    assert told(far, first, far.signing, other.signing) == ""
    assert KnownCircle.objects.get().number == 1
    assert told(far, second, other.signing) == ""
    assert KnownCircle.objects.get().number == 2


@pytest.mark.parametrize("size", [2**53 + 1, 10**300])
def test_a_log_of_more_entries_than_any_has_is_said_and_not_stumbled_over(far: Far, size: int) -> None:
    origin = f"waystation/{far.id}"
    note = notes.sign(str(checkpoints.Statement(origin, size, b"x" * 32)), origin, far.log)
    inbox.take(far.receipt(checkpoint=note), "https")
    assert not Held.objects.exists()
    assert Peer.objects.get().log_problem == "rewritten"


def test_what_nobody_knows_is_kept_up_to_a_bound(far: Far, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MOST_UNKNOWN_BYTES", 1000)
    for _time in range(3):
        inbox.take(far.sealed(far.message("of.tomorrow/1", {"said": b"x" * 700})), "https")
    assert list(Incoming.objects.order_by("seq").values_list("outcome", flat=True)) == [
        "unknown-kind", "unknown-kind", "too-much-unknown",
    ]  # fmt: skip
    assert len(Incoming.objects.get(seq=3).kept) == 0


@pytest.mark.parametrize("code", ["<b>", "\N{RIGHT-TO-LEFT OVERRIDE}evil", "x" * 61, ""])
def test_a_reason_that_is_no_code_ends_nothing_and_is_shown_to_nobody(
    far: Far, actors: dict[str, Actor], code: str
) -> None:
    by = actors["coordinator"]
    sent = actions.send(by=by, peer_id=far.id, kind="exchange.void", subject=None, body={})
    inbox.take(far.receipt(refused={sent.pk.hex: code}), "https")
    assert Outgoing.objects.get().reason == ""
    assert Held.objects.get().reason == "wrong-body"


def test_a_descriptor_numbered_above_every_column_is_none(far: Far) -> None:
    with pytest.raises(descriptors.NotADescriptor):
        descriptors.read(far.descriptor(2**31))


def circle_of(far: Far, **other: Any) -> Circle:
    """A circle of both, of which the far node is the only steward."""
    said: dict[str, Any] = {
        "id": uuid4(),
        "number": 1,
        "at": datetime.now(UTC),
        "name": "Circle",
        "purpose": "Help",
        "agreement": "Help",
        "until": datetime.now(UTC) + timedelta(days=30),
        "k": 1,
        "stewards": (Steward(node=far.id, key=far.signing.public_key().public_bytes_raw()),),
        "members": (Member(node=far.id, name="Far"), Member(node=identity.node_id(), name="We")),
    }
    return Circle(**said | other)


def told(far: Far, circle: Circle, *keys: Ed25519PrivateKey) -> str:
    """Send it, signed by these; how it ended."""
    file = Signed(circle, dict(circle.signature(key) for key in keys)).to_bytes()
    message = far.message("exchange.circle/1", {"file": file})
    (receipt,) = inbox.take(far.sealed(message), "https")
    return str(far.opened(receipt).body["refused"].get(message.id.hex, ""))


def test_however_often_mail_is_asked_for_in_one_body_it_is_given_once(far: Far, actors: dict[str, Actor]) -> None:
    """Each question has three kilobytes and its answer up to twelve megabytes: a thousand fit in one body."""
    actions.send(by=actors["coordinator"], peer_id=far.id, kind="exchange.void", subject=None, body={})
    asked = [far.sealed(far.message("exchange.fetch/1", {"got": []}, seq=0)) for _time in range(20)]
    taken, answers = inbox.take_all(asked, "https")
    assert {one.outcome for one in taken} == {"answer"}
    assert [far.opened(file).kind for file in answers] == ["exchange.void/1"]


def test_who_asks_for_mail_where_no_answer_goes_back_makes_nothing_leave(far: Far, actors: dict[str, Actor]) -> None:
    """On a stick, or in an answer: what counted as left could not be taken back any more when a consent is."""
    actions.send(by=actors["coordinator"], peer_id=far.id, kind="exchange.void", subject=None, body={})
    inbox.take_one(far.sealed(far.message("exchange.fetch/1", {"got": []}, seq=0)), "stick")
    assert Outgoing.objects.get().state == "waiting"
