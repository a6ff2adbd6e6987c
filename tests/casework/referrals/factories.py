"""Referrals for tests, made as the actions make them."""

from datetime import timedelta
from typing import Any

from tests.people.factories import registered
from waystation.casework.referrals import actions
from waystation.casework.referrals.models import Referral, ReferralDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.organisations.models import Partner
from waystation.people.documents import ConsentDocument

FIELDS = ("name", "sex", "reason")


def partner(name: str = "Harbour Clinic", **said: Any) -> Partner:
    """A partner, by name."""
    return Partner.objects.get_or_create(name=name, defaults={"kind": "local", **said})[0]


def drafted(by: Actor, *, priority: str = "emergency", service: str = "shelter", **said: Any) -> Referral:
    """A referral of someone new, to a partner."""
    person = registered(by, "Selam", "Tesfaye", phone="+49 170 5550123").person
    document = ReferralDocument(**{"fields": FIELDS, "reason": "No place to sleep", **said})
    wanted = actions.ReferralDraft(service=service, priority=priority, partner_id=partner().pk, document=document)
    return actions.draft(by=by, person_id=person.pk, draft=wanted)


def agreed(by: Actor, **said: Any) -> Referral:
    """One to which the person agreed."""
    return actions.agree(
        by=by,
        referral_id=drafted(by, **said).pk,
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=30),
    )


def sent(by: Actor, **said: Any) -> Referral:
    """One that has left."""
    return actions.send(by=by, referral_id=agreed(by, **said).pk, way="telephone")
