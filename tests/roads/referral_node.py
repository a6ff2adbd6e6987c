"""Run as a process of its own: one step in the life of a node that refers people; prints what it found as JSON."""

import sys
from typing import Any
from uuid import UUID

from tests.roads.exchange_node import STEPS, main
from tests.roads.handover_node import worker


def refer(peer: str) -> str:
    """Somebody new, for whom a peer is asked without a name; the referral's id."""
    from tests.casework.asked.mirror import sent
    from tests.exchange.far import Far

    return str(sent(worker(), Far(id=UUID(peer))).pk)


def tell(referral: str) -> str:
    """They would help: what was agreed leaves."""
    from waystation.casework.referrals import road

    return str(road.tell(by=worker(), referral_id=UUID(referral)).state)


def take_back(referral: str) -> None:
    """The person takes the consent back."""
    from waystation.casework.referrals.models import Referral
    from waystation.people.actions import withdraw_consent

    by, row = worker(), Referral.objects.get(pk=referral)
    assert row.consent_id
    withdraw_consent(by=by, consent_id=row.consent_id)


def answer(act: str) -> str:
    """What the one referral here comes to next."""
    from waystation.casework.asked import answering
    from waystation.casework.asked.models import Asked

    by, row = worker(), Asked.objects.get()
    if act == "accept":
        return str(answering.accept(by=by, asked_id=row.pk).state)
    return str(answering.go_on(by=by, asked_id=row.pk, act=act).state)


def stand() -> dict[str, Any]:
    """Where referrals stand on both tables, who is known, how much was told, how many cases are open."""
    from waystation.casework.asked import queries
    from waystation.casework.asked.models import Asked
    from waystation.casework.cases.models import Case
    from waystation.casework.referrals.models import Referral
    from waystation.people import queries as people
    from waystation.people.models import Person

    by = worker()
    return {
        "ours": list(Referral.objects.values_list("state", flat=True)),
        "asked": list(Asked.objects.values_list("state", flat=True)),
        "people": [people.identity_of(person, by=by).display_name for person in Person.objects.all()],
        "told": [sorted(queries.told_in(queries.document_of(row, by=by))) for row in Asked.objects.all()],
        "cases": Case.objects.count(),
    }


STEPS |= {"refer": refer, "tell": tell, "take-back": take_back, "answer": answer, "stand": stand}

if __name__ == "__main__":
    main(*sys.argv[1:])
