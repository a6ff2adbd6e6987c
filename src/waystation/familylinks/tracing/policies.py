"""Who may do what with tracing requests, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by

OFFICERS = frozenset({Role.FAMILY_LINKS})


def seen_by(actor: Actor) -> Q:
    """Of enquirers whom the actor may see, for who opens family links; nothing for all others."""
    return of_people_seen_by(actor) if actor.opens(Compartment.FAMILY_LINKS) else Q(pk__in=[])


declare(
    [
        Permission(
            name="tracing.work",
            roles=OFFICERS,
            says=_("Look for separated family members, and tell those who ask where the search stands."),
            rows=seen_by,
        ),
        Permission(
            name="tracing.known",
            roles=HELPERS,
            says=_("See on a person's page that they look for somebody, and how far it is; not whom."),
            rows=of_people_seen_by,
        ),
    ]
)
