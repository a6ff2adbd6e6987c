"""Run as a process of its own on a folder of its own: makes a node, plants people in it, and does one thing to them."""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
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


def seal_first(folder: Path, people: list[UUID]) -> None:
    """Copy, seal one person to an offline key, copy, change the epoch, lock; tell what opens her with all that is here.

    The private half of the offline key never is on this machine: the attacker does not have it.
    """
    from shutil import copyfile

    from django.db import connection

    from waystation.casework.retention import actions
    from waystation.vault import epochs, offline
    from waystation.vault.models import PersonKey
    from waystation.vault.offline_keys import OfflineKey

    one, two = two_officers()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copyfile(folder / "waystation.sqlite3", folder / "before.copy")
    wrapped = bytes(PersonKey.objects.get(person=people[0]).wrapped)
    key = OfflineKey.new()
    actions.name_offline_key(by=one, text=key.to_text("today").split("\n")[-2])
    approve_all(two)
    close_needs(one, people)
    actions.seal_away(by=one, person_ids=people[:1])
    left = wrapped in (folder / "waystation.sqlite3").read_bytes() + _log(folder)
    sealed = bytes(PersonKey.objects.get(person=people[0]).wrapped)
    copyfile(folder / "waystation.sqlite3", folder / "sealed.copy")
    epochs.rotate()
    told = {"key_left": left, "still": opens(folder, people), "now": opens_now(folder, people)}
    told["holder"] = unwraps(sealed, people[0])
    told["back"] = bool(key.open(offline.package_of(people[0]), offline.node_id()).key)
    print(json.dumps(told))


def two_officers() -> tuple[Any, Any]:
    """The first officer, and a second one."""
    from dataclasses import replace
    from uuid import uuid4

    from waystation.accounts.actors import actor_of
    from waystation.accounts.models import Account

    one = replace(actor_of(Account.objects.get()), people_per_hour=10_000)
    return one, replace(one, account_id=uuid4())


def approve_all(by: Any) -> None:
    """Say yes to everything that waits."""
    from waystation.accounts import approvals

    for question in list(approvals.waiting_for(by)):
        approvals.approve(by=by, approval_id=question.pk)


def close_needs(by: Any, people: list[UUID]) -> None:
    """Nothing is open about them."""
    from waystation.casework.models import Need

    Need.objects.filter(person__in=people).update(state="met")


def every_key() -> list[bytes]:
    """Every key that this node has, on disk and in memory."""
    from waystation.vault import epoch_files
    from waystation.vault.keyring import keyring

    on_disk = epoch_files.read_all(node_id=keyring.node_id, node_key=keyring.node_key).values()
    in_memory = [epoch_files.key(number) or b"" for number in keyring.epochs]
    return [keyring.node_key, *(epoch.key for epoch in on_disk), *in_memory]


def unwraps(wrapped: bytes, person: UUID) -> bool:
    """Whether any key of this node takes the outer layer off."""
    from waystation.vault import ciphers, persons

    for key in every_key():
        try:
            ciphers.unwrap(key, wrapped, persons.person_bound(person.bytes))
        except ciphers.CannotOpen:
            continue
        return True
    return False


def opens_now(folder: Path, people: list[UUID]) -> dict[str, bool]:
    """Whether anything in the folder, unwrapped with every key of this node, opens a person's identity as it is now."""
    import sqlite3

    from waystation.vault import ciphers, persons

    def candidates(person: UUID) -> Iterator[bytes]:
        for name in ("before.copy", "sealed.copy", "waystation.sqlite3"):
            with sqlite3.connect(folder / name) as copy:
                row = copy.execute("SELECT wrapped FROM vault_personkey WHERE person = ?", [person.hex]).fetchone()
            for key in every_key():
                with contextlib.suppress(ciphers.CannotOpen):
                    plain = ciphers.unwrap(key, row[0], persons.person_bound(person.bytes))
                    yield from (plain[at : at + 32] for at in range(max(1, len(plain) - 31)))
        yield from every_key()

    def opened(person: UUID) -> bool:
        from waystation.people.models import Person

        blob = bytes(Person.objects.values_list("identity", flat=True).get(pk=person))
        bound = b"|".join((b"people_person", person.bytes, b"identity", b"1", b"basic"))
        for key in candidates(person):
            with contextlib.suppress(ciphers.CannotOpen):
                ciphers.unwrap(key, blob[3:], bound)
                return True
        return False

    return {"sealed": opened(people[0]), "others": opened(people[1])}


def _log(folder: Path) -> bytes:
    path = folder / "waystation.sqlite3-wal"
    return path.read_bytes() if path.exists() else b""


STEPS = {"lock": lock, "killed": killed, "erase": erase_first, "seal": seal_first}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
