"""What the log costs: `python -m benchmarks.audit_log --size 20000 [--json]`, on a new SQLite file.

Appends one entry a transaction and a hundred a transaction, with a person's key and without; then proofs, a
checkpoint, and the verification of the whole. Transactions are as a node makes them (WAL, synchronous=FULL).
"""

import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import click

from benchmarks.figures import Figures, percentile, show, timed

ROUNDS = 300
BATCH = 100
TRIALS = 50


def measure(size: int) -> Figures:
    """Figures of a log that grows to about `size` entries."""
    from django.core.management import call_command

    from waystation.audit import checkpoints, proofs
    from waystation.audit.verify import verify_log
    from waystation.vault import new_person_keys, node

    call_command("migrate", verbosity=0)
    node.initialise(passphrase="four quiet rivers", slot_id=uuid4())
    people = [uuid4() for _ in range(BATCH)]
    new_person_keys(people)
    figures: Figures = {
        **_appends("one entry, no person", lambda: _entries(1, [])),
        **_appends("one entry about a person", lambda: _entries(1, people)),
        **_appends("100 entries, no person", lambda: _entries(BATCH, [])),
        **_appends("100 entries about 100 people", lambda: _entries(BATCH, people)),
    }
    while proofs.size() < size:
        _append(_entries(BATCH * 10, people))
    length = proofs.size()
    figures |= {
        "entries": length,
        "file bytes per entry": _bytes() / length,
        "inclusion proof ms": median(timed(lambda: proofs.inclusion(length // 3, length)) for _ in range(TRIALS)),
        "consistency proof ms": median(timed(lambda: proofs.consistency(length // 3, length)) for _ in range(TRIALS)),
        "hashes in a proof": len(proofs.inclusion(length // 3, length)),
        "checkpoint ms": timed(checkpoints.make),
        "verify whole log s": timed(verify_log) / 1000,
    }
    return figures


def _appends(name: str, entries: Callable[[], list[Any]]) -> Figures:
    took = [timed(partial(_append, entries())) for _ in range(ROUNDS)]
    return {f"{name}: median ms": median(took), f"{name}: p95 ms": percentile(took, 0.95)}


def _append(entries: list[Any]) -> None:
    from waystation.audit.log import append
    from waystation.kernel.actors import Actor

    append(Actor(account_id=uuid4(), handle="bench", role="volunteer"), entries)


def _entries(count: int, people: list[Any]) -> list[Any]:
    from waystation.kernel.journal import Entry

    detail = {"table": "people_person", "column": "identity"}
    return [
        Entry(action="vault.read", subject=uuid4(), person=people[n % len(people)] if people else None, detail=detail)
        for n in range(count)
    ]


def _bytes() -> int:
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (Path(settings.DATA) / "waystation.sqlite3").stat().st_size


@click.command()
@click.option("--size", default=20_000, show_default=True, help="Entries in the log when it is verified.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the last line.")
def main(*, size: int, as_json: bool) -> None:
    """Measure the log."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"WAYSTATION_DATA": folder, "DJANGO_SETTINGS_MODULE": "waystation.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.conf import settings
        from django.db import connection

        settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
        show(measure(size), as_json=as_json)
        connection.close()


if __name__ == "__main__":
    main()
