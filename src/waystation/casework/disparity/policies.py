"""Who reads the disparity report: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(
            name="disparity.view",
            roles=frozenset({Role.COORDINATOR}),
            says=_("See whether help comes to everyone alike, in numbers that name nobody."),
        )
    ]
)
