"""Who may do what in the vault."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(
            name="vault.release_budget",
            roles=frozenset({"coordinator"}),
            says=_("Release more people in this hour for another account."),
        ),
    ]
)
