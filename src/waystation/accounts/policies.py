"""Who may do what with accounts."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import EVERYONE, Role
from waystation.kernel.policies import Permission, declare

MANAGERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
DECIDERS = frozenset({Role.COORDINATOR})

declare(
    [
        Permission(name="accounts.own", roles=EVERYONE, says=_("Change one's own passphrase, factors and tokens.")),
        Permission(name="accounts.panic", roles=EVERYONE, says=_("Lock the whole node at once.")),
        Permission(name="accounts.ask", roles=EVERYONE, says=_("Ask a second officer for something.")),
        Permission(name="accounts.manage", roles=MANAGERS, says=_("Invite people, change roles, close accounts.")),
        Permission(name="accounts.train", roles=DECIDERS, says=_("Record who was trained for what.")),
        Permission(
            name="accounts.renew",
            roles=DECIDERS,
            says=_("Let someone choose a new passphrase for a forgotten one; make the recovery code anew."),
        ),
        Permission(name="accounts.decide", roles=DECIDERS, says=_("Be the second officer for what needs two.")),
    ]
)
