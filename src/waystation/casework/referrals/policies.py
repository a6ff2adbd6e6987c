"""Who may do what with referrals, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups.policies import CASE_WORKERS
from waystation.kernel.actors import Actor
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def referrals_seen_by(actor: Actor) -> Q:
    """Referrals in compartments that the actor opens, of people whom the actor may see."""
    return Q(of_people_seen_by(actor), compartment__in=actor.compartments)


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
