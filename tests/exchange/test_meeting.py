"""A node is met at its address: it gives its descriptor alone, and whatever else answers there is told in words."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.test import Client

from tests.exchange.far import Far
from waystation.exchange import actions, calling, descriptors, identity, line, meeting
from waystation.exchange.meeting import NotMet
from waystation.exchange.models import Peer
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotAllowed
from waystation.vault import node as vault_node

Clients = Callable[..., Client]
Says = Callable[[socket.socket], None]
SITE = "https://help.example.org"


@contextmanager
def machine(says: Says) -> Iterator[tuple[str, list[bytes]]]:
    """Something that listens at an address of this machine; what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    line, _whose = server.accept()
                    with line, suppress(OSError):
                        asked.append(line.recv(4096))
                        says(line)

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", asked


def answer(body: bytes, status: str = "200 OK", more: str = "") -> Says:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}Connection: close\r\n\r\n".encode()
    return lambda line: line.sendall(head + body)


DRIPS = 400


def dripping(start: bytes, dripped: list[bytes]) -> Says:
    """A byte now and then, each well within the time of a step."""

    def drip(line: socket.socket) -> None:
        line.sendall(start)
        for _time in range(DRIPS):
            line.sendall(b"x")
            dripped.append(b"x")
            time.sleep(0.02)

    return drip


def why_not(address: str) -> str:
    with pytest.raises(NotMet) as problem:
        meeting.fetched(address)
    assert str(problem.value) == str(meeting.REASONS[problem.value.reason])
    return problem.value.reason


def test_the_descriptor_is_asked_for_at_its_one_place() -> None:
    file = Far().descriptor()
    with machine(answer(file)) as (address, asked):
        assert meeting.fetched(f"  {address}/ ") == file
        assert meeting.fetched(f"{address}/below") == file
    first, second = (one.decode().partition("\r\n")[0] for one in asked)
    assert (first, second) == ("GET /exchange/descriptor HTTP/1.1", "GET /below/exchange/descriptor HTTP/1.1")


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        (answer(b"<html>hello</html>"), "no-node"),
        (answer(b""), "no-node"),
        (answer(Far().descriptor()[:-1]), "no-node"),
        (lambda line: line.sendall(b"220 mail.example.org ESMTP\r\n"), "no-node"),
        (answer(b"", "404 Not Found"), "no-node"),
        (answer(b"", "500 Oh"), "no-node"),
        (answer(b"", "503 Service Unavailable"), "busy"),
        (answer(b"", "429 Too Many Requests"), "busy"),
        (answer(Far().descriptor() + bytes(20_000)), "too-large"),
        (lambda line: line.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + bytes(descriptors.LARGEST + 1)), "too-large"),
    ],
)
def test_what_answers_otherwise_is_said(says: Says, reason: str) -> None:
    with machine(says) as (address, _asked):
        assert why_not(address) == reason


@pytest.mark.parametrize(
    "start",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"],
)
def test_who_drips_is_left_wherever_it_drips(monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    """Each byte comes within the time of a step: only the time of the whole ends it."""
    monkeypatch.setattr(meeting, "WHOLE", 0.3)
    dripped: list[bytes] = []
    with machine(dripping(start, dripped)) as (address, _asked):
        assert why_not(address) == "too-slow"
    assert len(dripped) < DRIPS


def test_who_drips_while_shaking_hands_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting, "WHOLE", 0.3)
    dripped: list[bytes] = []
    with machine(dripping(b"\x16\x03\x03\x3f\x00", dripped)) as (address, _asked):
        assert why_not(address.replace("http:", "https:")) == "too-slow"
    assert len(dripped) < DRIPS


def test_who_says_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting, "STEP", 0.2)
    with machine(lambda _line: time.sleep(1)) as (address, _asked):
        assert why_not(address) == "too-slow"


def test_nobody_there_is_said() -> None:
    assert why_not("http://127.0.0.1:9") == "not-reached"
    with machine(lambda _line: None) as (address, _asked):
        assert why_not(address) in {"not-reached", "no-node"}


def test_a_certificate_that_is_not_valid_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_request: object, **_limits: object) -> bytes:
        raise ssl.SSLCertVerificationError

    monkeypatch.setattr(calling, "ask", refuse)
    assert why_not(SITE) == "no-certificate"


def test_it_is_not_sent_on_to_another_machine() -> None:
    with machine(answer(Far().descriptor())) as (inside, asked):
        for status in ("301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"):
            with machine(answer(b"", status, f"Location: {inside}/exchange/descriptor\r\n")) as (address, _asked):
                assert why_not(address) == "sent-on"
        assert not asked


@pytest.mark.parametrize(
    "address",
    [
        "help.example.org", "ftp://help.example.org", "file:///etc/passwd", "http://", "https:///x", "http://a b",
        "http://a\r\nHost: b", "http://me:secret@127.0.0.1", "http://127.0.0.1/x?y=", "http://127.0.0.1/?", "http://a#b",
        "http://127.0.0.1:99999", "http://127.0.0.1:x", "http://[::1", "gopher://x", "HTTP//x", "javascript:alert(1)",
        "http://" + "a" * 193, "http://a..b",
    ],
)  # fmt: skip
def test_what_is_no_address_is_asked_nothing(address: str) -> None:
    assert why_not(address) == "no-address"


def test_it_is_shown_as_from_a_file_and_not_trusted(client_for: Clients, node: object) -> None:
    far = Far()
    with machine(answer(far.descriptor())) as (address, _asked):
        answered = client_for("administrator").post("/road/nodes/add/", {"address": address})
    assert answered.headers["Location"] == f"/road/nodes/{far.id}/"
    assert Peer.objects.get().state == "met"


def test_what_is_wrong_comes_back_beside_the_address(client_for: Clients, node: object) -> None:
    client, far = client_for("coordinator"), Far()

    def told(file: bytes) -> str:
        with machine(answer(file)) as (address, _asked):
            answered = client.post("/road/nodes/add/", {"address": address})
        page = answered.content.decode()
        assert (answered.status_code, address in page) == (422, True)
        return page

    own = bytes(identity.required().descriptor)
    assert "gives no descriptor" in told(b"hello")
    assert "descriptor of this node itself" in told(own)
    client.post("/road/nodes/add/", {"text": descriptors.to_text(far.descriptor(2))})
    assert "A newer descriptor of this node is on file" in told(far.descriptor(1))
    assert "pretending" in told(Far(id=far.id).descriptor(3))


def test_who_may_not_add_makes_this_node_ask_nobody(actors: dict[str, Actor]) -> None:
    with machine(answer(Far().descriptor())) as (address, asked):
        with pytest.raises(NotAllowed):
            meeting.meet_at(by=actors["caseworker"], address=address)
        assert not asked


def get(address: str = "192.0.2.7", **more: Any) -> Any:
    return Client(enforce_csrf_checks=True).get("/exchange/descriptor", REMOTE_ADDR=address, **more)


def test_this_node_gives_its_descriptor_and_nothing_else(actors: dict[str, Actor]) -> None:
    actions.announce(by=actors["coordinator"], addresses=[SITE])
    answered = get()
    assert answered.content == bytes(identity.required().descriptor)
    assert answered.headers["Cache-Control"] == "public, max-age=300"
    assert not answered.cookies
    vault_node.lock("test")
    assert get().content == answered.content
    assert Client().post("/exchange/descriptor").status_code == 405


def test_a_node_that_says_no_address_does_not_say_whose_it_is(actors: dict[str, Actor]) -> None:
    identity.required()
    assert (get().status_code, get().content) == (404, b"")


def test_who_asks_too_often_waits(actors: dict[str, Actor]) -> None:
    actions.announce(by=actors["coordinator"], addresses=[SITE])
    assert {get("192.0.2.8").status_code for _time in range(line.MOST_ASKED)} == {200}
    late = get("192.0.2.8")
    assert (late.status_code, late.content, late.headers["Retry-After"]) == (429, b"", "60")
    assert get("192.0.2.9").status_code == 200
