"""Who may do what with posts."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import EVERYONE, HELPERS, Role
from waystation.kernel.policies import Permission, declare

MANAGERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})

declare(
    [
        Permission(name="posts.view", roles=EVERYONE, says=_("See the posts of this organisation.")),
        Permission(name="partners.view", roles=HELPERS, says=_("See the partners of this organisation.")),
        Permission(name="partners.manage", roles=MANAGERS, says=_("Add and change partners.")),
        Permission(name="posts.switch", roles=EVERYONE, says=_("Say at which post one works today.")),
        Permission(
            name="posts.assign",
            roles=frozenset({Role.COORDINATOR}),
            says=_("Say at which posts members of staff work."),
        ),
        Permission(name="posts.manage", roles=MANAGERS, says=_("Add, change and close posts.")),
    ]
)
