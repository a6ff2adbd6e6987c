"""A node comes back from its copies, without whoever was erased meanwhile, and never over another node."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="PostgreSQL is copied by its own tools")


def waystation(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", "from waystation.cli.main import main; main()", "--data", str(folder), *words]
    return subprocess.run(command, env=_environment(), capture_output=True, text=True, timeout=120, check=False)


def step(name: str, folder: Path) -> Any:
    command = [sys.executable, "-m", "tests.config.life", name, str(folder)]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=_environment(), capture_output=True, text=True, timeout=120, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}"}


def test_a_node_comes_back_without_whoever_was_erased_since(tmp_path: Path) -> None:
    node, books, keys, again = (tmp_path / name for name in ("node", "books", "keys", "again"))
    assert step("begin", node) == {"names": ["Amina Yusuf", "Musa Diallo"]}
    assert waystation(node, "backup", str(books), "--keys", str(keys)).returncode == 0
    (book,) = books.glob("book-*.sqlite3")
    step("erase-amina-and-change-the-epoch", node)
    assert waystation(node, "backup", str(books), "--keys", str(keys)).returncode == 0

    done = waystation(again, "restore", str(book), "--keys", str(keys))
    assert done.returncode == 0, done.stderr
    assert step("names", again) == {"names": ["Musa Diallo"]}


def test_sealed_files_come_back_with_the_book_and_those_of_the_erased_do_not(tmp_path: Path) -> None:
    node, books, keys, again = (tmp_path / name for name in ("node", "books", "keys", "again"))
    step("begin", node)
    step("keep-papers", node)
    assert "2 new parts" in waystation(node, "backup", str(books), "--keys", str(keys)).stdout
    assert "0 new parts" in waystation(node, "backup", str(books), "--keys", str(keys)).stdout
    step("erase-amina-and-change-the-epoch", node)
    waystation(node, "backup", str(books), "--keys", str(keys))
    assert len(list(books.glob("files/??/*"))) == 1

    newest = max(books.glob("book-*.sqlite3"))
    done = waystation(again, "restore", str(newest), "--keys", str(keys))
    assert done.returncode == 0, done.stderr
    assert step("read-papers", again) == {"names": ["Musa Diallo"]}


def test_parts_of_a_file_that_wait_for_the_rest_are_copied_too(tmp_path: Path) -> None:
    node, books, keys = (tmp_path / name for name in ("node", "books", "keys"))
    step("begin", node)
    waiting, nobodys = uuid4().hex, uuid4().hex
    row = ("INSERT INTO handover_enclosurecoming (id, offered_id, number, parts, state, state_at, parts_in) "
           "VALUES (?, ?, ?, 2, 'coming', '2026-11-27', ?)")  # fmt: skip
    with closing(sqlite3.connect(node / "waystation.sqlite3")) as database:
        database.execute(row, [uuid4().hex, uuid4().hex, uuid4().hex, waiting])
        database.commit()
    for name in (waiting, nobodys):
        folder = node / "files" / name[-2:] / name
        folder.mkdir(parents=True)
        (folder / "0").write_bytes(b"sealed")
    assert "1 new part" in waystation(node, "backup", str(books), "--keys", str(keys)).stdout
    assert [path.name for path in books.glob("files/??/*")] == [waiting]


def test_a_book_holds_no_key_and_the_keys_hold_no_book(tmp_path: Path) -> None:
    node, books, keys = (tmp_path / name for name in ("node", "books", "keys"))
    step("begin", node)
    waystation(node, "backup", str(books), "--keys", str(keys))
    with closing(sqlite3.connect(node / "waystation.sqlite3")) as database:
        wrapped = [blob for (blob,) in database.execute("SELECT wrapped FROM vault_personkey")]
        sealed = [blob for (blob,) in database.execute("SELECT identity FROM people_person")]
    books_bytes = b"".join(path.read_bytes() for path in books.rglob("*") if path.is_file())
    keys_bytes = b"".join(path.read_bytes() for path in keys.rglob("*") if path.is_file())
    assert wrapped
    assert not any(blob in books_bytes for blob in wrapped)
    assert all(blob in keys_bytes for blob in wrapped)
    assert not any(blob in keys_bytes for blob in sealed)
    assert all(path.stat().st_mode & 0o077 == 0 for path in [*books.iterdir(), *keys.iterdir()])


def test_what_cannot_be_done_is_said_and_changes_nothing(tmp_path: Path) -> None:
    node, books, keys = (tmp_path / name for name in ("node", "books", "keys"))
    assert "no node" in waystation(node, "backup", str(books), "--keys", str(keys)).stderr
    step("begin", node)
    assert "another place" in waystation(node, "backup", str(books), "--keys", str(books)).stderr
    waystation(node, "backup", str(books), "--keys", str(keys))
    (book,) = books.glob("book-*.sqlite3")
    assert "already" in waystation(node, "restore", str(book), "--keys", str(keys)).stderr
    assert "is not there" in waystation(tmp_path / "new", "restore", str(book), "--keys", str(tmp_path)).stderr
    assert not (tmp_path / "new" / "waystation.sqlite3").exists()
    assert step("names", node) == {"names": ["Amina Yusuf", "Musa Diallo"]}
