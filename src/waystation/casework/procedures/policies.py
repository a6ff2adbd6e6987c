"""Who may read and write procedures: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def seen_by(actor: Actor) -> Q:
    """Procedures of people whom the actor may see, for who opens legal help; nothing for all others."""
    return of_people_seen_by(actor) if actor.opens(Compartment.LEGAL) else Q(pk__in=[])


declare(
    [
        Permission(
            name="procedures.work",
            roles=frozenset({Role.CASEWORKER}),
            says=_("Follow what people have before offices and courts, and the days that must not be missed."),
            rows=seen_by,
        )
    ]
)
