"""Bar: whoever is on the network and nobody's friend is counted, shut out, and leaves no mark on the disk."""

import logging

import pytest
from django.test import Client

from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.exchange import bundles, line
from waystation.kernel.actors import Actor


def put(body: bytes, address: str) -> int:
    answer = Client().generic("POST", "/exchange/inbox", body, content_type=line.CONTENT, REMOTE_ADDR=address)
    return int(answer.status_code)


def test_who_has_one_address_of_ipv6_is_shut_out_under_all_of_them(node: object) -> None:
    junk = bundles.pack([b"junk"] * (line.MOST_FRUITLESS + 1))
    assert put(junk, "2001:db8:1:2::1") == 200
    assert put(junk, "2001:db8:1:2:ffff::9") == 429
    assert put(junk, "2001:db8:1:3::1") == 200


@pytest.mark.parametrize(("address", "other"), [("192.0.2.1", "192.0.2.2"), ("::ffff:192.0.2.1", "::ffff:192.0.2.2")])
def test_neighbours_are_not(node: object, address: str, other: str) -> None:
    assert put(bundles.pack([b"junk"] * (line.MOST_FRUITLESS + 1)), address) == 200
    assert put(b"junk", address) == 429
    assert put(b"junk", other) == 200


@pytest.mark.parametrize("address", ["", "unix:", "fe80::1%eth0"])
def test_whatever_the_server_calls_an_address_is_counted(node: object, address: str) -> None:
    assert put(b"junk", address) == 200


def test_no_address_that_is_asked_for_is_written_down(node: object, caplog: pytest.LogCaptureFixture) -> None:
    junk = bundles.pack([b"junk"] * (line.MOST_FRUITLESS + 1))
    caplog.set_level(logging.NOTSET)
    for _time in range(2):
        put(junk, "192.0.2.1")
    client = Client()
    client.get("/" + "x" * 10_000)
    client.get("/", headers={"host": "elsewhere.example"})
    assert [line for line in caplog.records if line.name.startswith("django")] == []


def test_a_stranger_is_counted_too(node: object) -> None:
    stranger = Far()
    files = [stranger.sealed(stranger.message("exchange.void/1", {})) for _time in range(line.MOST_FRUITLESS + 1)]
    assert put(bundles.pack(files), "2001:db8::1") == 200
    assert put(b"junk", "2001:db8::2") == 429


def test_who_recorded_a_file_of_a_trusted_node_brings_it_so_often_and_no_more(
    actors: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each copy is opened, verified and answered; nothing of it is useless, so nothing shut its bringer out."""
    far = Far()
    befriend(far, actors)
    monkeypatch.setitem(line.COUNTED, "repeated", (10, line.COUNTED["repeated"][1]))
    recorded = far.sealed(far.message("exchange.void/1", {}))
    assert put(bundles.pack([recorded] * 12), "192.0.2.1") == 200
    assert put(recorded, "192.0.2.1") == 429
    assert put(far.sealed(far.message("exchange.void/1", {})), "192.0.2.2") == 200
