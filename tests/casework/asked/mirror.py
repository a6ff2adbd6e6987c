"""A node that refers to itself: what leaves for the other organisation is opened there by the protocol, and comes back
from it (as `tests/casework/handover/mirror.py` says)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.casework.handover import mirror
from tests.exchange.far import Far
from tests.people.factories import registered
from waystation.casework.asked.models import Asked
from waystation.casework.referrals import actions
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument

FIELDS = ("name", "age", "sex", "languages", "phone", "reason", "deadline")


@dataclass
class Road(mirror.Road):
    """What has left about referrals and has not come."""

    room: str = "referral."


def drafted(by: Actor, far: Far, *, fields: tuple[str, ...] = FIELDS, **said: Any) -> Referral:
    """A referral of someone new to the far node."""
    identity = {"phone": "+49 170 5550123", "birth_year": 1994, "languages": ("tir",)} | said
    person = registered(by, "Selam", "Tesfaye", **identity).person
    document = ReferralDocument(
        fields=fields, reason="No place to sleep", deadline=date(2031, 5, 17), deadline_of="Hearing in court"
    )
    wanted = actions.ReferralDraft(
        service="shelter", priority="urgent", peer_id=far.id, node_kind="society", document=document
    )
    return actions.draft(by=by, person_id=person.pk, draft=wanted)


def agreed(by: Actor, far: Far, *, tell_back: bool = True, **said: Any) -> Referral:
    """One to which the person agreed."""
    return actions.agree(
        by=by,
        referral_id=drafted(by, far, **said).pk,
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=30),
        tell_back=tell_back,
    )


def sent(by: Actor, far: Far, **said: Any) -> Referral:
    """One that was asked without a name."""
    return actions.send(by=by, referral_id=agreed(by, far, **said).pk, way="node")


def other_side(row: Referral) -> Asked:
    """What the same referral is at who is asked."""
    return Asked.objects.select_related("person").get(exchange=row.pk)
