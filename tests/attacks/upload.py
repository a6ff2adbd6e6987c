"""Run as a process of its own: 50 MB arrive while the process that takes them is killed, again and again."""

import hashlib
import json
import os
import random
import resource
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.attacks.plant import PASSPHRASE

SIZE = 50 * 1024 * 1024
MARK = b"WAYSTATION-MARKER-" * 3640
"""65 520 bytes: stands more than once in every part."""
REASON = "He waits for the letter of the court"


def main(folder: str, rounds: int) -> None:
    """Upload with at least so many kills; tell what is there in the end, and what can be read on the disk."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "WAYSTATION_DATA": folder}
    from waystation.cli.main import ready_node

    ready_node()
    from django.conf import settings

    settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
    settings.SEARCH_BUILD = "now"
    print(json.dumps(arrive(Path(folder), rounds)))


def arrive(folder: Path, rounds: int) -> dict[str, Any]:
    """The whole of it."""
    from django.db import connections

    from tests.people.factories import registered
    from waystation.accounts.actors import actor_of
    from waystation.accounts.setup import set_up
    from waystation.casework.cases import actions as cases
    from waystation.casework.cases.documents import CaseDocument
    from waystation.casework.files import actions, queries
    from waystation.casework.files.models import FileDocument
    from waystation.kernel.actors import Compartment
    from waystation.vault import node, open_document

    made = set_up(organisation="Two Rivers", country="IT", post="Bridge", handle="nadia", passphrase=PASSPHRASE)
    by = replace(actor_of(made.account), people_per_hour=10**6, compartments=frozenset(Compartment))
    other = replace(by, account_id=UUID(int=7))
    person = registered(by, "Idris").person
    draft = cases.CaseDraft(kind="general", risk="low", reason=REASON)
    case = cases.open_case(by=by, person_id=person.pk, draft=draft)
    row = actions.begin(by=by, person_id=person.pk, size=SIZE)
    chance, kills, seen_half, readable, fattest = random.Random(3), 0, 0, 0, 0
    while True:
        connections.close_all()
        fattest = max(fattest, one_round(by, row, chance.uniform(0.02, 0.3) if kills < rounds else None))
        seen_half += len(queries.of_person(person, by=other))
        readable += marks_in(folder)
        if kills >= rounds:
            break
        kills += 1
    said = FileDocument(name="Letter.pdf", kind="letter")
    digest = hashlib.sha256(content(0, SIZE)).hexdigest()
    done = actions.finish(by=by, file_id=row.pk, compartment="basic", document=said, digest=digest)
    same = hashlib.sha256(b"".join(queries.content(done, by=by)[1])).hexdigest() == digest
    told = open_document(case, CaseDocument, by=by).reason
    node.lock("test")
    return {
        "kills": kills,
        "same": same,
        "seen_half": seen_half,
        "case": told == REASON,
        "readable": readable + marks_in(folder),
        "memory_mb": fattest // 1024,
    }


def content(start: int, length: int) -> bytes:
    """Bytes of the file, each part different and full of marks."""
    whole = MARK * (SIZE // len(MARK) + 1)
    plain = bytearray(whole[start : start + length])
    for place in range(0, length, 4096):
        plain[place : place + 8] = (start + place).to_bytes(8, "big")[: length - place]
    return bytes(plain)


def one_round(by: Any, row: Any, patience: float | None) -> int:
    """Let a child put what is missing, and kill it after a while; how far its memory grew, in KiB."""
    from waystation.casework.files import actions, store
    from waystation.vault.stream import PART

    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        there = set(store.there(row.pk, SIZE))
        for number in (one for one in range(store.how_many(SIZE)) if one not in there):
            actions.put_part(by=by, file_id=row.pk, number=number, plain=content(number * PART, PART))
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            os.write(write_end, grown.to_bytes(8, "big"))
        os._exit(0)
    os.close(write_end)
    if patience is not None:
        time.sleep(patience)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read_end, "rb") as pipe:
        raw = pipe.read()
    return max((int.from_bytes(raw[at : at + 8], "big") for at in range(0, len(raw) - 7, 8)), default=0)


def marks_in(folder: Path) -> int:
    """Files below a folder in which the content can be read."""
    return sum(MARK[:18] in path.read_bytes() for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
