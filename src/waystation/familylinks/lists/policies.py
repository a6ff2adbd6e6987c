"""Who may do what with lists, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare

OFFICERS = frozenset({Role.FAMILY_LINKS})


def seen_by(actor: Actor) -> Q:
    """Everything for who opens family links, nothing for all others."""
    return Q() if actor.opens(Compartment.FAMILY_LINKS) else Q(pk__in=[])


declare(
    [
        Permission(name="lists.view", roles=OFFICERS, says=_("See lists of people that others keep."), rows=seen_by),
        Permission(
            name="lists.keep",
            roles=OFFICERS,
            says=_("Read lists of people that others keep, and delete them."),
            rows=seen_by,
        ),
    ]
)
