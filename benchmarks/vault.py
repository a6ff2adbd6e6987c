"""What the vault costs: `python -m benchmarks.vault --size 100000 [--json]`, on a new SQLite file.

Unlocking at full Argon2id cost, sealing, opening a page of 50 people with count and log, reading everyone for the
index, erasing one person, and a change of epoch. Settings are a node's own (WAL, synchronous=FULL).
"""

import os
import tempfile
from collections.abc import Sequence
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import click

from benchmarks.figures import Figures, percentile, show, timed

PAGE = 50
ROUNDS = 200
CHUNK = 5000
PASSPHRASE = "four quiet rivers at night"


def measure(size: int) -> Figures:
    """Figures of a vault that holds `size` people."""
    from django.core.management import call_command

    from waystation.people.documents import IdentityDocument
    from waystation.people.models import Person
    from waystation.vault import epochs, erase_person, node, seal, stream_for_index

    call_command("migrate", verbosity=0)
    slot = uuid4()
    node.initialise(passphrase=PASSPHRASE, slot_id=slot)
    people = [uuid4() for _ in range(size)]
    filled = timed(lambda: _fill(people)) / 1000
    node.lock("bench")
    unlocking = timed(lambda: node.unlock(slot, PASSPHRASE))
    row = Person.objects.get(pk=people[0])
    document = IdentityDocument(given_name="Amal", family_name="Haddad", languages=("ara", "fra"))
    seal(row, "identity", document)
    sealing = median(timed(lambda: seal(row, "identity", document)) for _ in range(ROUNDS))
    return {
        "people": size,
        "register in bulk s": filled,
        "unlock ms": unlocking,
        "seal one document us": sealing * 1000,
        **_opening(people),
        "read everyone for the index s": timed(
            lambda: sum(1 for _ in stream_for_index(Person.objects.all(), IdentityDocument))
        )
        / 1000,
        "erase one ms": median(timed(lambda n=n: erase_person(people[n])) for n in range(1, 20)),  # type: ignore[misc]
        "change epoch s": timed(epochs.rotate) / 1000,
    }


def _fill(people: Sequence[UUID]) -> None:
    from django.db import transaction

    from waystation.kernel.clock import now
    from waystation.people.documents import IdentityDocument
    from waystation.people.models import Person
    from waystation.vault import new_person_keys, seal

    for start in range(0, len(people), CHUNK):
        rows = [
            Person(id=person, registered_at=now(), updated_at=now(), change_number=start + place)
            for place, person in enumerate(people[start : start + CHUNK])
        ]
        with transaction.atomic():
            new_person_keys([row.pk for row in rows])
            for row in rows:
                seal(row, "identity", IdentityDocument(given_name=f"Amal {row.change_number}", family_name="Haddad"))
            Person.objects.bulk_create(rows)


def _opening(people: Sequence[UUID]) -> Figures:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from waystation.people.documents import IdentityDocument
    from waystation.people.models import Person
    from waystation.vault import open_documents
    from waystation.vault.budget import forget_counted
    from waystation.vault.persons import forget_held_keys

    took = []
    for place in range(ROUNDS):
        start = place * PAGE % max(len(people) - PAGE, 1)
        rows, by = list(Person.objects.filter(pk__in=people[start : start + PAGE])), _reader()
        forget_held_keys()
        forget_counted()
        took.append(timed(lambda rows=rows, by=by: open_documents(rows, IdentityDocument, by=by)))  # type: ignore[misc]
    forget_held_keys()
    forget_counted()
    with CaptureQueriesContext(connection) as captured:
        open_documents(rows, IdentityDocument, by=_reader())
    return {
        "open 50 documents, counted and logged: median ms": median(took),
        "open 50 documents, counted and logged: p95 ms": percentile(took, 0.95),
        "open 50 documents: queries": sum(not _is_control(query["sql"]) for query in captured),
    }


def _is_control(sql: str) -> bool:
    return sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))


def _reader() -> Any:
    from waystation.kernel.actors import Actor, Compartment

    return Actor(
        account_id=uuid4(),
        handle="bench",
        role="volunteer",
        compartments=frozenset({Compartment.BASIC}),
        people_per_hour=10**9,
    )


@click.command()
@click.option("--size", default=100_000, show_default=True, help="How many people.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on the last line.")
def main(*, size: int, as_json: bool) -> None:
    """Measure the vault."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"WAYSTATION_DATA": folder, "DJANGO_SETTINGS_MODULE": "waystation.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.db import connection

        from waystation.vault import node

        # The search index is measured by `bench desk`.
        node._unlocked.clear()  # noqa: SLF001 - of this process only
        show(measure(size), as_json=as_json)
        connection.close()


if __name__ == "__main__":
    main()
