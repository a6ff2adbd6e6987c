"""Who may do what about the missing and the dead, over which rows: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.policies import Permission, declare

READERS = frozenset({Role.FAMILY_LINKS, Role.CASEWORKER, Role.COORDINATOR})
KEEPERS = frozenset({Role.FAMILY_LINKS, Role.COORDINATOR})

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
    ]
)
