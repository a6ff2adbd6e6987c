"""The page Today and the list of cases with many open cases: `waystation bench worklist --size 20000 [--json]`.

Server time of whole requests through Django's test client on a real SQLite node, as in the bench of the desk.
"""

import os
import random
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.crowd import Crowd
from benchmarks.desk import made_account, seed, signed_in
from benchmarks.figures import Figures, percentile, show, timed

ROUNDS = 60
CHUNK = 1000


def main(*, size: int, as_json: bool) -> None:
    """Make a node of `size` people, each with an open case, measure, throw it away."""
    folder = Path(tempfile.mkdtemp(prefix="waystation-bench-"))
    os.environ |= {"WAYSTATION_DATA": str(folder), "WAYSTATION_HOSTS": "testserver"}
    try:
        show(measure(size), as_json=as_json)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(size: int) -> Figures:
    """Figures of one size."""
    from waystation.cli.main import ready_node

    ready_node()
    account = made_account()
    train(account)
    seed(list(Crowd().people(size)))
    open_cases(account)
    client = signed_in(account)
    figures: Figures = {"open_cases": size}
    for name, path in (
        ("today", "/work/"),
        ("team", "/work/?whose=team"),
        ("overdue", "/work/?section=1"),
        ("last_page", "/work/?page=9999"),
        ("cases", "/cases/"),
    ):
        times = [timed(lambda path=path: fetched(client, path)) for _ in range(ROUNDS)]  # type: ignore[misc]
        figures |= {f"{name}_p50_ms": round(median(times), 1), f"{name}_p95_ms": round(percentile(times, 0.95), 1)}
    return figures | {"queries_first_page": queries(client)}


def fetched(client: Any, path: str) -> None:
    """One page, which must be there."""
    assert client.get(path).status_code == 200


def queries(client: Any) -> int:
    """Statements that the first page asks, without those that begin and end transactions."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        fetched(client, "/work/")
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].startswith(control) for query in captured.captured_queries)


def train(account: Any) -> None:
    """Let the bench's officer open what cases are sealed in."""
    from waystation.accounts.models import Training
    from waystation.kernel import clock

    day = clock.today()
    for compartment in ("protection", "child"):
        Training.objects.create(
            account=account, compartment=compartment, completed_on=day, lapses_on=day + timedelta(days=9)
        )  # fmt: skip


def open_cases(account: Any) -> None:
    """A case for everyone, with one thing to do in each, its clock anywhere in the month around now."""
    from waystation.casework.cases.models import Case
    from waystation.casework.followups.models import FollowUp
    from waystation.kernel import clock
    from waystation.people.models import Person

    chance, now = random.Random(7), clock.now()
    people = list(Person.objects.values_list("pk", flat=True))
    for start in range(0, len(people), CHUNK):
        cases = [
            Case(
                person_id=person,
                kind=chance.choice(["general", "child"]),
                risk=chance.choice(["high", "medium", "low"]),
                owner=account.pk if chance.random() < 0.9 else None,
                opened_at=now - timedelta(hours=chance.randrange(2000)),
                opened_by=account.pk,
                state_at=now,
            )
            for person in people[start : start + CHUNK]
        ]
        Case.objects.bulk_create(cases)
        FollowUp.objects.bulk_create([to_do(case, chance, now) for case in cases])


def to_do(case: Any, chance: random.Random, now: datetime) -> Any:
    """One follow-up of a case."""
    from waystation.casework.followups.models import FollowUp

    return FollowUp(
        kind="case.task",
        person_id=case.person_id,
        subject=case.pk,
        compartment=case.compartment_of_row,
        owner=case.owner,
        opened_at=case.opened_at,
        opened_by=case.opened_by,
        seen_at=now if chance.random() < 0.8 else None,
        due_at=now + timedelta(hours=chance.randrange(-360, 360)),
        immediate=chance.random() < 0.01,
        waiting_on=chance.choice(["", "", "", "partner"]),
    )
