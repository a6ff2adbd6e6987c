"""Who sees stock, who moves it and who says what there is: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import EVERYONE, HELPERS, Role
from waystation.kernel.policies import Permission, declare

MANAGERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})

declare(
    [
        Permission(name="supplies.view", roles=EVERYONE, says=_("See what a post has to give out.")),
        Permission(name="supplies.move", roles=HELPERS, says=_("Write down what comes in, goes out and is counted.")),
        Permission(name="supplies.manage", roles=MANAGERS, says=_("Say what there is to give out, and what runs low.")),
    ]
)
