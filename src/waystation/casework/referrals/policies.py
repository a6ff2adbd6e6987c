"""Who may do what with referrals, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups.policies import CASE_WORKERS
from waystation.casework.referrals.codes import COMPARTMENT_OF, Service
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def referrals_seen_by(actor: Actor) -> Q:
    """Referrals for services whose compartment the actor opens, of people whom the actor may see."""
    services = [s.value for s in Service if actor.opens(COMPARTMENT_OF.get(s, Compartment.BASIC))]
    return Q(of_people_seen_by(actor), service__in=services)


declare(
    [
        Permission(
            name="referrals.view",
            roles=CASE_WORKERS,
            says=_("See referrals of one's own field."),
            rows=referrals_seen_by,
        ),
        Permission(name="referrals.work", roles=CASE_WORKERS, says=_("Refer people to others, and follow it up.")),
    ]
)
