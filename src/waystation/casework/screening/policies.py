"""Who may do what with screening, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by

PROTECTION_WORKERS = frozenset({Role.CASEWORKER, Role.COORDINATOR})


def seen_by(actor: Actor) -> Q:
    """Screenings and signs of people whom the actor may see, for who opens protection; nothing for all others."""
    return of_people_seen_by(actor) if actor.opens(Compartment.PROTECTION) else Q(pk__in=[])


declare(
    [
        Permission(
            name="screening.work",
            roles=PROTECTION_WORKERS,
            says=_("Talk with people about what puts them in danger, and read what was found."),
            rows=seen_by,
        ),
        Permission(
            name="screening.signs",
            roles=HELPERS,
            says=_("Pass on signs that somebody is controlled by others, without reading what others passed on."),
        ),
    ]
)
