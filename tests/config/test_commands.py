"""The command line says what to mend and never harms what is there."""

import socket
from pathlib import Path

import pytest

from tests.config.test_backups import pytestmark, step, waystation
from waystation.cli.demo import refuse_foreign

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


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder; an empty folder counts too."""
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


def put(folder: Path, *names: str) -> None:
    """Empty files of these names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


@pytest.mark.parametrize("more", [[], ["--fresh"], ["--road"], ["--road", "--fresh"]])
def test_a_demo_is_written_into_no_folder_that_holds_something_else(tmp_path: Path, more: list[str]) -> None:
    mine = tmp_path / "mine"
    (mine / "keys").mkdir(parents=True)
    (mine / "keys" / "epoch-1.key").write_text("somebody's")
    before = everything_in(tmp_path)
    done = waystation(tmp_path / "node", "demo", "--data", str(mine), *more, "--port", "65534")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{mine} holds something that is no demo; nothing in it was touched." in done.stderr
    assert f"--data {mine / 'demo'}" in done.stderr
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("road", [False, True])
@pytest.mark.parametrize(
    "holds", ["letters.txt", ".hidden", "waystation.sqlite3", "road/post/book", "sub/this-is-a-demo"]
)
def test_whatever_a_folder_holds_it_is_no_demo_without_the_mark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], holds: str, road: bool
) -> None:
    put(tmp_path, holds)
    with pytest.raises(SystemExit):
        refuse_foreign(tmp_path, road=road)
    assert "is no demo" in capsys.readouterr().err


@pytest.mark.parametrize("road", [False, True])
@pytest.mark.parametrize("holds", [[], ["this-is-a-demo", "notes.txt"], ["road/this-is-a-demo", "road/post/book"]])
def test_a_demo_goes_into_a_folder_that_is_new_empty_or_a_demo(tmp_path: Path, holds: list[str], road: bool) -> None:
    """Also one that an earlier version made; of a road only the folder in it bears the mark."""
    refuse_foreign(tmp_path / "new", road=road)
    put(tmp_path, *holds)
    refuse_foreign(tmp_path, road=road)


def test_a_road_beside_other_things_is_opened_and_no_single_demo_made_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path, "road/this-is-a-demo", "letters.txt")
    refuse_foreign(tmp_path, road=True)
    with pytest.raises(SystemExit):
        refuse_foreign(tmp_path, road=False)
    assert "is no demo" in capsys.readouterr().err


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
