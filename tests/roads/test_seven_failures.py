"""Bar: what goes wrong where a case passes between offices today (threads on SORMAS, named in issue 4), and not here.

Real nodes that share nothing but a stick. "Files do not travel" stands in `test_handover.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.roads.test_exchange import Node, befriend


@dataclass
class Three:
    """A post on the road, a society at the destination, one at home; the ids by which the first knows the others."""

    transit: Node
    shore: Node
    home: Node
    shore_id: str
    home_id: str
    sticks: Path

    def carry(self, one: Node, other: Node) -> None:
        """What one has to say, and the receipts for it."""
        stick = self.sticks / f"{one.name}-{other.name}"
        one.do("export", str(stick))
        other.do("import", str(stick))

    def there_and_back(self) -> None:
        """Everything comes to the shore, and what follows from it comes back."""
        self.carry(self.transit, self.shore)
        self.carry(self.shore, self.transit)

    def offered(self, case: str = "", together: str = "") -> str:
        """An offer that stands on both sides."""
        handover: str = self.transit.do("hand", case or self.transit.do("case"), self.shore_id, together)
        self.there_and_back()
        return handover

    def taken(self, case: str = "", together: str = "") -> str:
        """A case that the shore has taken over."""
        handover = self.offered(case, together)
        self.shore.do("take-on", handover)
        self.carry(self.shore, self.transit)
        self.transit.do("let-go", handover)
        self.there_and_back()
        return handover

    def unanswered(self, handover: str) -> int:
        """How many messages about it have no receipt."""
        of_it = f"subject = '{UUID(handover).hex}' AND state IN ('waiting', 'left')"
        return self.transit.count(f"SELECT count(*) FROM exchange_outgoing WHERE {of_it}")

    def both(self, handover: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """How it stands on the two sides."""
        return self.transit.do("stands", handover), self.shore.do("stands", handover)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Three]:
    folder = tmp_path_factory.mktemp("seven")
    transit, shore, home = (Node(folder / name, name, steps="tests.roads.seven_node") for name in NAMES)
    for node in (transit, shore, home):
        node.text = node.do("make", node.name, "")
    _transit, shore_id = befriend(transit, shore)
    _transit, home_id = befriend(transit, home)
    yield Three(transit, shore, home, shore_id, home_id, folder / "sticks")


NAMES = ("transit", "shore", "home")


def test_the_receiver_can_refuse(three: Three) -> None:
    handover = three.offered()
    three.shore.do("refuse", handover, "full")
    three.carry(three.shore, three.transit)
    here, there = three.both(handover)
    assert (here["state"], here["refused"], here["ours"]) == ("refused", "full", True)
    assert (there["state"], there["ours"]) == ("refused", False)


def test_two_requests_at_once_do_not_split_ownership(three: Three) -> None:
    case = three.transit.do("case")
    asked = [three.transit.begin("hand", case, peer, "") for peer in (three.shore_id, three.home_id)]
    said = [process.communicate(timeout=120)[0].splitlines()[-1].strip('"') for process in asked]
    assert sorted(len(answer) == len(case) for answer in said) == [False, True], said
    handover = max(said, key=len)
    other = three.home if said[1] == handover else three.shore
    three.carry(three.transit, other)
    assert other.do("stands", handover)["state"] == "offered"
    assert three.transit.do("stands", handover)["ours"]


def test_a_case_that_came_back_has_one_owner(three: Three) -> None:
    handover = three.taken()
    here, there = three.both(handover)
    assert (here["ours"], there["ours"]) == (False, True)
    three.shore.do("hand-back", handover)
    three.carry(three.shore, three.transit)
    here, there = three.both(handover)
    assert (here["ours"], there["ours"]) == (True, True), "until it is confirmed both are, and never nobody"
    three.carry(three.transit, three.shore)
    here, there = three.both(handover)
    assert (here["state"], here["ours"], there["state"], there["ours"]) == ("back", True, "given_back", False)


def test_what_did_not_arrive_is_not_shown_as_arrived(three: Three) -> None:
    handover = three.transit.do("hand", three.transit.do("case"), three.shore_id, "")
    stick = three.sticks / "damaged"
    three.transit.do("export", str(stick))
    for file in stick.rglob("*.wsm"):
        file.write_bytes(bytes(byte ^ 0x55 for byte in file.read_bytes()))
    assert set(three.shore.do("import", str(stick))) & {"done", "taken"} == set()
    three.carry(three.shore, three.transit)
    here, there = three.both(handover)
    assert (here["state"], here["ours"], there["state"]) == ("offered", True, None)
    assert three.unanswered(handover) == 1
    three.there_and_back()
    assert three.both(handover)[1]["state"] == "offered"
    assert three.unanswered(handover) == 0


def test_a_changed_field_overwrites_nothing_newer(three: Three) -> None:
    handover = three.taken()
    three.shore.do("phone", handover, "offered", "+39 333 1234567")
    three.transit.do("phone", handover, "given", "+49 170 5550199")
    three.transit.do("correct", handover)
    three.there_and_back()
    assert three.shore.do("phone", handover, "offered", "") == "+393331234567"
    assert three.shore.do("stands", handover)["corrections"] == 1


def test_whose_a_relative_is_stays_clear(three: Three) -> None:
    mother, child = three.transit.do("household")
    assert three.transit.do("hand", mother, three.shore_id, "") == "invalid"
    first, second = three.taken(mother, "together"), three.offered(child, "together")
    here, there = three.both(second)
    assert (here["ours"], there["ours"]) == (True, False)
    three.shore.do("take-on", second)
    three.carry(three.shore, three.transit)
    three.transit.do("let-go", second)
    three.there_and_back()
    households = {three.shore.do("stands", one)["household"] for one in (first, second)}
    assert len(households) == 1
    assert households != {""}
