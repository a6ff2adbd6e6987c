"""Bar: nodes as real processes; a person goes from transit to destination by the line, on by stick, and back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.roads.test_exchange import Node, befriend, until

WHO = ["Selam Tesfaye"]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Callable[..., Node]]:
    """Make a node that hands over; with an address it can be reached."""
    nodes: list[Node] = []

    def make(name: str, *, reachable: bool = True) -> Node:
        node = Node(tmp_path / name, name, steps="tests.roads.handover_node")
        nodes.append(node)
        node.text = node.do("make", name, f"http://127.0.0.1:{node.port}" if reachable else "")
        return node

    yield make
    for node in nodes:
        node.kill()


def quiet(*nodes: Node) -> None:
    """Nothing waits for its receipt any more."""
    until(lambda: not any(node.unanswered() for node in nodes), "not everything was answered")


def by_stick(stick: Path, one: Node, other: Node) -> None:
    """There and back; what goes there is read twice."""
    one.do("export", str(stick / "there"))
    for _time in range(2):
        other.do("import", str(stick / "there"))
    other.do("export", str(stick / "back"))
    one.do("import", str(stick / "back"))


@pytest.mark.long
def test_from_transit_to_the_destination_and_home(made: Callable[..., Node], tmp_path: Path) -> None:
    transit, shore, home = made("transit"), made("shore"), made("home", reachable=False)
    _transit_id, shore_id = befriend(transit, shore)
    _shore_id, home_id = befriend(shore, home)
    transit.serve()
    shore.serve()
    handover = transit.do("begin", shore_id)
    quiet(transit, shore)
    assert shore.do("stand")["people"] == []
    shore.do("accept")
    quiet(transit, shore)
    assert transit.do("stand")["given"] == ["accepted"]
    transit.do("let-go", handover)
    quiet(transit, shore)
    assert owned(transit, shore) == (["closed"], ["new"])
    assert shore.do("stand")["people"] == WHO
    transit.kill()
    shore.kill()

    onward = shore.do("pass-on", home_id)
    by_stick(tmp_path / "offer", shore, home)
    home.do("accept")
    by_stick(tmp_path / "answer", home, shore)
    shore.do("let-go", onward)
    by_stick(tmp_path / "content", shore, home)
    assert owned(shore, home) == (["closed"], ["new"])
    assert home.do("stand")["people"] == WHO
    home.do("give-back")
    by_stick(tmp_path / "back", home, shore)
    assert owned(shore, home) == (["reopened"], ["closed"])
    assert (shore.do("stand")["given"], home.do("stand")["offered"]) == (["back"], ["given_back"])


def owned(*nodes: Node) -> tuple[Any, ...]:
    """Where the cases of each stand."""
    return tuple(node.do("stand")["cases"] for node in nodes)
