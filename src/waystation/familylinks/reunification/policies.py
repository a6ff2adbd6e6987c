"""Who brings families together, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def seen_by(actor: Actor) -> Q:
    """Of people whom the actor may see, for who opens family links; nothing for all others."""
    return of_people_seen_by(actor) if actor.opens(Compartment.FAMILY_LINKS) else Q(pk__in=[])


declare(
    [
        Permission(
            name="reunification.work",
            roles=frozenset({Role.FAMILY_LINKS}),
            says=_("Bring members of a family together again: proof, both wishes, the authority, the journey."),
            rows=seen_by,
        ),
    ]
)
