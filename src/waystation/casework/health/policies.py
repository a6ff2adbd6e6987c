"""Who may do what with health, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import NotAllowed
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def seen_by(actor: Actor) -> Q:
    """What is about people whom the actor may see, or about nobody, for who opens health; nothing for all others."""
    return of_people_seen_by(actor) if actor.opens(Compartment.HEALTH) else Q(pk__in=[])


def require_trained(actor: Actor) -> None:
    """Raise NotAllowed for who has the role and does not open health (any more): the training has lapsed."""
    if not actor.opens(Compartment.HEALTH):
        raise NotAllowed(_("Health opens again once your training is recorded anew. Ask a coordinator."))


declare(
    [
        Permission(
            name="health.work",
            roles=frozenset({Role.HEALTH}),
            says=_("Look after people's health: contacts, screening, support, the summary handed on."),
            rows=seen_by,
        ),
        Permission(
            name="health.call",
            roles=HELPERS,
            says=_("Call health staff when somebody could harm themselves, without reading what others said."),
        ),
        Permission(
            name="health.unseen",
            roles=frozenset({Role.COORDINATOR}),
            says=_("Be told when health staff were called and nobody came."),
        ),
        Permission(
            name="health.coverage",
            roles=frozenset({Role.HEALTH, Role.COORDINATOR}),
            says=_("See how many were screened and treated, in numbers that name nobody."),
        ),
    ]
)
