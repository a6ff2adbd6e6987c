"""Run as a process of its own: one step in the life of a node in a folder of its own; prints what it found as JSON."""

import json
import os
import sys

PASSPHRASE = "lantern harbour seven quiet rivers"


def main(step: str, folder: str) -> None:
    """Do one of STEPS and print everyone's names that the node can then read."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "WAYSTATION_DATA": folder}
    from waystation.cli.main import ready_node

    ready_node()
    from django.conf import settings

    settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
    settings.SEARCH_BUILD = "now"
    STEPS[step]()
    from waystation.people.documents import IdentityDocument
    from waystation.people.models import Person
    from waystation.vault import stream_for_index

    people = stream_for_index(Person.objects.filter(erased_at__isnull=True), IdentityDocument)
    print(json.dumps({"names": sorted(document.display_name for _, document in people)}))


def begin() -> None:
    """A new node with two people."""
    from waystation.accounts.actors import actor_of
    from waystation.accounts.setup import set_up
    from waystation.people import actions
    from waystation.people.documents import IdentityDocument
    from waystation.people.drafts import RegistrationDraft

    made = set_up(organisation="Two Rivers", country="IT", post="Bridge", handle="nadia", passphrase=PASSPHRASE)
    for given, family in (("Amina", "Yusuf"), ("Musa", "Diallo")):
        identity = IdentityDocument(given_name=given, family_name=family)
        actions.register(by=actor_of(made.account), draft=RegistrationDraft(identity=identity))


def keep_papers() -> None:
    """A paper of each of the two."""
    from dataclasses import replace

    from waystation.accounts.actors import actor_of
    from waystation.accounts.models import Account
    from waystation.casework.files import actions
    from waystation.casework.files.models import FileDocument
    from waystation.kernel.actors import Compartment
    from waystation.people.models import Person

    unlock()
    by = replace(actor_of(Account.objects.get()), compartments=frozenset(Compartment))
    for person in Person.objects.all():
        row = actions.begin(by=by, person_id=person.pk, size=len(PAPER))
        actions.put_part(by=by, file_id=row.pk, number=0, plain=PAPER)
        actions.finish(by=by, file_id=row.pk, compartment="basic", document=FileDocument(name="Paper", kind="letter"))


def read_papers() -> None:
    """Fails unless each paper that is left is whole."""
    from waystation.accounts.actors import actor_of
    from waystation.accounts.models import Account
    from waystation.casework.files import queries

    unlock()
    by = actor_of(Account.objects.get())
    (row,) = queries.visible_to(by)
    if b"".join(queries.content(row, by=by)[1]) != PAPER:
        sys.exit("the paper is not what was kept")


def unlock() -> None:
    """As the officer signs in."""
    from waystation.accounts.models import Account
    from waystation.vault import node

    node.unlock(Account.objects.get().pk, PASSPHRASE)


def erase_amina_and_change_the_epoch() -> None:
    """What a month may bring."""
    from waystation.accounts.actors import actor_of
    from waystation.accounts.models import Account
    from waystation.people import actions, search
    from waystation.vault import epochs

    unlock()
    by = actor_of(Account.objects.get())
    (amina,) = search.find("Amina Yusuf", by=by)
    actions.erase(by=by, person_id=amina.person.pk, reason="person-asked")
    epochs.rotate()


PAPER = b"A letter of the court " * 9
STEPS = {
    "begin": begin,
    "names": unlock,
    "keep-papers": keep_papers,
    "read-papers": read_papers,
    "erase-amina-and-change-the-epoch": erase_amina_and_change_the_epoch,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
