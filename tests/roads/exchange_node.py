"""Run as a process of its own: one step in the life of a node that exchanges messages; prints what it found as JSON."""

import json
import os
import sys
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

PASSPHRASE = "lantern harbour seven quiet rivers"


def main(step: str, folder: str, *given: str) -> None:
    """Do one of STEPS on the node in a folder."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "waystation.config.settings", "WAYSTATION_DATA": folder}
    from waystation.cli.main import ready_node

    ready_node()
    from django.conf import settings

    settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
    settings.SEARCH_BUILD = "now"
    register()
    print(json.dumps(STEPS[step](*given)), flush=True)


def register() -> None:
    """The kind that this test sends: its effect is a row that a second effect would double."""
    from waystation.exchange import kinds

    kinds.register(
        kinds.Kind(
            code="test.note",
            version=1,
            purpose="Test",
            legal_basis="Test",
            fields={"text": kinds.Field("text")},
            retention_days=1,
            handler=take,
            begins=True,
        )
    )


def take(received: Any) -> None:
    """Write it down under a name of its own."""
    from waystation.organisations.models import Partner

    Partner.objects.create(name=str(uuid4()), kind="school", services=received.body["text"])


def officer() -> Any:
    """The coordinator, with the node open."""
    from waystation.accounts.actors import actor_of
    from waystation.accounts.models import Account
    from waystation.vault import node

    account = Account.objects.get(handle="nadia")
    if not node.is_unlocked():
        node.unlock(account.pk, PASSPHRASE)
    return actor_of(account)


def make(name: str, address: str) -> str:
    """A new node; its descriptor."""
    from waystation.accounts.setup import set_up
    from waystation.exchange import actions, descriptors, identity

    set_up(organisation=name, country="IT", post="Bridge", handle="nadia", passphrase=PASSPHRASE)
    if address:
        actions.announce(by=officer(), addresses=[address])
    return descriptors.to_text(bytes(identity.required().descriptor))


def trust(text: str) -> str:
    """Write another node down and trust it; its id."""
    from waystation.exchange import actions, descriptors

    peer = actions.meet(by=officer(), file=descriptors.from_text(text))
    return str(actions.trust(by=officer(), peer_id=peer.pk, words=actions.fingerprint_of(peer)).pk)


def route(peer: str, relay: str, holds: str) -> str:
    """Say who holds a peer's mail."""
    from waystation.exchange import actions

    made = actions.route(
        by=officer(), peer_id=UUID(peer), relay_id=UUID(relay) if relay else None, holds_mail=bool(holds)
    )
    return str(made.pk)


def send(peer: str, prefix: str, count: str) -> int:
    """Send so many notes."""
    from waystation.exchange import actions

    for number in range(int(count)):
        body = {"text": f"{prefix}{number}"}
        actions.send(by=officer(), peer_id=UUID(peer), kind="test.note", subject=None, body=body)
    return int(count)


def circle(peer: str) -> str:
    """Write a circle with a peer and sign it: both are its stewards, and only we may begin."""
    from datetime import timedelta

    from waystation.exchange import identity
    from waystation.exchange.circles import actions
    from waystation.exchange.circles.documents import Circle, Member, Steward
    from waystation.exchange.models import Peer
    from waystation.kernel.clock import now

    by, other = officer(), Peer.objects.get(pk=peer)
    us, key = identity.node_id(), identity.signing_key().public_key().public_bytes_raw()
    made = Circle(
        id=uuid4(),
        number=1,
        at=now(),
        name="Coast road",
        purpose="Notes",
        agreement="Answer.",
        until=now() + timedelta(days=9),
        k=2,
        stewards=(Steward(node=us, key=key), Steward(node=other.pk, key=bytes(other.signing))),
        members=(Member(node=us, name="We", begins=("test.note",)), Member(node=other.pk, name="They")),
    )
    actions.draft(by=by, circle=made)
    actions.sign(by=by, circle_id=made.id, digest=made.digest)
    return str(made.id)


def sign(circle_id: str) -> str:
    """Sign the one version of a circle that waits; the circle's state then."""
    from waystation.exchange.circles import actions
    from waystation.exchange.models import CircleDraft

    draft = CircleDraft.objects.get(circle=UUID(circle_id))
    return str(actions.sign(by=officer(), circle_id=UUID(circle_id), digest=draft.digest).state)


def leave(circle_id: str) -> str:
    """Leave a circle."""
    from waystation.exchange.circles import actions

    return str(actions.leave(by=officer(), circle_id=UUID(circle_id)).state)


def refused(peer: str) -> str:
    """Send a note that nobody may send: by which code it is refused."""
    from waystation.kernel.errors import Problem

    try:
        send(peer, "refused-", "1")
    except Problem as problem:
        return problem.code
    return ""


def export(stick: str) -> int:
    """What waits goes on a stick."""
    from waystation.exchange import folders

    return folders.export(by=officer(), folder=Path(stick)).messages


def take_in(stick: str) -> dict[str, int]:
    """What is on a stick is taken."""
    from waystation.exchange import folders

    return dict(folders.take_in(by=officer(), folder=Path(stick)).outcomes)


def serve(port: str) -> str:
    """Serve, opened, until killed."""
    officer()
    from waystation.config.serving import serve_node
    from waystation.exchange import sender

    sender.FIRST_WAIT, sender.LONGEST_WAIT, sender.FETCH_EVERY, sender.BEAT = 0.3, 1.0, 0.5, 0.2
    sender.SOONEST_AGAIN, sender.FILES_AT_ONCE = 0.05, 7
    serve_node(host="127.0.0.1", port=int(port), ready=lambda url: print(url, flush=True))
    return "ended"


def told() -> dict[str, Any]:
    """What was taken and what became of what was sent; whether the logs hold."""
    from waystation.audit.verify import verify_log
    from waystation.exchange.models import Outgoing, Peer
    from waystation.organisations.models import Partner

    officer()
    return {
        "taken": sorted(Partner.objects.values_list("services", flat=True)),
        "sent": sorted(Outgoing.objects.filter(kind="test.note/1").values_list("state", flat=True)),
        "log": verify_log().problems,
        "peers": [
            {"their": peer.their_size, "seen": peer.seen_size, "problem": peer.log_problem, "later": peer.came_later}
            for peer in Peer.objects.all()
        ],
    }


STEPS: dict[str, Any] = {
    "make": make, "trust": trust, "route": route, "send": send, "export": export, "import": take_in, "serve": serve,
    "told": told, "circle": circle, "sign": sign, "leave": leave, "refused": refused,
}  # fmt: skip

if __name__ == "__main__":
    main(*sys.argv[1:])
