"""Who works on follow-ups: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel.policies import Permission, declare

CASE_WORKERS = frozenset({Role.CASEWORKER, Role.COORDINATOR, Role.HEALTH, Role.FAMILY_LINKS, Role.DETENTION})

declare(
    [
        Permission(name="followups.view", roles=HELPERS, says=_("See what is to be done today.")),
        Permission(
            name="followups.work", roles=CASE_WORKERS, says=_("Do what is to be done for people, and hand it on.")
        ),
        Permission(
            name="followups.team", roles=frozenset({Role.COORDINATOR}), says=_("See and share out the work of a team.")
        ),
    ]
)
