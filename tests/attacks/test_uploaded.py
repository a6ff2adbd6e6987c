"""Bar: a cut upload of 50 MB loses neither the case nor half a file, and no disk shows what was in it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="kills the one process of a SQLite node")
MOST_MEGABYTES = 200


def test_killed_again_and_again_it_arrives_whole_and_unreadable(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
        "TMPDIR": str(tmp_path / "tmp"),
    }
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "tests.attacks.upload", str(tmp_path), "6"]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["kills"] == 6
    assert told["same"]
    assert told["case"]
    assert told["seen_half"] == 0
    assert told["readable"] == 0
    assert told["memory_mb"] < MOST_MEGABYTES
