"""Several writers at once make one log without gaps, in processes on a SQLite file and in connections to PostgreSQL."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.audit.conftest import write
from waystation.audit.models import Leaf
from waystation.audit.verify import verify_log

WRITERS, APPENDS, ENTRIES = 4, 15, 3
CHECKOUT = Path(__file__).resolve().parent.parent.parent


def test_processes_on_one_sqlite_file_write_one_log_without_gaps(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "WAYSTATION_DATA": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), str(CHECKOUT)]),
    }
    command = [sys.executable, "-m", "tests.audit.writers", str(WRITERS), str(APPENDS), str(ENTRIES)]
    ran = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {"ok": True, "size": WRITERS * APPENDS * ENTRIES, "problems": [], "failed": 0}


@pytest.mark.django_db(transaction=True)
def test_connections_to_postgresql_write_one_log_without_gaps() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL; the SQLite file has a test of its own above")
    gate = Barrier(WRITERS)
    failed: list[Exception] = []

    def run() -> None:
        gate.wait(10)
        try:
            for _ in range(APPENDS):
                write(ENTRIES)
        except Exception as problem:  # noqa: BLE001 - shown by the assertion
            failed.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert Leaf.objects.count() == WRITERS * APPENDS * ENTRIES
    verdict = verify_log()
    assert verdict.ok, verdict.problems
