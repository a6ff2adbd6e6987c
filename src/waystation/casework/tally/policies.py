"""Who opens a post and who sees its days: one table. Counting is the desk's own permission."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import EVERYONE, HELPERS
from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(name="tally.view", roles=EVERYONE, says=_("See how many were served without a name, day by day.")),
        Permission(name="tally.open", roles=HELPERS, says=_("Open and close a post for the day.")),
    ]
)
