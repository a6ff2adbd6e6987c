"""Bar: nodes as real processes; a person goes from transit to destination by the line, on by stick, and back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.roads.test_exchange import Node, befriend, until

STEPS = "tests.roads.handover_node"


WHO = ["Selam Tesfaye"]


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


@pytest.mark.long
def test_a_file_goes_along_although_the_receiver_dies_again_and_again(made: Callable[..., Node]) -> None:
    transit, shore = made("transit"), made("shore")
    _transit_id, shore_id = befriend(transit, shore)
    transit.serve()
    shore.serve()
    handover = transit.do("begin-with-file", shore_id, "40")
    quiet(transit, shore)
    shore.do("accept")
    quiet(transit, shore)
    shore.kill()
    transit.do("let-go", handover)
    died_with: list[int] = []
    for _time in range(3):
        before = parts_of(shore)
        shore.serve()
        until(lambda: parts_of(shore) > before or not transit.unanswered(), "no more parts came")  # noqa: B023
        shore.kill()
        died_with.append(parts_of(shore))
    assert 0 < died_with[0] < 40, "it died in the middle"
    shore.serve()
    quiet(transit, shore)
    here, there = transit.do("files"), shore.do("files")
    assert len(there["whole"]) == 1
    assert there["whole"] == here["whole"]
    assert (here["going"], there["coming"]) == (["kept"], ["kept"])
    shore.do("sweep")
    assert parts_of(shore) == 40, "of the whole file; what it had not yet entered as it died is swept away"


def parts_of(node: Node) -> int:
    """Sealed parts in its folder, of whole files and of others."""
    return sum(1 for path in (node.folder / "files").glob("??/*/*") if path.name.isdecimal())


def owned(*nodes: Node) -> tuple[Any, ...]:
    """Where the cases of each stand."""
    return tuple(node.do("stand")["cases"] for node in nodes)
