"""A person takes the consent back while a referral or a handover leaves, again and again. Also run on a real file."""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

PASSPHRASE = "lantern harbour seven quiet rivers"


@dataclass(frozen=True)
class Leaving:
    """Something that is to leave: under which consent, by which act, how much has left, where it stands."""

    consent_id: UUID
    send: Callable[[], object]
    left: Callable[[], int]
    state: Callable[[], str]
    stopped: str
    before: str


def main(folder: str, rounds: int, what: str) -> None:
    """Make a node in a folder, try it so many times, and print what came of it."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "WAYSTATION_DATA": folder}
    from waystation.cli.main import ready_node

    ready_node()
    from django.conf import settings

    settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
    settings.SEARCH_BUILD = "now"
    from tests.nodes import make_node

    post = make_node(PASSPHRASE)
    print(json.dumps(race(post, rounds, what)))


def race(post: Any, rounds: int, what: str) -> dict[str, int]:
    """How often it left before, how often it was stopped, and how often it left after the answer to the withdrawal."""
    from tests.people.factories import staff

    by = staff("caseworker", post, people_per_hour=10**6)
    prepare = referral if what == "referral" else handover(post, by)
    chance = random.Random(rounds)
    # Each takes some twenty milliseconds: one falls into every part of the other.
    found = [_round(by, prepare(by), later=chance.uniform(-0.02, 0.02)) for _place in range(rounds)]
    return {name: found.count(name) for name in ("before", "stopped", "after", "odd")}


def referral(by: Any) -> Leaving:
    """A referral that waits to be sent."""
    from tests.casework.referrals.factories import agreed
    from waystation.casework.referrals import actions
    from waystation.casework.referrals.codes import State
    from waystation.casework.referrals.models import Referral
    from waystation.people.models import Disclosure

    row = agreed(by)
    assert row.consent_id
    return Leaving(
        consent_id=row.consent_id,
        send=lambda: actions.send(by=by, referral_id=row.pk, way="telephone"),
        left=lambda: Disclosure.objects.filter(person=row.person_id).count(),
        state=lambda: Referral.objects.get(pk=row.pk).state,
        stopped=State.DRAFT,
        before=State.RECALLED,
    )


def handover(post: Any, by: Any) -> Callable[[Any], Leaving]:
    """Handovers that were accepted and wait for what was agreed to be sent."""
    from tests.casework.handover.mirror import agreed, case_of
    from tests.exchange.conftest import befriend
    from tests.exchange.far import Far
    from tests.people.factories import staff
    from waystation.casework.handover import giving
    from waystation.casework.handover.models import Given
    from waystation.exchange import outbox
    from waystation.exchange.codes import SentState
    from waystation.exchange.models import Outgoing

    supervisor, far = staff("coordinator", post, people_per_hour=10**6), Far()
    befriend(far, {"coordinator": supervisor})

    def prepare(_by: Any) -> Leaving:
        row = agreed(by, case_of(by, supervisor), far)
        giving.offer(by=by, handover_id=row.pk)
        Given.objects.filter(pk=row.pk).update(state="accepted")
        left = Outgoing.objects.filter(subject=row.pk, kind__startswith="handover.content/", state=SentState.LEFT)
        assert row.consent_id

        def send() -> None:
            giving.send(by=by, handover_id=row.pk)
            outbox.bundle(row.peer, most_files=100, most_bytes=1_000_000, states=(SentState.WAITING,))

        return Leaving(
            consent_id=row.consent_id,
            send=send,
            left=left.count,
            state=lambda: Given.objects.get(pk=row.pk).state,
            stopped="withdrawn",
            before="sent",
        )

    return prepare


def _round(by: Any, leaving: Leaving, later: float) -> str:
    from django.db import connection

    from waystation.kernel.errors import Problem
    from waystation.people.actions import withdraw_consent

    gate = Barrier(2)
    seen: dict[str, Any] = {}

    def take_back() -> None:
        gate.wait(5)
        time.sleep(max(0.0, later))
        withdraw_consent(by=by, consent_id=leaving.consent_id)
        seen["told"] = leaving.left()
        connection.close()

    def let_go() -> None:
        gate.wait(5)
        time.sleep(max(0.0, -later))
        try:
            leaving.send()
        except Problem as refused:
            seen["refused"] = refused
        connection.close()

    threads = [Thread(target=take_back), Thread(target=let_go)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    left, state = leaving.left(), leaving.state()
    if "told" not in seen or left != seen["told"]:
        return "after"
    stopped = left == 0 and state == leaving.stopped
    before = "refused" not in seen and left == 1 and state == leaving.before
    return "stopped" if stopped else "before" if before else "odd"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
