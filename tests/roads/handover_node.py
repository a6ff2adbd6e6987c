"""Run as a process of its own: one step in the life of a node that hands cases over; prints what it found as JSON."""

import sys
from typing import Any
from uuid import UUID

from tests.roads.exchange_node import STEPS, main, officer


def at_work(role: str) -> Any:
    """Somebody trained who works here."""
    from tests.accounts.factories import make_account
    from waystation.accounts.actors import actor_of
    from waystation.accounts.models import Account
    from waystation.accounts.roles import Role
    from waystation.organisations.models import Post

    account = Account.objects.exclude(handle="nadia").filter(role=role).first()
    return actor_of(account or make_account(Role(role), handle=f"{role}-1", post=Post.objects.get()))


def worker() -> Any:
    """A caseworker, with the node open."""
    officer()
    return at_work("caseworker")


def begin(peer: str) -> str:
    """Somebody new, whose case is offered to a peer; the handover's id."""
    from tests.casework.handover.mirror import case_of

    by, supervisor = worker(), at_work("coordinator")
    return _offered(by, case_of(by, supervisor), peer)


def begin_with_file(peer: str, parts: str) -> str:
    """Somebody new, whose case is offered with a file of so many MiB going along; the handover's id."""
    from tests.casework.handover.enclosing import content, kept
    from tests.casework.handover.mirror import agreed, case_of
    from tests.exchange.far import Far
    from waystation.casework.handover import giving

    by, supervisor = worker(), at_work("coordinator")
    case = case_of(by, supervisor)
    file = kept(by, case.person_id, content(int(parts) * 1024 * 1024))
    row = agreed(by, case, Far(id=UUID(peer)), fields=("name", "files"), files=(file.pk,))
    return str(giving.offer(by=by, handover_id=row.pk).pk)


def sweep() -> int:
    """What the housekeeping of a later week takes out of the folder of files."""
    from datetime import timedelta

    import time_machine

    from waystation.casework.files import keeping
    from waystation.kernel import clock

    worker()
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        return keeping.sweep(clock.now())


def files() -> dict[str, Any]:
    """The digests of all whole files, and where what goes and comes along stands."""
    from hashlib import sha256

    from waystation.casework.files.models import StoredFile
    from waystation.casework.files.queries import plain_of
    from waystation.casework.handover.models import EnclosureComing, EnclosureGoing

    worker()
    return {
        "whole": [sha256(b"".join(plain_of(row))).hexdigest() for row in StoredFile.objects.all()],
        "going": list(EnclosureGoing.objects.values_list("state", flat=True)),
        "coming": list(EnclosureComing.objects.values_list("state", flat=True)),
    }


def pass_on(peer: str) -> str:
    """The case that was taken over is offered further; the handover's id."""
    from tests.casework.handover.mirror import let_go
    from waystation.casework.handover.models import Offered

    by, supervisor = worker(), at_work("coordinator")
    case = Offered.objects.get(state="taken").case
    assert case is not None
    let_go(by, supervisor, case)
    return _offered(by, case, peer)


def _offered(by: Any, case: Any, peer: str) -> str:
    from tests.casework.handover.mirror import agreed
    from tests.exchange.far import Far
    from waystation.casework.handover import giving

    row = agreed(by, case, Far(id=UUID(peer)))
    return str(giving.offer(by=by, handover_id=row.pk).pk)


def accept() -> str:
    """Take over what is offered."""
    from waystation.casework.handover import taking
    from waystation.casework.handover.models import Offered

    by = worker()
    return str(taking.accept(by=by, offered_id=Offered.objects.get(state="offered").pk).state)


def let_go_now(handover: str) -> str:
    """They accepted: what was agreed leaves."""
    from waystation.casework.handover import giving

    return str(giving.send(by=worker(), handover_id=UUID(handover)).state)


def give_back() -> str:
    """It cannot go on here."""
    from waystation.casework.handover import taking
    from waystation.casework.handover.models import Offered

    by = worker()
    return str(taking.give_back(by=by, offered_id=Offered.objects.get(state="taken").pk, reason="cannot").state)


def stand() -> dict[str, Any]:
    """What is given, what is offered, whose cases are open, who is known."""
    from waystation.casework.cases.models import Case
    from waystation.casework.handover.models import Given, Offered
    from waystation.people import queries as people
    from waystation.people.models import Person

    by = worker()
    return {
        "given": list(Given.objects.order_by("made_at").values_list("state", flat=True)),
        "offered": list(Offered.objects.order_by("came_at").values_list("state", flat=True)),
        "cases": list(Case.objects.order_by("opened_at").values_list("state", flat=True)),
        "people": [people.identity_of(person, by=by).display_name for person in Person.objects.all()],
    }


STEPS |= {
    "begin": begin,
    "begin-with-file": begin_with_file,
    "files": files,
    "sweep": sweep,
    "pass-on": pass_on,
    "accept": accept,
    "let-go": let_go_now,
    "give-back": give_back,
    "stand": stand,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
