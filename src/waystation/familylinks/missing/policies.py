"""Who may do what about the missing and the dead, over which rows: one table.

There is no compartment for forensics: who looks at the dead in a branch is the family-links officer, and a compartment
needs a reader of its own (decision 0029). What is sealed of the dead stands in the family-links compartment, which only
opens to who holds its training, and has permissions of its own, so that another role can be given them one day.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.familylinks.tracing.queries import visible_to as requests_visible_to
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare

READERS = frozenset({Role.FAMILY_LINKS, Role.CASEWORKER, Role.COORDINATOR})
KEEPERS = frozenset({Role.FAMILY_LINKS, Role.COORDINATOR})
OFFICERS = frozenset({Role.FAMILY_LINKS})


def opened_by(actor: Actor) -> Q:
    """Everything for who opens family links, which needs its training; nothing for all others."""
    return Q() if actor.opens(Compartment.FAMILY_LINKS) else Q(pk__in=[])


def of_requests(actor: Actor) -> Q:
    """What hangs on tracing requests that the actor may see."""
    return Q(request__in=requests_visible_to(actor))


declare(
    [
        Permission(
            name="missing.view",
            roles=READERS,
            says=_("See where on the way people died or went missing, in published figures that name nobody."),
        ),
        Permission(
            name="missing.keep",
            roles=KEEPERS,
            says=_("Read files of the Missing Migrants Project, and write down what happened on a route."),
        ),
        Permission(
            name="missing.aboard",
            roles=OFFICERS,
            says=_("Write down who was aboard, from the words of survivors, and what became of them."),
            rows=opened_by,
        ),
        Permission(
            name="missing.work",
            roles=OFFICERS,
            says=_("Keep families of missing people told, and raise and examine what may have happened to them."),
            rows=of_requests,
        ),
        Permission(
            name="missing.forensic",
            roles=OFFICERS,
            says=_("Describe people found dead, compare with what families tell, take up what authorities confirm."),
            rows=opened_by,
        ),
        Permission(
            name="missing.notify",
            roles=OFFICERS,
            says=_("Tell a family that somebody has died, once it is confirmed, with a second person present."),
            rows=of_requests,
        ),
    ]
)
