"""A person takes the consent back while the referral is being sent, again and again. Also run on a real file."""

import json
import os
import random
import sys
import time
from threading import Barrier, Thread
from typing import Any

PASSPHRASE = "lantern harbour seven quiet rivers"


def main(folder: str, rounds: int) -> None:
    """Make a node in a folder, try it so many times, and print what came of it."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "WAYSTATION_DATA": folder}
    from waystation.cli.main import ready_node

    ready_node()
    from django.conf import settings

    settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
    settings.SEARCH_BUILD = "now"
    from tests.nodes import make_node

    post = make_node(PASSPHRASE)
    print(json.dumps(race(post, rounds)))


def race(post: Any, rounds: int) -> dict[str, int]:
    """How often it left before, how often it was stopped, and how often it left after the answer to the withdrawal."""
    from tests.people.factories import staff

    by = staff("caseworker", post, people_per_hour=10**6)
    chance = random.Random(rounds)
    # A sending takes some twenty milliseconds: the withdrawal falls into every part of it.
    found = [_round(by, wait=max(0.0, chance.uniform(-0.01, 0.02))) for _place in range(rounds)]
    return {name: found.count(name) for name in ("before", "stopped", "after", "odd")}


def _round(by: Any, wait: float) -> str:
    from django.db import connection

    from tests.casework.referrals.factories import agreed
    from waystation.casework.referrals import actions
    from waystation.casework.referrals.codes import State
    from waystation.kernel.errors import Problem
    from waystation.people.actions import withdraw_consent
    from waystation.people.models import Disclosure

    referral, gate = agreed(by), Barrier(2)
    seen: dict[str, Any] = {}

    def take_back() -> None:
        gate.wait(5)
        time.sleep(wait)
        withdraw_consent(by=by, consent_id=referral.consent_id)  # type: ignore[arg-type]
        seen["told"] = Disclosure.objects.filter(person=referral.person_id).count()
        connection.close()

    def let_go() -> None:
        gate.wait(5)
        try:
            actions.send(by=by, referral_id=referral.pk, way="telephone")
        except Problem as refused:
            seen["refused"] = refused
        connection.close()

    threads = [Thread(target=take_back), Thread(target=let_go)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    referral.refresh_from_db()
    left = Disclosure.objects.filter(person=referral.person_id).count()
    if "told" not in seen or left != seen["told"]:
        return "after"
    stopped = "refused" in seen and left == 0 and referral.state == State.DRAFT
    before = "refused" not in seen and left == 1 and referral.state == State.RECALLED
    return "stopped" if stopped else "before" if before else "odd"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
