"""Who may do what about safety, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by

PROTECTION_WORKERS = frozenset({Role.CASEWORKER, Role.COORDINATOR})


def seen_by(actor: Actor) -> Q:
    """Of people whom the actor may see, for who opens protection; nothing for all others."""
    return of_people_seen_by(actor) if actor.opens(Compartment.PROTECTION) else Q(pk__in=[])


declare(
    [
        Permission(
            name="safety.work",
            roles=PROTECTION_WORKERS,
            says=_(
                "Plan with people how to stay safe, write down what they lived through and fear, give time to think."
            ),
            rows=seen_by,
        ),
        Permission(
            name="safety.figures",
            roles=PROTECTION_WORKERS,
            says=_("See which risks people met on which part of the road, in numbers that name nobody."),
        ),
    ]
)
