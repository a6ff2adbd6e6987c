"""Who plans rounds and who goes on them: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(name="outreach.go", roles=HELPERS, says=_("Go on rounds and count the people met.")),
        Permission(
            name="outreach.plan",
            roles=frozenset({Role.CASEWORKER, Role.COORDINATOR}),
            says=_("Plan rounds; know the places and those who open doors for us."),
        ),
    ]
)
