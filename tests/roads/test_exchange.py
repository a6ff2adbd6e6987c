"""Nodes as real processes: messages both ways by the line and by stick, killed in the middle, each effect once."""

import json
import os
import random
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class Node:
    """A node in a folder of its own; `serve` begins its server, `kill` ends it without a word."""

    folder: Path
    name: str
    port: int = field(default_factory=free_port)
    served: subprocess.Popen[str] | None = None
    text: str = ""
    steps: str = "tests.roads.exchange_node"

    def begin(self, step: str, *given: str) -> subprocess.Popen[str]:
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", self.steps, step, str(self.folder), *given]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=CHECKOUT)

    def do(self, step: str, *given: str) -> Any:
        process = self.begin(step, *given)
        said, _nothing = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, (self.name, step)
        return json.loads(said.splitlines()[-1])

    def serve(self) -> None:
        self.served = self.begin("serve", str(self.port))
        assert self.served.stdout is not None
        assert "http" in self.served.stdout.readline()

    def kill(self) -> None:
        if self.served is not None:
            self.served.kill()
            self.served.wait()
            assert self.served.stdout is not None
            self.served.stdout.close()
            self.served = None

    def count(self, question: str) -> int:
        """Looked up in its database from outside."""
        with sqlite3.connect(f"file:{self.folder}/waystation.sqlite3?mode=ro", uri=True, timeout=20) as book:
            number: int = book.execute(question).fetchone()[0]
        book.close()
        return number

    def unanswered(self) -> int:
        return self.count("SELECT count(*) FROM exchange_outgoing WHERE state IN ('waiting', 'left')")


def befriend(one: Node, other: Node) -> tuple[str, str]:
    """Each trusts the other; the id of each."""
    other_id, one_id = one.do("trust", other.text), other.do("trust", one.text)
    return one_id, other_id


def until(true: Callable[[], bool], says: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(says)
        time.sleep(0.1)


def notes(prefix: str, count: int) -> list[str]:
    return sorted(f"{prefix}{number}" for number in range(count))


def kill_servers(*nodes: Node, rounds: int) -> None:
    """Kill one or the other at random moments while they talk; all are dead afterwards."""
    chance = random.Random(5)
    for _time in range(rounds):
        for node in nodes:
            if node.served is None:
                node.serve()
        time.sleep(chance.uniform(0.05, 0.8))
        chance.choice(nodes).kill()
    for node in nodes:
        node.kill()


def test_both_ways_by_the_line_and_then_by_stick(made: Callable[..., Node], tmp_path: Path) -> None:
    transit, shore = made("transit"), made("shore")
    transit_id, shore_id = befriend(transit, shore)
    transit.do("send", shore_id, "line-", "12")
    transit.serve()
    shore.serve()
    shore.do("send", transit_id, "back-", "3")
    until(lambda: not transit.unanswered() and not shore.unanswered(), "not everything was answered by the line")
    for node in (transit, shore):
        node.kill()
    shore.do("send", transit_id, "stick-", "5")
    stick = tmp_path / "stick"
    assert shore.do("export", str(stick)) == 5
    first, again = transit.do("import", str(stick)), transit.do("import", str(stick))
    assert (first["taken"], again["again"]) == (5, 5)
    transit.do("export", str(stick))
    shore.do("import", str(stick))
    at_transit, at_shore = transit.do("told"), shore.do("told")
    assert at_shore["taken"] == notes("line-", 12)
    assert at_transit["taken"] == sorted(notes("back-", 3) + notes("stick-", 5))
    assert {*at_transit["sent"], *at_shore["sent"]} == {"received"}
    for said in (at_transit, at_shore):
        assert said["log"] == []
        (peer,) = said["peers"]
        assert (peer["problem"], peer["later"]) == ("", [])
        assert peer["their"] > 0
        assert peer["seen"] > 0


@pytest.mark.long
def test_a_node_that_nobody_reaches_gets_its_mail_from_who_holds_it(made: Callable[..., Node]) -> None:
    """The post is behind a router; its headquarters holds its mail and can read none of it."""
    post, headquarters, far = made("post", reachable=False), made("headquarters"), made("far")
    post_id, headquarters_id = befriend(post, headquarters)
    far_id, _id = befriend(far, headquarters)
    befriend(far, post)
    headquarters.do("route", post_id, "", "holds")
    far.do("route", post_id, headquarters_id, "")
    far.do("send", post_id, "through-", "4")
    for node in (headquarters, far):
        node.serve()
    until(lambda: headquarters.count("SELECT count(*) FROM exchange_relayed") == 4, "nothing was held")
    post.serve()
    until(lambda: not far.unanswered(), "no receipt came back")
    until(lambda: headquarters.count("SELECT count(*) FROM exchange_relayed") == 0, "what came was not let go")
    assert post.do("told")["taken"] == notes("through-", 4)
    assert headquarters.do("told")["taken"] == []
    assert far_id


@pytest.mark.long
def test_killed_in_the_middle_again_and_again_each_effect_is_there_once(
    made: Callable[..., Node], tmp_path: Path
) -> None:
    transit, shore = made("transit"), made("shore")
    transit_id, shore_id = befriend(transit, shore)
    transit.do("send", shore_id, "a-", "150")
    shore.do("send", transit_id, "b-", "150")
    kill_servers(transit, shore, rounds=8)
    stick = tmp_path / "stick"
    stick.mkdir()
    transit.do("send", shore_id, "c-", "60")
    for wait in (2.0, 2.3, 2.6):
        for step, node in (("export", transit), ("import", shore)):
            process = node.begin(step, str(stick))
            time.sleep(wait)
            process.kill()
            process.communicate()
    for node in (transit, shore):
        node.serve()
    until(lambda: not transit.unanswered() and not shore.unanswered(), "not everything was answered")
    for node in (transit, shore):
        node.kill()
    at_transit, at_shore = transit.do("told"), shore.do("told")
    assert at_shore["taken"] == sorted(notes("a-", 150) + notes("c-", 60))
    assert at_transit["taken"] == notes("b-", 150)
    assert {*at_transit["sent"], *at_shore["sent"]} == {"received"}
    for said in (at_transit, at_shore):
        assert said["log"] == []
        assert [(peer["problem"], peer["later"]) for peer in said["peers"]] == [("", [])]
