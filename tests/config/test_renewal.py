"""Around the replacing of the process after a lock: who is sent away meanwhile, and what happens when it cannot be."""

import os
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from waystation.config.renewal import INHERITED, Renewal, inherited_sockets, is_renewal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a process is replaced only where there is POSIX")


def ask(door: Callable[..., Any], method: str) -> str:
    said: list[Any] = []
    body = b"".join(door({"REQUEST_METHOD": method}, lambda status, headers: said.append((status, dict(headers)))))
    return body.decode() if not said else f"{said[0][0]} retry after {said[0][1]['Retry-After']}"


def until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.02)
    pytest.fail("it did not happen")


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every replacing that was tried; none succeeds."""
    commands: list[list[str]] = []

    def refuse(_program: str, words: list[str]) -> None:
        commands.append(words)
        raise OSError("no such program any more")

    monkeypatch.setattr(os, "execv", refuse)
    return commands


def test_between_the_lock_and_the_fresh_process_pages_are_shown_and_changes_sent_away() -> None:
    renewing = Renewal(active=lambda: 0, map_of=dict)
    door = renewing.door(lambda _environ, _start: [b"a page"])
    assert (ask(door, "GET"), ask(door, "POST")) == ("a page", "a page")
    renewing.locked.set()
    assert ask(door, "GET") == "a page"
    assert ask(door, "POST") == "503 Service Unavailable retry after 2"


def test_a_process_that_cannot_be_replaced_goes_on_and_takes_changes_again(tried: list[list[str]]) -> None:
    renewing = Renewal(active=lambda: 0, map_of=dict)
    renewing.watch()
    renewing.locked.set()
    until(lambda: not renewing.locked.is_set())
    assert len(tried) == 1
    assert not is_renewal()
    renewing.end()


def test_answers_under_way_are_waited_for_but_not_for_ever(tried: list[list[str]]) -> None:
    renewing = Renewal(active=lambda: 1, map_of=dict)
    renewing.watch()
    begun = time.monotonic()
    renewing.locked.set()
    until(lambda: bool(tried))
    assert 0.9 < time.monotonic() - begun < 2.5
    renewing.end()


def test_a_program_that_ends_is_not_begun_anew(tried: list[list[str]]) -> None:
    renewing = Renewal(active=lambda: 0, map_of=dict)
    renewing.end()
    renewing.watch()
    renewing.locked.set()
    time.sleep(0.2)
    assert tried == []


def test_sockets_are_taken_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        monkeypatch.setenv(INHERITED, str(os.dup(listening.fileno())))
    (taken,) = inherited_sockets()
    with taken:
        assert taken.getsockname()[1] == port
        assert not taken.get_inheritable()
    assert inherited_sockets() == []
    assert not is_renewal()
