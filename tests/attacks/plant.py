"""Run as a process of its own on a folder of its own: makes a node, plants people in it, and does one thing to them."""

import json
import os
import sys
from pathlib import Path
from uuid import UUID

PASSPHRASE = "lantern harbour seven quiet rivers"
SCRIPTS = ("Zainab-%d Planted", "زينب مزروعة %d", "Зайнаб Посаженная %d", "ሰላም %d ተኽለ")


def secrets_of(number: int) -> dict[str, str]:
    """What is planted about one person: nowhere on the disk of a locked node may any of it stand."""
    return {
        "name": SCRIPTS[number % len(SCRIPTS)] % (1000 + number),
        "phone": f"+39350{7_000_000 + number}",
        "note": f"sleeps behind the {number}th chapel, fears a man called Brenno{number}",
    }


def main(folder: str, count: int, then: str) -> None:
    """Plant `count` people; then lock, or erase the first one and change the epoch."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "WAYSTATION_DATA": folder}
    from waystation.cli.main import ready_node

    ready_node()
    from django.conf import settings

    settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
    settings.SEARCH_BUILD = "now"
    from waystation.accounts.setup import set_up

    made = set_up(organisation="Two Rivers", country="IT", post="Bridge", handle="nadia", passphrase=PASSPHRASE)
    people = plant(made.account, count)
    STEPS[then](Path(folder), people)


def plant(account: object, count: int) -> list[UUID]:
    """Register people with a note each, through the actions of the desk."""
    from dataclasses import replace

    from waystation.accounts.actors import actor_of
    from waystation.casework.actions import HelpDraft, NeedDraft, register_at_desk
    from waystation.people.documents import IdentityDocument
    from waystation.people.drafts import MemberDraft, RegistrationDraft

    by = replace(actor_of(account), people_per_hour=10_000)  # type: ignore[arg-type]
    people = []
    for number in range(count):
        told = secrets_of(number)
        identity = IdentityDocument(given_name=told["name"], phone=told["phone"], know_now=told["note"])
        members = [MemberDraft(person=RegistrationDraft(identity=identity), relation="first")]
        help_given = HelpDraft(needs=[NeedDraft(code="food", note=told["note"])])
        people.append(register_at_desk(by=by, members=members, draft=help_given)[0].person.pk)
    return people


def lock(folder: Path, _people: list[UUID]) -> None:
    """As `waystation lock` and the panic button do; and `waystation backup`, into the same folder."""
    from waystation.config import backups
    from waystation.vault import node

    node.lock("test")
    backups.copy_book(folder / "books")
    backups.copy_keys(folder / "keys-copy")


def killed(_folder: Path, _people: list[UUID]) -> None:
    """The battery is pulled: nothing is closed, the write-ahead log stays as it is."""
    os._exit(0)


def erase_first(folder: Path, people: list[UUID]) -> None:
    """Copy the database, erase one person, copy again, change the epoch; tell what can still be opened and how."""
    from shutil import copyfile

    from django.db import connection

    from waystation.accounts.actors import actor_of
    from waystation.accounts.models import Account
    from waystation.people.actions import erase
    from waystation.vault import epochs
    from waystation.vault.models import PersonKey

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copyfile(folder / "waystation.sqlite3", folder / "before.copy")
    wrapped = bytes(PersonKey.objects.get(person=people[0]).wrapped)
    erase(by=actor_of(Account.objects.get()), person_id=people[0], reason="person-asked")
    after_erasure = (folder / "waystation.sqlite3").read_bytes() + _log(folder)
    epochs.rotate()
    print(json.dumps({"person": str(people[0]), "key_left": wrapped in after_erasure, "still": opens(folder, people)}))


def opens(folder: Path, people: list[UUID]) -> dict[str, bool]:
    """Whether the keys this node has now open the older copy: the erased person, and anyone else."""
    import sqlite3

    from waystation.vault import ciphers, epoch_files, persons
    from waystation.vault.keyring import keyring

    def any_key_opens(person: UUID) -> bool:
        with sqlite3.connect(folder / "before.copy") as copy:
            row = copy.execute("SELECT wrapped FROM vault_personkey WHERE person = ?", [person.hex]).fetchone()
        on_disk = epoch_files.read_all(node_id=keyring.node_id, node_key=keyring.node_key).values()
        in_memory = [epoch_files.key(number) or b"" for number in keyring.epochs]
        keys = [keyring.node_key, *(epoch.key for epoch in on_disk), *in_memory]
        for key in keys:
            try:
                ciphers.unwrap(key, row[0], persons.person_bound(person.bytes))
            except ciphers.CannotOpen:
                continue
            return True
        return False

    return {"erased": any_key_opens(people[0]), "others": any_key_opens(people[1])}


def _log(folder: Path) -> bytes:
    path = folder / "waystation.sqlite3-wal"
    return path.read_bytes() if path.exists() else b""


STEPS = {"lock": lock, "killed": killed, "erase": erase_first}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
