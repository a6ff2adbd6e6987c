"""The switch of a demo: a cut line lets nothing out or in, and no file in its folder cuts a real node off."""

from pathlib import Path
from typing import Any

import pytest

from tests.exchange.conftest import Book
from tests.exchange.far import Far
from tests.exchange.test_line import note, put
from waystation.exchange import actions, cutting
from waystation.exchange.models import Held, Incoming, Outgoing
from waystation.exchange.sender import NotReached, Sender
from waystation.kernel.actors import Actor


@pytest.fixture
def went(far: Far, book: Book, actors: dict[str, Actor]) -> list[str]:
    """Where the sender of the test went; one message waits for a node with an address."""
    actions.meet(by=actors["coordinator"], file=far.descriptor(2, addresses=("https://far.example",)))
    actions.send(by=actors["coordinator"], peer_id=far.id, kind="test.note", subject=None, body={"text": "a"})
    return []


def go_round(went: list[str]) -> None:
    def carry(address: str, body: bytes) -> bytes:
        went.append(address)
        raise NotReached(stayed=True)

    Sender(carry=carry).go_round()


def test_a_cut_line_lets_nothing_out_or_in_until_it_is_mended(
    far: Far, went: list[str], settings: Any, tmp_path: Path
) -> None:
    settings.DATA, settings.DEMO = tmp_path, True
    cutting.mark().touch()
    go_round(went)
    assert went == []
    assert Outgoing.objects.get().state == "waiting"
    assert put(note(far)).status_code == 503
    assert not Incoming.objects.exists()
    assert not Held.objects.exists()

    cutting.mark().unlink()
    go_round(went)
    assert went == ["https://far.example"]
    assert put(note(far)).status_code == 200


def test_only_a_demo_heeds_it(far: Far, went: list[str], settings: Any, tmp_path: Path) -> None:
    settings.DATA, settings.DEMO = tmp_path, False
    cutting.mark().touch()
    go_round(went)
    assert went == ["https://far.example"]
    assert put(note(far)).status_code == 200
