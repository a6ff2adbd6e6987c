"""The command line says what to mend and never harms what is there."""

import socket
from pathlib import Path

import pytest

from tests.config.test_backups import pytestmark, step, waystation

__all__ = ["pytestmark"]


def test_a_demo_never_takes_or_throws_away_a_real_node(tmp_path: Path) -> None:
    node = tmp_path / "node"
    step("begin", node)
    before = (node / "waystation.sqlite3").read_bytes()
    for more in ([], ["--fresh"]):
        done = waystation(tmp_path, "demo", "--data", str(node), "--port", "8999", *more)
        assert done.returncode == 1
        assert "is no demo" in done.stderr
    assert (node / "waystation.sqlite3").read_bytes() == before
    assert list((node / "keys").glob("epoch-*.key"))


def test_a_road_takes_nothing_that_is_no_demo_and_no_port_that_is_taken(tmp_path: Path) -> None:
    kept = tmp_path / "road" / "post" / "book"
    kept.parent.mkdir(parents=True)
    kept.write_text("somebody's")
    road = ["demo", "--road", "--data", str(tmp_path), "--port"]
    for more in ([], ["--fresh"]):
        done = waystation(tmp_path, *road, "8999", *more)
        assert done.returncode == 1
        assert "is no demo" in done.stderr
    assert kept.read_text() == "somebody's"

    road = ["demo", "--road", "--data", str(tmp_path / "new"), "--port"]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = waystation(tmp_path, *road, str(port - 2))
    assert done.returncode == 1
    assert f"is in use. The four nodes need ports {port - 2} to {port + 1}." in done.stderr
    assert "ports 65535 to 65538" in waystation(tmp_path, *road, "65535").stderr
    assert not (tmp_path / "new").exists()


def test_a_second_node_is_not_made_over_the_first(tmp_path: Path) -> None:
    node = tmp_path / "node"
    step("begin", node)
    words = ["--organisation", "B", "--country", "KE", "--post", "P", "--handle", "h", "--passphrase", "x" * 20]
    done = waystation(node, "init", *words)
    assert done.returncode == 1
    assert "There is a node" in done.stderr
    assert "Another one: waystation --data" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["serve", "--port", "99999"], "99999"),
        (["bench", "desk", "--size", "-5"], "-5"),
        (["token", "--handle", "a", "--label", "b", "--days", "500", "--passphrase", "c"], "500"),
        (["docs"], "checkout"),
    ],
)
def test_a_wrong_word_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str) -> None:
    monkeypatch.chdir(tmp_path)
    done = waystation(tmp_path / "node", *words)
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr
