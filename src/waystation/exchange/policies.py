"""Who may do what with other nodes."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(
            name="exchange.view",
            roles=frozenset({Role.CASEWORKER, Role.FAMILY_LINKS, Role.COORDINATOR, Role.ADMINISTRATOR}),
            says=_("See which other nodes are known, and what waits, left and came."),
        ),
        Permission(
            name="exchange.manage",
            roles=frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
            says=_("Add other nodes, suspend them, say where this one is reached."),
        ),
        Permission(
            name="exchange.carry",
            roles=frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.ADMINISTRATOR}),
            says=_("Take sealed messages along on a stick, and take in those of others."),
        ),
        Permission(
            name="exchange.trust",
            roles=frozenset({Role.COORDINATOR}),
            says=_("Trust another node, once its words were compared."),
        ),
        Permission(
            name="exchange.agree",
            roles=frozenset({Role.COORDINATOR}),
            says=_("Sign a circle of organisations as its steward, join one for this organisation, or leave it."),
        ),
    ]
)
