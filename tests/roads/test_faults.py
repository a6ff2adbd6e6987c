"""Bar: four nodes, a bad road and `kill -9`: each effect once, one owner, logs that hold (`benchmarks.faults`)."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from benchmarks import quiet
from benchmarks.quiet import Book

CHECKOUT = Path(__file__).resolve().parents[2]
A, B, CASE, THEIRS, EXCHANGE = "a" * 32, "b" * 32, "1" * 32, "2" * 32, "3" * 32


def run(messages: int, kills: int) -> dict[str, Any]:
    """The bench's figures."""
    command = [sys.executable, "-m", "waystation.cli.main", "bench", "faults", "--json"]
    command += ["--messages", str(messages), "--kills", str(kills)]
    environment = os.environ | {"PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}"}
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=CHECKOUT, check=False)
    assert ended.returncode == 0, ended.stderr
    figures: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return figures


@pytest.mark.long
def test_a_short_fault_run() -> None:
    figures = run(200, 5)
    assert figures["messages"] >= 200
    assert figures["kills"] >= 5
    assert figures["quiet_moments"] >= 3
    assert figures["effects_of_notes"] > 50
    assert figures["cases_offered"] > 0


@pytest.mark.long
def test_the_whole_fault_run() -> None:
    figures = run(10_000, 100)
    assert (figures["messages"] >= 10_000, figures["kills"] >= 100) == (True, True)
    assert figures["quiet_moments"] >= 20
    assert all(figures[f"killed_at_{moment}"] for moment in ("leaving", "taking", "answered", "receipting", "command"))


SCHEMA = """
CREATE TABLE exchange_outgoing (id, peer_id, kind, state, reason);
CREATE TABLE exchange_incoming (sender_id, message_id, outcome);
CREATE TABLE exchange_peer (id, name, came_to, came_later, next_seq, seen_size, log_problem);
CREATE TABLE bench_effect (message, words);
CREATE TABLE cases_case (id, state);
CREATE TABLE handover_given (id, case_id, peer_id, state);
CREATE TABLE handover_offered (exchange, peer_id, state, case_id);
CREATE TABLE audit_head (size);
INSERT INTO audit_head VALUES (40);
"""


@pytest.fixture
def books(tmp_path: Path) -> tuple[Book, Book]:
    """Two nodes where all is well: a note went from the first to the second, and a case."""
    made = Book("first", A, tmp_path / "a"), Book("second", B, tmp_path / "b")
    for book in made:
        book.folder.mkdir()
        write(book, SCHEMA)
    write(
        made[0],
        f"""INSERT INTO exchange_outgoing VALUES ('n1', '{B}', 'test.note/1', 'received', '');
        INSERT INTO exchange_outgoing VALUES ('n2', '{B}', 'handover.answer/1', 'refused', 'too-late');
        INSERT INTO exchange_peer VALUES ('{B}', 'second', 0, '[]', 3, 40, '');
        INSERT INTO cases_case VALUES ('{CASE}', 'closed');
        INSERT INTO handover_given VALUES ('{EXCHANGE}', '{CASE}', '{B}', 'taken');""",
    )
    write(
        made[1],
        f"""INSERT INTO exchange_incoming VALUES ('{A}', 'n1', 'done');
        INSERT INTO exchange_incoming VALUES ('{A}', 'n2', 'too-late');
        INSERT INTO exchange_peer VALUES ('{A}', 'first', 2, '[]', 1, 40, '');
        INSERT INTO bench_effect VALUES ('n1', '');
        INSERT INTO cases_case VALUES ('{THEIRS}', 'new');
        INSERT INTO handover_offered VALUES ('{EXCHANGE}', '{A}', 'taken', '{THEIRS}');""",
    )
    return made


def write(book: Book, said: str) -> None:
    with closing(sqlite3.connect(book.folder / "waystation.sqlite3")) as database:
        database.executescript(said)


def test_a_quiet_moment_where_all_is_well(books: tuple[Book, Book]) -> None:
    assert quiet.broken(books) == []
    assert quiet.behind(books, {A: 40, B: 40}) == []


@pytest.mark.parametrize(
    ("whose", "broken", "says"),
    [
        (1, "INSERT INTO bench_effect VALUES ('n1', '')", "had its effect 2 times"),
        (1, "DELETE FROM bench_effect", "had its effect 0 times"),
        (1, "INSERT INTO bench_effect VALUES ('n9', '')", "was sent 0 times"),
        (1, "DELETE FROM exchange_incoming WHERE message_id = 'n1'", "came 0 times"),
        (0, "DELETE FROM exchange_outgoing WHERE id = 'n2'", "was never sent"),
        (0, "UPDATE exchange_outgoing SET state = 'received', reason = '' WHERE id = 'n2'", "is received"),
        (1, "UPDATE exchange_peer SET came_to = 1", "it says it has 1"),
        (0, "UPDATE handover_given SET state = 'back'", "2 own"),
        (1, "UPDATE handover_offered SET state = 'given_back'", "0 own"),
        (0, "UPDATE cases_case SET state = 'reopened'", "is open at 2 nodes"),
        (1, "UPDATE cases_case SET state = 'closed'", "is open at 0 nodes"),
        (0, "UPDATE exchange_peer SET log_problem = 'rewritten'", "rewritten"),
    ],
)
def test_a_broken_promise_is_seen(books: tuple[Book, Book], whose: int, broken: str, says: str) -> None:
    write(books[whose], broken)
    assert any(says in line for line in quiet.broken(books)), quiet.broken(books)


def test_a_log_that_a_peer_did_not_cosign_is_seen(books: tuple[Book, Book]) -> None:
    write(books[0], "UPDATE exchange_peer SET seen_size = 39")
    assert quiet.behind(books, {A: 40, B: 40}) == ["first: second cosigned 39 of 40 entries"]
