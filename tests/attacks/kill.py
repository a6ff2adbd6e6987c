"""Run as a process of its own: a node whose registering children are killed at random moments, again and again."""

import json
import os
import random
import signal
import sys
import time
from dataclasses import replace
from typing import Any
from uuid import UUID

from tests.attacks.plant import PASSPHRASE


def main(folder: str, rounds: int) -> None:
    """Kill `rounds` children while they register; tell how much they acknowledged and what of it is missing."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "WAYSTATION_DATA": folder}
    from waystation.cli.main import ready_node

    ready_node()
    from django.conf import settings
    from django.db import connections

    settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
    settings.SEARCH_BUILD = "now"
    from waystation.accounts.actors import actor_of
    from waystation.accounts.setup import set_up
    from waystation.audit.verify import verify_log
    from waystation.people.models import Person

    made = set_up(organisation="Two Rivers", country="IT", post="Bridge", handle="nadia", passphrase=PASSPHRASE)
    by = replace(actor_of(made.account), people_per_hour=10**6)
    chance = random.Random(9)
    acknowledged: list[str] = []
    for number in range(rounds):
        connections.close_all()
        acknowledged += one_round(by, number, chance.uniform(0.01, 0.15))
    known = {str(pk) for pk in Person.objects.values_list("pk", flat=True)}
    verdict = verify_log()
    missing = [pk for pk in acknowledged if pk not in known]
    print(json.dumps({"acknowledged": len(acknowledged), "missing": missing, "problems": verdict.problems}))


def one_round(by: Any, number: int, patience: float) -> list[str]:
    """Let a child register and kill it after a while; what it had acknowledged by then."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        register_without_end(by, number, write_end)
    os.close(write_end)
    time.sleep(patience)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read_end, "rb") as pipe:
        raw = pipe.read()
    return [str(UUID(bytes=raw[start : start + 16])) for start in range(0, len(raw) - len(raw) % 16, 16)]


def register_without_end(by: Any, number: int, write_end: int) -> None:
    """Register, acknowledge, register …"""
    from waystation.people import actions
    from waystation.people.documents import IdentityDocument
    from waystation.people.drafts import RegistrationDraft

    count = 0
    while True:
        draft = RegistrationDraft(
            identity=IdentityDocument(given_name=f"Round {number}", family_name=f"Person {count}")
        )
        made = actions.register(by=by, draft=draft)
        os.write(write_end, made.person.pk.bytes)
        count += 1


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
