"""A node in a process of its own, told by lines of JSON on its standard input what to do; answers in lines of JSON.

Run as `python -m benchmarks.node FOLDER [PORT]`; with a port it also serves, as `waystation serve` does.
"""

import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

PASSPHRASE = "lantern harbour seven quiet rivers"
KIND = "test.note"
STEPS: dict[str, Callable[..., Any]] = {}


def step(function: Callable[..., Any]) -> Callable[..., Any]:
    """What a line may ask for, by its name."""
    STEPS[function.__name__] = function
    return function


def main(folder: str, port: str = "") -> None:
    """Do what is said until the input ends."""
    ready(folder)
    if not port:
        obey()
        return
    from waystation.config.serving import serve_node

    if known():
        officer()
    hear = threading.Thread(target=obey_and_end, daemon=True)
    serve_node(host="127.0.0.1", port=int(port), ready=lambda _url: hear.start())


def ready(folder: str) -> None:
    """Django on the node's folder; cheap Argon2id, for it is not what is measured."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "waystation.config.settings",
        "WAYSTATION_DATA": folder,
        "WAYSTATION_IDLE_MINUTES": "600",
    }
    from waystation.cli.main import ready_node

    ready_node()
    from django.conf import settings

    settings.ARGON2 = {"time_cost": 1, "memory_kib": 64, "parallelism": 1}
    settings.SEARCH_BUILD = "now"
    from django.db import connection

    from waystation.exchange import kinds

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_effect (message text, words text)")

    kinds.register(
        kinds.Kind(
            code=KIND,
            version=1,
            purpose="Bench",
            legal_basis="Bench",
            fields={"text": kinds.Field("text", most=100_000), "file": kinds.Field("bytes", most=10**6, needed=False)},
            retention_days=1,
            handler=take,
        )
    )


def obey() -> None:
    """One line, one act, one answer."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        told = json.loads(line)
        answer = STEPS[told.pop("do")](**told)
        print(json.dumps(answer), flush=True)


def obey_and_end() -> None:
    """As `obey`, beside a server, which ends with the input."""
    try:
        obey()
    finally:
        os.kill(os.getpid(), signal.SIGTERM)


def take(received: Any) -> None:
    """The effect of a note: a row of its own, which a second effect would double."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_effect VALUES (%s, %s)", [received.id.hex, received.body["text"]])


def known() -> bool:
    """Whether the node was set up."""
    from waystation.accounts.models import Account

    return Account.objects.filter(handle="nadia").exists()


def officer() -> Any:
    """The coordinator, with the node open."""
    from waystation.accounts.actors import actor_of
    from waystation.accounts.models import Account
    from waystation.vault import node

    account = Account.objects.get(handle="nadia")
    if not node.is_unlocked():
        node.unlock(account.pk, PASSPHRASE)
    return actor_of(account)


@step
def make(name: str, address: str) -> str:
    """Set the node up; its descriptor."""
    from waystation.accounts.setup import set_up
    from waystation.exchange import actions, descriptors, identity

    set_up(organisation=name, country="IT", post="Bridge", handle="nadia", passphrase=PASSPHRASE)
    if address:
        actions.announce(by=officer(), addresses=[address])
    return descriptors.to_text(bytes(identity.required().descriptor))


@step
def trust(text: str) -> str:
    """Trust another node; its id."""
    from waystation.exchange import actions, descriptors

    peer = actions.meet(by=officer(), file=descriptors.from_text(text))
    return str(actions.trust(by=officer(), peer_id=peer.pk, words=actions.fingerprint_of(peer)).pk)


@step
def pin(core: int) -> None:
    """Keep to one core, all threads: whoever is measured beside this keeps to it too."""
    for thread in Path("/proc/self/task").iterdir():
        os.sched_setaffinity(int(thread.name), {core})


@step
def send(peer: str, count: int, text: str, file: int = 0, together: int = 500) -> int:
    """Send notes, so many in one transaction."""
    from waystation.exchange import actions

    body = {"text": text} | ({"file": bytes(file)} if file else {})
    for start in range(0, count, together):
        messages = [(None, body)] * min(together, count - start)
        actions.send_many(by=officer(), peer_id=UUID(peer), kind=KIND, messages=messages)
    return count


@step
def bring() -> int:
    """Bring everything that waits to whom it is for; how many have no receipt then."""
    from waystation.exchange.models import Outgoing
    from waystation.exchange.sender import Sender

    sender, waiting = Sender(), Outgoing.objects.filter(state="waiting")
    while waiting.exists():
        sender.go_round()
    return Outgoing.objects.filter(state__in=["waiting", "left"]).count()


@step
def spent() -> float:
    """Seconds of processor time until now, of all threads."""
    return time.process_time()


@step
def effects() -> int:
    """How many notes had their effect."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_effect")
        (count,) = cursor.fetchone()
    return int(count)


@step
def carry_in(stick: str) -> dict[str, Any]:
    """Take a stick in; what became of its files, the seconds, and this process's memory at its highest, in MB."""
    from waystation.exchange import folders

    by, start = officer(), time.perf_counter()
    outcomes = folders.take_in(by=by, folder=Path(stick)).outcomes
    seconds = time.perf_counter() - start
    return {"outcomes": dict(outcomes), "seconds": seconds, "peak_mb": peak_mb()}


@step
def peak_mb() -> float:
    """This process's memory at its highest."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@step
def fill_stick(stick: str, peer: str, first: int, count: int, text: str) -> int:
    """Write notes sealed for a peer onto a stick, without keeping them here."""
    import hashlib

    from waystation.exchange import kinds
    from waystation.exchange.models import Peer
    from waystation.exchange.sealing import sealer_for

    officer()
    sealer, kind = sealer_for(Peer.objects.get(pk=peer)), kinds.newest(KIND)
    for seq in range(first, first + count):
        _id, file = sealer.seal(kind, {"text": text}, seq)
        (Path(stick) / f"{hashlib.sha256(file).hexdigest()}.wsm").write_bytes(file)
    return count


if __name__ == "__main__":
    main(*sys.argv[1:])
