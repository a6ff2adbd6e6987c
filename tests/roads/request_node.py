"""Run as a process of its own: one step in the life of a node that asks or is asked; prints what it found as JSON."""

import os
import signal
import sys
from typing import Any
from uuid import UUID

from tests.roads.exchange_node import STEPS, main, serve
from tests.roads.handover_node import worker


def know() -> str:
    """Somebody was helped here; the person's number."""
    from tests.casework.requests.mirror import met_there

    return str(met_there(worker()).pk)


def ask(peer: str) -> str:
    """Somebody new, who wishes that a peer is asked what it knows; the request's id."""
    from tests.casework.requests.mirror import agreed, met_here
    from tests.exchange.far import Far
    from waystation.casework.requests import asking

    by = worker()
    row = agreed(by, met_here(by), Far(id=UUID(peer)))
    return str(asking.ask(by=by, request_id=row.pk).pk)


def name(request: str) -> str:
    """They will look: they hear who it is."""
    from waystation.casework.requests import asking

    return str(asking.name(by=worker(), request_id=UUID(request)).state)


def take_back(request: str) -> None:
    """The person takes the consent back, where it was given."""
    from waystation.casework.requests.models import OurRequest
    from waystation.people.actions import withdraw_consent

    by, row = worker(), OurRequest.objects.get(pk=request)
    assert row.consent_id
    withdraw_consent(by=by, consent_id=row.consent_id)


def accept(request: str) -> str:
    """We will look."""
    from waystation.casework.requests import answering

    return str(answering.accept(by=worker(), request_id=_theirs(request).pk).state)


def tell(request: str, person: str) -> str:
    """What they asked of somebody whom we know waits to leave; how it stands then, or why nothing may be told."""
    from tests.casework.requests import mirror
    from waystation.casework.requests.models import OurRequest
    from waystation.kernel.errors import Problem
    from waystation.people import queries as people

    by = worker()
    try:
        return str(mirror.tell(by, OurRequest(pk=UUID(request)), people.get_for(by, UUID(person))).state)
    except Problem as problem:
        return problem.code


def serve_until(kind: str, port: str) -> str:
    """As `serve`, but dies without a word once a message of this kind is in the book, before its receipt is made."""
    from waystation.exchange import inbox
    from waystation.exchange.models import Incoming

    answers = inbox.answers

    def dying(taken: Any) -> Any:
        if Incoming.objects.filter(kind=kind).exists():
            os.kill(os.getpid(), signal.SIGKILL)
        return answers(taken)

    vars(inbox)["answers"] = dying
    return serve(port)


def stand() -> dict[str, Any]:
    """Where requests stand on both tables, what came of each, what is listed as told, what is still sealed."""
    from waystation.audit.verify import verify_log
    from waystation.casework.requests import queries
    from waystation.casework.requests.models import Found, OurRequest, TheirRequest
    from waystation.people.models import Disclosure

    by = worker()
    ours = OurRequest.objects.order_by("made_at")
    return {
        "ours": [row.state for row in ours],
        "theirs": [row.state for row in TheirRequest.objects.order_by("came_at")],
        "found": {str(row.pk): {one.name: value for one, value in queries.found_of(row, by=by)} for row in ours},
        "fields": Found.objects.count(),
        "listed": Disclosure.objects.count(),
        "means": TheirRequest.objects.exclude(sealed=None).count(),
        "log": list(verify_log().problems),
    }


def _theirs(request: str) -> Any:
    from waystation.casework.requests.models import TheirRequest

    return TheirRequest.objects.get(exchange=UUID(request))


STEPS |= {
    "know": know,
    "ask": ask,
    "name": name,
    "take-back": take_back,
    "accept": accept,
    "tell": tell,
    "serve-until": serve_until,
    "stand": stand,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
