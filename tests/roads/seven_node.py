"""Run as a process of its own: steps of one handover, named by its id, on either side; prints what it found as JSON."""

import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.roads import handover_node
from tests.roads.exchange_node import STEPS, main
from tests.roads.handover_node import at_work, worker


def case() -> str:
    """Somebody new, whose case may go."""
    from tests.casework.handover.mirror import case_of

    return str(case_of(worker(), at_work("coordinator")).pk)


def household() -> list[str]:
    """Two who travel together, each with a case that may go."""
    from tests.casework.handover.test_consent import open_for
    from tests.crowd import make_household
    from waystation.people import queries

    by = worker()
    actors = {"caseworker": by, "coordinator": at_work("coordinator")}
    found = queries.household_of(queries.get_for(by, make_household(by, members=2)), by=by)
    assert found is not None
    return [str(open_for(actors, member.person.pk).pk) for member in found.members]


def hand(case_id: str, peer: str, together: str) -> str:
    """Offer a case to a peer; the handover's id, or why not."""
    from tests.casework.handover.mirror import draft
    from tests.exchange.far import Far
    from waystation.casework.handover import giving
    from waystation.kernel import clock
    from waystation.kernel.errors import Problem
    from waystation.people.documents import ConsentDocument

    by = worker()
    wanted = draft(Far(id=UUID(peer)), **({"household": together} if together else {}))
    try:
        row = giving.begin(by=by, case_id=UUID(case_id), draft=wanted)
    except Problem as problem:
        return problem.code
    yes = ConsentDocument(read_back=True, given_by="guardian" if together else "self")
    giving.agree(by=by, handover_id=row.pk, document=yes, expires_on=clock.today() + timedelta(days=30))
    return str(giving.offer(by=by, handover_id=row.pk).pk)


def take_on(handover: str) -> str:
    """Accept what is offered."""
    from waystation.casework.handover import taking

    return str(taking.accept(by=worker(), offered_id=_offered(handover).pk).state)


def refuse(handover: str, reason: str) -> str:
    """Say no, and why."""
    from waystation.casework.handover import taking

    return str(taking.refuse(by=worker(), offered_id=_offered(handover).pk, reason=reason).state)


def hand_back(handover: str) -> str:
    """It cannot go on here."""
    from waystation.casework.handover import taking

    return str(taking.give_back(by=worker(), offered_id=_offered(handover).pk, reason="cannot").state)


def phone(handover: str, side: str, number: str) -> str:
    """What stands as the telephone on one side; written first when a number is given."""
    from waystation.people import actions as people
    from waystation.people import queries

    by = worker()
    row = _given(handover) if side == "given" else _offered(handover)
    person = queries.get_for(by, row.person_id)
    told = queries.identity_of(person, by=by)
    if number:
        people.correct(by=by, person_id=person.pk, revision=person.revision, changes=replace(told, phone=number))
    return str(queries.identity_of(queries.get_for(by, row.person_id), by=by).phone)


def correct(handover: str) -> str:
    """Tell them what is otherwise now."""
    from waystation.casework.handover import giving

    giving.correct(by=worker(), handover_id=UUID(handover))
    return "sent"


def stands(handover: str) -> dict[str, Any]:
    """The handover as this node has it: its state, whether it is ours, whose household, what waits to be seen."""
    from waystation.casework.handover.codes import WITH_US, Giving
    from waystation.casework.handover.models import Correction, Given, Offered
    from waystation.people.models import Membership

    worker()
    given = Given.objects.select_related("case").filter(pk=UUID(handover)).first()
    offered = Offered.objects.select_related("case").filter(exchange=UUID(handover)).first()
    row = given or offered
    if row is None:
        return {"state": None, "ours": False}
    ours = row.state != Giving.TAKEN if given else row.state in WITH_US
    assert row.case is None or ours is (row.case.state != "closed")
    household_id = Membership.objects.filter(person=row.person_id).values_list("household", flat=True).first()
    return {
        "state": row.state,
        "ours": ours,
        "refused": row.refused,
        "household": str(household_id or ""),
        "corrections": Correction.objects.filter(offered__exchange=UUID(handover), state="waiting").count(),
    }


def _given(handover: str) -> Any:
    from waystation.casework.handover.models import Given

    return Given.objects.get(pk=UUID(handover))


def _offered(handover: str) -> Any:
    from waystation.casework.handover.models import Offered

    return Offered.objects.get(exchange=UUID(handover))


STEPS |= {
    "case": case,
    "household": household,
    "hand": hand,
    "let-go": handover_node.let_go_now,
    "take-on": take_on,
    "refuse": refuse,
    "hand-back": hand_back,
    "phone": phone,
    "correct": correct,
    "stands": stands,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
