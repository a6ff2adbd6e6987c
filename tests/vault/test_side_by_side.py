"""The epoch changes while people are registered, erased and read: nobody is lost and nobody comes back."""

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.vault.busy import CHANGES, be_busy


def check(told: dict[str, Any]) -> None:
    assert told["wrong"] == []
    assert len(told["rewrapped"]) == CHANGES
    assert min(told["rewrapped"]) > 0
    assert told["lost"] == 0
    assert told["came_back"] == 0
    assert told["epochs_in_use"] == 1
    assert told["files"] == 1


def test_nobody_is_lost_on_a_file(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has a test of its own below")
    done = subprocess.run(
        [sys.executable, "-m", "tests.vault.busy", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": "src:.", "PATH": "", "PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode == 0, done.stderr
    check(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.django_db(transaction=True)
def test_nobody_is_lost_on_a_server(node: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("needs several writers at once; the SQLite file has a test of its own above")
    from waystation.vault import epochs

    monkeypatch.setattr(epochs, "CHUNK", epochs.CHUNK)  # put back what `be_busy` sets
    check(be_busy())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("node")
def test_a_change_of_epoch_waits_for_who_is_just_being_registered() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    from django.db import transaction

    from tests.vault.sealed import Letter, drawer, reader
    from waystation.vault import epochs, open_document, persons

    def change() -> None:
        try:
            epochs.rotate()
        finally:
            connection.close()

    changing = threading.Thread(target=change)
    with transaction.atomic():
        row = drawer("Amal")
        changing.start()
        changing.join(0.5)
        assert changing.is_alive(), "the old key would be destroyed before the new person's row is seen"
    changing.join(10)
    assert not changing.is_alive()
    persons.forget_held_keys()
    assert open_document(row, Letter, by=reader()).name == "Amal"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("node")
def test_two_pages_at_the_same_moment_cannot_both_spend_what_is_left() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("needs several writers at once")
    from tests.vault.sealed import Letter, drawer, reader
    from waystation.kernel import journal
    from waystation.kernel.errors import BudgetSpent
    from waystation.vault import budget, open_documents

    by = reader(people_per_hour=10)
    pages = [[drawer() for _ in range(6)] for _ in range(2)]
    both_looked = threading.Barrier(2)
    results: list[str] = []

    def show(rows: list[Any]) -> None:
        try:
            with journal.gather_reads():
                open_documents(rows, Letter, by=by)
                both_looked.wait(5)
            results.append("shown")
        except BudgetSpent:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=show, args=[rows]) for rows in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(results) == ["refused", "shown"]
    assert budget.spent(by) == 6
