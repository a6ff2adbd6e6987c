"""The front desk at any size: `waystation bench desk --size 100000 [--json]`.

Server time of whole requests (middleware, queries, log, template) through Django's test client, in one process on a
real SQLite node with durable commits. `plain` figures serve the same pages from plain columns in the same run: no key,
no sealing, no budget; the log of reads stays.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

from benchmarks.crowd import Crowd, Invented
from benchmarks.figures import Figures, percentile, show, timed

SEARCHES, REGISTRATIONS, PAIRS = 200, 100, 60
CHUNK = 500
PASSPHRASE = "lantern harbour seven quiet rivers"


def main(*, size: int, as_json: bool) -> None:
    """Make a node of `size` people, measure, throw it away."""
    folder = Path(tempfile.mkdtemp(prefix="waystation-bench-"))
    os.environ |= {"WAYSTATION_DATA": str(folder), "WAYSTATION_HOSTS": "testserver"}
    try:
        show(measure(size), as_json=as_json)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(size: int) -> Figures:
    """All figures of one size."""
    from waystation.cli.main import ready_node

    ready_node()
    account = made_account()
    people = list(Crowd().people(size))
    seeding = timed(lambda: seed(people)) / 1000
    unlocking = time_to_searchable(account)
    client = signed_in(account)
    searches = [timed(lambda text=text: searched(client, text)) for text in typed(people)]  # type: ignore[misc]
    registrations = [timed(lambda number=number: registered(client, number)) for number in range(REGISTRATIONS)]  # type: ignore[misc]
    sealed, plain = side_by_side(client)
    return {
        "people": size,
        "seed_s": round(seeding, 1),
        "unlock_to_searchable_s": round(unlocking, 2),
        "unlock_to_searchable_s_per_100k": round(unlocking / size * 100_000, 2),
        "search_p50_ms": round(median(searches), 1),
        "search_p95_ms": round(percentile(searches, 0.95), 1),
        "register_p50_ms": round(median(registrations), 1),
        "register_p95_ms": round(percentile(registrations, 0.95), 1),
        "list_page_sealed_ms": round(sealed, 2),
        "list_page_plain_ms": round(plain, 2),
        "sealed_to_plain": round(sealed / plain, 2),
    }


def made_account() -> Any:
    """A set-up node and its officer, whose budget a bench may spend."""
    from waystation.accounts.setup import set_up
    from waystation.vault import budget
    from waystation.vault.models import BudgetRelease

    made = set_up(organisation="Bench", country="IT", post="Bench", handle="bench", passphrase=PASSPHRASE)
    for later in (0, 1):
        hour = budget.this_hour() + timedelta(hours=later)
        BudgetRelease.objects.create(account=made.account.pk, hour=hour, more=10**6, released_by=UUID(int=1))
    return made.account


def seed(people: Sequence[Invented]) -> None:
    """Write people as registration does, in bulk."""
    from django.db import transaction

    from waystation.organisations.models import Post
    from waystation.people.changes import next_numbers

    post = Post.objects.get()
    for start in range(0, len(people), CHUNK):
        with transaction.atomic():
            chunk = people[start : start + CHUNK]
            write(chunk, next_numbers(len(chunk)), post)


def write(people: Sequence[Invented], numbers: Iterable[int], post: Any) -> None:
    """One chunk of people."""
    from waystation.kernel import clock
    from waystation.kernel.ids import new_id
    from waystation.people import cards
    from waystation.people.models import Person
    from waystation.vault import new_person_keys, seal
    from waystation.vault.persons import forget_held_keys

    forget_held_keys()
    moment = clock.now()
    rows = [
        Person(
            id=new_id(),
            age_band="25-59",
            sex="female",
            registered_at=moment,
            registered_post=post,
            updated_at=moment,
            change_number=number,
        )
        for number in numbers
    ]
    new_person_keys([row.pk for row in rows])
    for row, person in zip(rows, people, strict=True):
        seal(row, "identity", identity_of(person, cards.new_code()))
    Person.objects.bulk_create(rows)


def identity_of(person: Invented, code: str) -> Any:
    """The sealed document of an invented person."""
    from waystation.people.documents import IdentityDocument

    return IdentityDocument(
        given_name=person.given,
        family_name=person.family,
        birth_year=person.birth_year,
        origin=person.origin,
        phone=person.phone,
        card_code=code,
    )


def time_to_searchable(account: Any) -> float:
    """Seconds from the passphrase to a whole index."""
    from waystation.people.indexing import service
    from waystation.vault import node

    node.lock("bench")
    start = perf_counter()
    node.unlock(account.pk, PASSPHRASE)
    service.wait(3600)
    return perf_counter() - start


def signed_in(account: Any) -> Any:
    """A client past both factors."""
    import time

    from django.test import Client

    client = Client()
    session = client.session
    session["account"], session["seen"] = str(account.pk), int(time.time())
    session.save()
    return client


def typed(people: Sequence[Invented]) -> list[str]:
    """What is typed into the search: names with a slip, or in other letters."""
    crowd, chosen = Crowd(seed=11), random.Random(3)
    return [crowd.as_typed(chosen.choice(people)) for _ in range(SEARCHES)]


def searched(client: Any, text: str) -> None:
    """One search at the desk."""
    answer = client.post("/", {"q": text})
    assert answer.status_code == 200, answer.status_code


def registered(client: Any, number: int) -> None:
    """One registration at the desk, as the form sends it."""
    form = {"begun": "yes", "members": "", "given_name": f"Nomi{number}", "family_name": "Bench", "sex": "female"}
    form |= {"age_band": "25-59", "severity": "medium", "needs": "food", "given": "food", "person_id": ""}
    answer = client.post("/register/", form)
    assert answer.status_code == 302, answer.status_code


def side_by_side(client: Any) -> tuple[float, float]:
    """Median milliseconds of the list of people (25 names), sealed and plain by turns."""
    from waystation.people import queries
    from waystation.vault import open_documents as sealed_open

    plain_open = plain_columns()
    times: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(PAIRS * 2):
        sealed = turn % 2 == 0
        vars(queries)["open_documents"] = sealed_open if sealed else plain_open
        times[sealed].append(timed(lambda: client.get("/people/")))
    vars(queries)["open_documents"] = sealed_open
    return median(times[True][2:]), median(times[False][2:])


def plain_columns() -> Any:
    """A table of plain columns with the people of the list, and a door to it in place of the vault's."""
    from django.db import connection

    from waystation.kernel import journal
    from waystation.people.documents import IdentityDocument
    from waystation.people.models import Person
    from waystation.vault import stream_for_index

    names = ("given_name", "family_name", "origin", "phone", "card_code", "birth_year")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_plain (person char(32) PRIMARY KEY, {', '.join(names)})")
        shown = list(Person.objects.order_by("-registered_at", "pk").values_list("pk", flat=True)[:200])
        newest = Person.objects.filter(pk__in=shown)
        for person, document in stream_for_index(newest, IdentityDocument):
            values = [person.hex, *(getattr(document, name) for name in names)]
            cursor.execute(f"INSERT INTO bench_plain VALUES ({', '.join(['%s'] * len(values))})", values)

    def plain_open(rows: Any, document: Any, *, by: Any) -> dict[UUID, Any]:
        wanted = [row.pk.hex for row in rows]
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(wanted))
            cursor.execute(f"SELECT person, {', '.join(names)} FROM bench_plain WHERE person IN ({marks})", wanted)
            found = cursor.fetchall()
        reads = [journal.Entry(action="vault.read", subject=UUID(row[0]), detail={"table": "plain"}) for row in found]
        journal.note_read(by, *reads)
        return {UUID(row[0]): document(**dict(zip(names, row[1:], strict=True))) for row in found}

    return plain_open
