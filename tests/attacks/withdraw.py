"""A person takes the consent back while a referral, a handover or the answer to a request leaves, again and again.

Also run on a real file.
"""

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
    stopped: frozenset[str]
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
    prepare = KINDS[what](post, by)
    chance = random.Random(rounds)
    # Each takes some twenty milliseconds: one falls into every part of the other.
    found = [_round(by, prepare(), later=chance.uniform(-0.02, 0.02)) for _place in range(rounds)]
    return {name: found.count(name) for name in ("before", "stopped", "after", "odd")}


def referral(_post: Any, by: Any) -> Callable[[], Leaving]:
    """Referrals that wait to be sent."""
    from tests.casework.referrals.factories import agreed
    from waystation.casework.referrals import actions
    from waystation.casework.referrals.codes import State
    from waystation.casework.referrals.models import Referral
    from waystation.people.models import Disclosure

    def prepare() -> Leaving:
        row = agreed(by)
        assert row.consent_id
        return Leaving(
            consent_id=row.consent_id,
            send=lambda: actions.send(by=by, referral_id=row.pk, way="telephone"),
            left=lambda: Disclosure.objects.filter(person=row.person_id).count(),
            state=lambda: Referral.objects.get(pk=row.pk).state,
            stopped=frozenset({State.DRAFT}),
            before=State.RECALLED,
        )

    return prepare


def handover(post: Any, by: Any) -> Callable[[], Leaving]:
    """Handovers that were accepted and wait for what was agreed to be sent."""
    from tests.casework.handover.mirror import agreed, case_of
    from tests.people.factories import staff
    from waystation.casework.handover import giving
    from waystation.casework.handover.models import Given

    supervisor, far = staff("coordinator", post, people_per_hour=10**6), trusted(post)

    def prepare() -> Leaving:
        row = agreed(by, case_of(by, supervisor), far)
        giving.offer(by=by, handover_id=row.pk)
        Given.objects.filter(pk=row.pk).update(state="accepted")
        assert row.consent_id

        def send() -> None:
            giving.send(by=by, handover_id=row.pk)
            bundle(row.peer)

        return Leaving(
            consent_id=row.consent_id,
            send=send,
            left=lambda: on_the_road("handover.content/", row.pk),
            state=lambda: Given.objects.get(pk=row.pk).state,
            stopped=frozenset({"withdrawn"}),
            before="sent",
        )

    return prepare


def request(post: Any, by: Any) -> Callable[[], Leaving]:
    """Requests of another organisation that said whom it means: what is told is to leave under a consent given here."""
    from tests.casework.requests.mirror import Road, asked, met_here, other_side, tell
    from tests.people.factories import registered
    from waystation.casework.requests.models import OurRequest, TheirRequest
    from waystation.exchange.models import Outgoing

    far, person = trusted(post), met_here(by)

    def prepare() -> Leaving:
        # Nobody may ask so often: what was asked before is out of the way.
        for rows in (OurRequest.objects, TheirRequest.objects):
            rows.all().delete()
        known = registered(by, "Sälam", "Tesfai", phone="+49 170 5550123").person
        consent = allowed(by, known.pk)
        row = asked(by, person, Road(far, seen=set(Outgoing.objects.values_list("pk", flat=True))))
        TheirRequest.objects.update(state="named")
        theirs = other_side(row)

        def send() -> None:
            tell(by, row, known, under="ours")
            bundle(theirs.peer)

        return Leaving(
            consent_id=consent.pk,
            send=send,
            left=lambda: on_the_road("request.told/", theirs.pk),
            state=lambda: TheirRequest.objects.get(pk=theirs.pk).state,
            # Nothing was told, or they hear that there is nothing in its place.
            stopped=frozenset({"named", "nothing"}),
            before="told",
        )

    return prepare


KINDS: dict[str, Callable[[Any, Any], Callable[[], Leaving]]] = {
    "referral": referral,
    "handover": handover,
    "request": request,
}


def trusted(post: Any) -> Any:
    """Another organisation's node, trusted here."""
    from tests.exchange.conftest import befriend
    from tests.exchange.far import Far
    from tests.people.factories import staff

    far = Far()
    befriend(far, {"coordinator": staff("coordinator", post)})
    return far


def allowed(by: Any, person_id: UUID) -> Any:
    """The person's yes to us that what we know may be told to such organisations."""
    from waystation.kernel import clock
    from waystation.people.actions import give_consent
    from waystation.people.codes import USUAL_CONSENT
    from waystation.people.documents import ConsentDocument

    return give_consent(
        by=by,
        person_id=person_id,
        purpose="referral",
        recipient_kind="society",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + USUAL_CONSENT,
    )


def bundle(peer: Any) -> None:
    """What waits leaves, as the sender lets it."""
    from waystation.exchange import outbox
    from waystation.exchange.codes import SentState

    outbox.bundle(peer, most_files=100, most_bytes=1_000_000, states=(SentState.WAITING,))


def on_the_road(kind: str, subject: UUID) -> int:
    """How many messages of a kind about something have left."""
    from waystation.exchange.codes import SentState
    from waystation.exchange.models import Outgoing

    return Outgoing.objects.filter(subject=subject, kind__startswith=kind, state=SentState.LEFT).count()


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
    stopped = left == 0 and state in leaving.stopped
    before = "refused" not in seen and left == 1 and state == leaving.before
    return "stopped" if stopped else "before" if before else "odd"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
