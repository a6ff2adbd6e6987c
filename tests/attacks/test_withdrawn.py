"""Bar: consent taken back while a referral, a handover or the answer to a request leaves: nothing leaves after the
withdrawal is answered."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.attacks.withdraw import race

ROUNDS = {"referral": 200, "handover": 100, "request": 100}


def check(found: dict[str, int], rounds: int) -> None:
    assert found["after"] == found["odd"] == 0
    assert found["before"] + found["stopped"] == rounds
    # Both ends were really raced for.
    assert found["before"] >= 5
    assert found["stopped"] >= 5


@pytest.mark.parametrize("what", ROUNDS)
def test_nothing_leaves_after_the_answer_on_a_file(tmp_path: Path, what: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has a test of its own below")
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.withdraw", str(tmp_path), str(ROUNDS[what]), what],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": "src:.", "PATH": "", "PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode == 0, done.stderr
    check(json.loads(done.stdout.splitlines()[-1]), ROUNDS[what])


@pytest.mark.parametrize("what", ROUNDS)
@pytest.mark.django_db(transaction=True)
def test_nothing_leaves_after_the_answer_on_a_server(node: Any, what: str) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("needs several writers at once; the SQLite file has a test of its own above")
    check(race(node, ROUNDS[what], what), ROUNDS[what])
