"""The pages: a node is trusted by its words; what waits, came and is missing is seen; a stick in a browser."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.exchange.conftest import Book
from tests.exchange.far import Far
from waystation.exchange import actions, descriptors, identity, inbox, quarantine
from waystation.exchange.models import Held, Incoming, Outgoing, Peer
from waystation.kernel import clock
from waystation.kernel.actors import Actor

Clients = Callable[..., Client]
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
PAGES = [
    "/road/nodes/", "/road/nodes/this/", "/road/nodes/add/", "/road/mail/", "/road/stick/",
    "/road/circles/", "/road/circles/add/", "/road/circles/take-in/",
]  # fmt: skip


def note(far: Far, text: str = "a") -> bytes:
    return far.sealed(far.message("test.note/1", {"text": text}))


def upload(content: bytes, name: str = "x.wsm") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("way", ["file", "text"])
def test_a_node_is_added_and_trusted_by_its_words(client_for: Clients, way: str) -> None:
    client, far = client_for("coordinator"), Far()
    given = {"file": upload(far.descriptor()), "text": descriptors.to_text(far.descriptor())}
    answer = client.post("/road/nodes/add/", {way: given[way]})
    page = f"/road/nodes/{far.id}/"
    assert answer.headers["Location"] == page
    words = actions.fingerprint_of(Peer.objects.get())
    assert words not in client.get(page).content.decode()
    wrong = client.post(page, {"words": "lusab babad gutih tugad mudof sakat"})
    assert wrong.status_code == 422
    assert "The words do not agree" in wrong.content.decode()
    client.post(page, {"words": words})
    assert Peer.objects.get().state == "trusted"
    assert words in client.get(page).content.decode()
    client.post(f"{page}suspend/")
    assert Peer.objects.get().state == "suspended"


def test_what_is_no_descriptor_comes_back_with_words(client_for: Clients, far: Far) -> None:
    client = client_for("administrator")
    own = descriptors.to_text(bytes(identity.required().descriptor))
    for text, says in (
        ("hello", "not the whole descriptor"),
        ("", "Write its address"),
        (own, "of this node itself"),
        (descriptors.to_text(Far(id=far.id).descriptor()), "pretending"),
    ):
        answer = client.post("/road/nodes/add/", {"text": text})
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert text in answer.content.decode()


def test_who_may_not_trust_may_not_by_sending_the_form(client_for: Clients, actors: dict[str, Actor]) -> None:
    far = Far()
    peer = actions.meet(by=actors["administrator"], file=far.descriptor())
    answer = client_for("administrator").post(f"/road/nodes/{far.id}/", {"words": actions.fingerprint_of(peer)})
    assert answer.status_code == 403
    assert client_for("caseworker").post("/road/nodes/this/", {"addresses": ""}).status_code == 403
    assert Peer.objects.get().state == "met"


def test_this_node_shows_its_words_and_gives_its_descriptor(client_for: Clients, far: Far) -> None:
    client = client_for("coordinator")
    said = client.post("/road/nodes/this/", {"addresses": "https://help.example.org\n"})
    assert said.status_code == 302
    file = client.get("/road/nodes/this/file/").content
    descriptor = descriptors.read(file)
    page = client.get("/road/nodes/this/").content.decode()
    assert descriptor.addresses == ("https://help.example.org",)
    assert descriptor.fingerprint in page
    assert descriptors.to_text(file) in page
    assert "<svg aria-hidden" in page
    wrong = client.post("/road/nodes/this/", {"addresses": "help.example.org"})
    assert (wrong.status_code, "Write up to four" in wrong.content.decode()) == (422, True)


def test_what_waits_came_is_missing_and_is_held_stands_on_one_page(
    client_for: Clients, far: Far, book: Book, actors: dict[str, Actor]
) -> None:
    actions.send(by=actors["coordinator"], peer_id=far.id, kind="test.note", subject=uuid4(), body={"text": "x"})
    far.seq = 3
    inbox.take(note(far), "stick")
    inbox.take(far.sealed(far.message("later.kind/1", {})), "stick")
    inbox.take(b"junk", "https")
    inbox.take(note(Far()), "https")
    client = client_for("coordinator")
    page = client.get("/road/mail/").content.decode()
    for says in (
        "Waiting to leave", "numbers 1 to 3", "later.kind/1", "of a kind this node does not know yet",
        "It is no sealed message", "It was of a node that is not trusted here.",
    ):  # fmt: skip
        assert says in page, says
    assert "A stick may be lost" not in client.get("/road/nodes/").content.decode()
    Incoming.objects.update(came_at=clock.now() - timedelta(days=15))
    assert "A stick may be lost" in client.get("/road/nodes/").content.decode()
    client.post(f"/road/mail/held/{Held.objects.get().pk}/")
    assert not Held.objects.exists()


def test_a_log_that_contradicts_itself_is_warned_of_on_top(client_for: Clients, far: Far) -> None:
    Peer.objects.update(log_problem="rewritten")
    for page in ("/road/nodes/", f"/road/nodes/{far.id}/"):
        assert "Their log is not the one they showed us before" in client_for("caseworker").get(page).content.decode()


def test_who_holds_their_mail(client_for: Clients, far: Far, actors: dict[str, Actor]) -> None:
    client, page = client_for("coordinator"), f"/road/nodes/{far.id}/route/"
    client.post(page, {"relay": "", "holds_mail": "on"})
    assert Peer.objects.get().holds_mail
    assert client.post(page, {"relay": str(far.id)}).status_code == 422


def test_a_stick_in_the_browser_both_ways(client_for: Clients, far: Far, book: Book, actors: dict[str, Actor]) -> None:
    row = actions.send(by=actors["coordinator"], peer_id=far.id, kind="test.note", subject=None, body={"text": "x"})
    client = client_for("caseworker")
    first = client.post("/road/stick/take-along/")
    with zipfile.ZipFile(io.BytesIO(first.content)) as parcel:
        (name,) = parcel.namelist()
        file = parcel.read(name)
    assert name == hashlib.sha256(file).hexdigest() + ".wsm"
    assert far.opened(file).id == row.pk
    assert Outgoing.objects.get().state == "left"
    back = io.BytesIO()
    with zipfile.ZipFile(back, "w") as parcel:
        parcel.writestr("a.wsm", far.receipt(ids=[row.pk.bytes]))
        parcel.writestr("photo.jpg", b"x")
    answer = client.post(
        "/road/stick/", {"parcel": [upload(back.getvalue(), "x.zip"), upload(note(far)), upload(b"?")]}
    )
    page = answer.content.decode()
    assert Outgoing.objects.get().state == "received"
    assert len(book.taken) == 1
    for says in ("1 receipt came.", "1 message was taken.", "1 file could not be taken."):
        assert says in page
    assert "<bdi>x.wsm</bdi>: It is no sealed message" in page, "which one, and why"


def test_a_broken_parcel_is_said_and_an_empty_choice_comes_back(client_for: Clients, far: Far) -> None:
    client = client_for("caseworker")
    answer = client.post("/road/stick/", {"parcel": upload(b"PK\x03\x04 and nothing", "x.zip")})
    assert "1 file is damaged." in answer.content.decode()
    assert "<bdi>x.zip</bdi>: It is empty, or the .zip is broken." in answer.content.decode()
    assert client.post("/road/stick/", {}).status_code == 422


def test_a_parcel_has_an_end_and_the_next_goes_on_from_there(
    client_for: Clients, far: Far, book: Book, actors: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("waystation.exchange.bundles.MOST_BYTES", 8000)
    for _time in range(5):
        actions.send(by=actors["coordinator"], peer_id=far.id, kind="test.note", subject=None, body={"text": "x"})
    names: set[str] = set()
    for _time in range(3):
        content = client_for("caseworker").post("/road/stick/take-along/").content
        names |= set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    assert len(names) == 5


def test_no_page_costs_more_with_more_nodes(client_for: Clients, far: Far, book: Book, actors: dict[str, Any]) -> None:
    by, client = actors["coordinator"], client_for("coordinator")
    for number in range(12):
        other = Far()
        peer = actions.meet(by=by, file=other.descriptor(name=f"Society {number}"))
        actions.trust(by=by, peer_id=peer.pk, words=actions.fingerprint_of(peer))
        actions.send(by=by, peer_id=peer.pk, kind="test.note", subject=None, body={"text": "x"})
        other.seq = 2
        inbox.take(note(other), "stick")
        quarantine.hold(bytes([number]), "cannot-open", "stick")
    for page in [*PAGES, f"/road/nodes/{far.id}/", f"/road/nodes/{far.id}/route/"]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page).status_code == 200
        asked = [one for one in queries if not one["sql"].startswith(CONTROL)]
        assert len(asked) <= 15, (page, len(asked))
