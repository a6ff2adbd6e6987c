"""Who keeps the directory: one table. What it shows to the public asks no permission."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel.policies import Permission, declare

KEEPERS = frozenset({Role.CASEWORKER, Role.COORDINATOR})

declare(
    [
        Permission(
            name="directory.view", roles=HELPERS, says=_("See every entry of the directory and what is missing.")
        ),
        Permission(
            name="directory.keep",
            roles=KEEPERS,
            says=_("Add, change and confirm entries of the directory; say where it is safe to go."),
        ),
        Permission(
            name="directory.import",
            roles=frozenset({Role.COORDINATOR}),
            says=_("Read a directory of others into ours."),
        ),
    ]
)
