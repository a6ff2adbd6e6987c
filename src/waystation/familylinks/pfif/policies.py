"""Who writes files of PFIF: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(
            name="pfif.write",
            roles=frozenset({Role.FAMILY_LINKS}),
            says=_("Write files of PFIF for registries of missing people, of those who allowed it."),
        )
    ]
)
