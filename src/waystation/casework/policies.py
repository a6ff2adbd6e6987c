"""Who may do what at the desk: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS
from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(name="casework.desk", roles=HELPERS, says=_("Use the front desk.")),
        Permission(name="casework.help", roles=HELPERS, says=_("Record needs and what was given.")),
        Permission(name="casework.count", roles=HELPERS, says=_("Count people served without a name.")),
        Permission(name="casework.today", roles=HELPERS, says=_("See who waits, in order of need and risk.")),
    ]
)
