"""Bar: real nodes ask each other blindly, by the line with every byte recorded, and by stick."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.roads.test_exchange import Node, befriend, free_port
from tests.roads.test_handover import by_stick, quiet

STEPS = "tests.roads.asking_node"


class Tap:
    """Stands between two nodes, passes every byte on, and keeps a copy."""

    def __init__(self, to: int) -> None:
        self.port, self.to, self.heard = free_port(), to, bytearray()
        self.lock, self.open = threading.Lock(), True

    def listen(self) -> None:
        with closing(socket.create_server(("127.0.0.1", self.port))) as door:
            door.settimeout(0.2)
            while self.open:
                with suppress(TimeoutError):
                    caller, _address = door.accept()
                    threading.Thread(target=self.join, args=[caller], daemon=True).start()

    def join(self, caller: socket.socket) -> None:
        try:
            callee = socket.create_connection(("127.0.0.1", self.to), timeout=30)
        except OSError:
            caller.close()
            return
        ways = [
            threading.Thread(target=self.carry, args=way, daemon=True) for way in ((caller, callee), (callee, caller))
        ]
        for way in ways:
            way.start()
        for way in ways:
            way.join(timeout=60)
        caller.close()
        callee.close()

    def carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while piece := one.recv(65536):
                with self.lock:
                    self.heard += piece
                other.sendall(piece)
            other.shutdown(socket.SHUT_WR)


@contextmanager
def tapped(node: Node) -> Iterator[Tap]:
    """Whoever calls the node is heard."""
    tap = Tap(node.port)
    thread = threading.Thread(target=tap.listen, daemon=True)
    thread.start()
    node.text = node.do("announce", f"http://127.0.0.1:{tap.port}")
    yield tap
    tap.open = False
    thread.join(timeout=5)


@pytest.mark.long
def test_by_the_line_a_brother_is_found_and_no_byte_says_who_is_sought(made: Callable[..., Node]) -> None:
    """Asked about somebody known, who declines; somebody unknown; and somebody known, who sends words."""
    shore, home = made("shore"), made("home")
    with tapped(shore) as one, tapped(home) as other:
        _shore_id, home_id = befriend(shore, home)
        shore.serve()
        home.serve()
        circle = shore.do("begin-circle", home_id)
        quiet(shore, home)
        home.do("sign", circle)
        quiet(shore, home)
        person = home.do("know")
        assert home.do("publish", circle) == 9
        quiet(shore, home)
        assert shore.do("stand")["published"] == [True]

        for whom, how, relations in (
            ("brother", "decline", ["brother"]),
            ("stranger", "decline", []),
            ("brother", "agree", ["brother"]),
        ):
            shore.do("ask", whom)
            quiet(shore, home)
            assert home.do("hour") == 1
            quiet(shore, home)
            assert home.do("decide", how) == relations
            quiet(shore, home)
        here, there = shore.do("stand"), home.do("stand")
        sought, tags = shore.do("secrets"), home.do("tags", person)
    for node in (shore, home):
        node.kill()

    assert here["words"] == ["I am well, Selam."]
    assert there["claims"] == ["declined", "agreed"]
    assert here["questions"] == [["over", False]] * 3
    declined, unknown, agreed = here["left"]
    assert declined == unknown == agreed, "kinds, sizes and states of what left"
    heard = bytes(one.heard) + bytes(other.heard)
    assert len(heard) > 50_000
    assert len(sought) > 20
    assert len(tags) >= 2
    assert not [secret for secret in (*sought, *tags) if bytes.fromhex(secret) in heard]
    assert here["log"] == there["log"] == []


@pytest.mark.long
def test_by_stick_from_the_question_to_the_words(made: Callable[..., Node], tmp_path: Path) -> None:
    shore, home = made("shore", reachable=False), made("home", reachable=False)
    _shore_id, home_id = befriend(shore, home)
    circle = shore.do("begin-circle", home_id)
    by_stick(tmp_path / "circle", shore, home)
    home.do("sign", circle)
    by_stick(tmp_path / "signed", home, shore)
    person = home.do("know")
    home.do("publish", circle)
    by_stick(tmp_path / "published", home, shore)
    shore.do("ask", "brother")
    by_stick(tmp_path / "asked", shore, home)
    assert home.do("hour") == 1
    by_stick(tmp_path / "answered", home, shore)
    by_stick(tmp_path / "claimed", shore, home)
    assert home.do("decide", "agree") == ["brother"]
    by_stick(tmp_path / "words", home, shore)

    here, there = shore.do("stand"), home.do("stand")
    assert here["words"] == ["I am well, Selam."]
    assert (there["claims"], there["answered"]) == (["agreed"], 1)
    carried = b"".join(file.read_bytes() for file in tmp_path.rglob("*.wsm"))
    assert len(carried) > 20_000
    secrets = [*shore.do("secrets"), *home.do("tags", person)]
    assert not [secret for secret in secrets if bytes.fromhex(secret) in carried]
    assert here["log"] == there["log"] == []
