"""Who may write down what about children: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(
            name="children.work",
            roles=frozenset({Role.CASEWORKER, Role.COORDINATOR}),
            says=_("Write down who speaks and cares for a child, and what is best for the child."),
        )
    ]
)
