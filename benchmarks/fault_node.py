"""A node that is killed and goes on: `python -m benchmarks.fault_node FOLDER PORT NAME`.

The program is loaded once; each life of the node is a process forked from it, with its own memory, connections and
keys, which reads its commands from standard input as in `benchmarks.node`. When one is killed, the next one begins.
"""

import json
import os
import random
import signal
import sys
import threading
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.node import STEPS, effects, known, make, officer, ready, send, step, trust

__all__ = ["effects", "make", "send", "trust"]
Act = tuple[Callable[..., Any], dict[str, Any]]
LOOKED_AT = 12


def main(folder: str, port: str, name: str) -> None:
    """One life after another, until one ends by itself."""
    ready(folder)
    from django.db import connections

    from waystation.config import serving

    serving.refuse_unsound_node()
    vars(serving)["refuse_unsound_node"] = lambda: None
    connections.close_all()
    killed = True
    while killed:
        life = os.fork()
        if not life:
            live(port, name)
            os._exit(0)
        _pid, status = os.waitpid(life, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("\n" + json.dumps({"ended": life}), flush=True)


def live(port: str, name: str) -> None:
    """Serve, send and obey."""
    from waystation.config import serving
    from waystation.exchange import sender

    sender.FIRST_WAIT, sender.LONGEST_WAIT, sender.FETCH_EVERY, sender.BEAT = 0.3, 1.5, 1.0, 0.2
    sender.SOONEST_AGAIN, sender.FILES_AT_ONCE = 0.05, 60
    say_who_calls(name)
    if known():
        officer()
    hear = threading.Thread(target=obey, daemon=True)
    serving.serve_node(host="127.0.0.1", port=int(port), ready=lambda _url: hear.start())


def say_who_calls(name: str) -> None:
    """Each call of this process bears its name: the road must know whom to kill as a message leaves."""
    opened = urllib.request.OpenerDirector.open

    def named(self: Any, request: Any, *given: Any, **more: Any) -> Any:
        request.add_header("User-agent", name)
        return opened(self, request, *given, **more)

    vars(urllib.request)["OpenerDirector"].open = named


def obey() -> None:
    """As `benchmarks.node.obey`; every answer bears its question's number, and what went wrong is told."""
    print(json.dumps({"ready": os.getpid()}), flush=True)
    for line in sys.stdin:
        told = json.loads(line)
        number, do = told.pop("number"), told.pop("do")
        try:
            said = {"answer": STEPS[do](**told)}
        except Exception as problem:  # noqa: BLE001 - told to who asked
            said = {"wrong": repr(problem)}
        print("\n" + json.dumps({"number": number, **said}), flush=True)
    os.kill(os.getpid(), signal.SIGTERM)


@step
def staff() -> None:
    """A caseworker and a supervisor, who may open as many people as there are."""
    from waystation.kernel.ids import new_id
    from waystation.vault import budget
    from waystation.vault.models import BudgetRelease

    officer()
    for role in ("caseworker", "coordinator"):
        account = at_work(role).account_id
        for later in (0, 1):
            hour = budget.this_hour() + timedelta(hours=later)
            BudgetRelease.objects.create(account=account, hour=hour, more=10**6, released_by=new_id())


@step
def offer_cases(peer: str, count: int) -> int:
    """People registered, their cases opened, and offered to a peer."""
    from tests.casework.handover.mirror import agreed, case_of
    from tests.exchange.far import Far

    from waystation.casework.handover import giving

    officer()
    by, supervisor = at_work("caseworker"), at_work("coordinator")
    for _ in range(count):
        row = agreed(by, case_of(by, supervisor), Far(id=UUID(peer)))
        giving.offer(by=by, handover_id=row.pk)
    return count


@step
def work(seed: str, acts: int) -> int:
    """Go on with handovers, some of them in ways that cross what the other side does."""
    from waystation.kernel.errors import Problem

    officer()
    chance, by, done = random.Random(seed), at_work("caseworker"), 0
    for _ in range(acts):
        possible = acts_on_given(chance) + acts_on_offered(chance)
        if possible:
            act, named = chance.choice(possible)
            with suppress(Problem):
                act(by=by, **named)
                done += 1
    return done


def acts_on_given(chance: random.Random) -> list[Act]:
    """What may be done with some of what is given."""
    from waystation.casework.handover import giving
    from waystation.casework.handover.models import Given

    usual = {"agreed": giving.offer, "accepted": giving.send}
    unusual: dict[str, Callable[..., Any]] = {"offered": giving.withdraw, "accepted": giving.withdraw}
    rows = (
        Given.objects.filter(state__in=["agreed", "offered", "accepted"])
        .order_by("state_at")
        .values_list("pk", "state")
    )
    return [
        (act, {"handover_id": number})
        for number, state in rows[:LOOKED_AT]
        if (act := (unusual if chance.random() < 0.1 else usual).get(state))
    ]


def acts_on_offered(chance: random.Random) -> list[Act]:
    """What may be done with some of what is offered."""
    from waystation.casework.handover import taking
    from waystation.casework.handover.models import Offered

    acts: list[Act] = []
    for number in Offered.objects.filter(state="offered").order_by("state_at").values_list("pk", flat=True)[:LOOKED_AT]:
        if chance.random() < 0.85:
            acts.append((taking.accept, {"offered_id": number}))
        else:
            acts.append((taking.refuse, {"offered_id": number, "reason": "full"}))
    for number in Offered.objects.filter(state="taken").order_by("-state_at").values_list("pk", flat=True)[:2]:
        acts.append((taking.tell_news, {"offered_id": number, "news": chance.choice(["arrived", "seen", "closed"])}))
        if chance.random() < 0.3:
            acts.append((taking.give_back, {"offered_id": number, "reason": "cannot"}))
    return acts


@step
def carry_out(stick: str) -> int:
    """What waits goes on a stick."""
    from waystation.exchange import folders

    return folders.export(by=officer(), folder=Path(stick)).messages


@step
def take_in(stick: str) -> dict[str, int]:
    """What is on a stick is taken in."""
    from waystation.exchange import folders

    return dict(folders.take_in(by=officer(), folder=Path(stick)).outcomes)


@step
def verify() -> list[str]:
    """What is wrong with the log."""
    from waystation.audit.verify import verify_log

    officer()
    return verify_log().problems


def at_work(role: str) -> Any:
    """Somebody trained who works here."""
    from tests.accounts.factories import make_account

    from waystation.accounts.actors import actor_of
    from waystation.accounts.models import Account
    from waystation.accounts.roles import Role
    from waystation.organisations.models import Post

    account = Account.objects.exclude(handle="nadia").filter(role=role).first()
    return actor_of(account or make_account(Role(role), handle=f"{role}-1", post=Post.objects.get()))


if __name__ == "__main__":
    main(*sys.argv[1:])
