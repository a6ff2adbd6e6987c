"""Bad days: killed at random moments while registering, a node loses nothing that it acknowledged."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="kills the one process of a SQLite node")


@pytest.mark.parametrize("rounds", [20, pytest.param(200, marks=pytest.mark.long)])
def test_no_acknowledged_registration_is_lost_when_the_process_is_killed(tmp_path: Path, rounds: int) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}"}
    command = [
        sys.executable,
        "-W",
        "ignore::DeprecationWarning",
        "-m",
        "tests.attacks.kill",
        str(tmp_path),
        str(rounds),
    ]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=600, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["acknowledged"] > rounds
    assert told["missing"] == []
    assert told["problems"] == []
