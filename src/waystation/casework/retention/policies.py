"""Who may do what with the keeping of records: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel.policies import Permission, declare

COORDINATORS = frozenset({Role.COORDINATOR})
FOLLOWERS = frozenset({Role.CASEWORKER, Role.COORDINATOR})

declare(
    [
        Permission(
            name="retention.review", roles=COORDINATORS, says=_("Review what is due, keep it, or ask to erase it.")
        ),
        Permission(name="retention.clocks", roles=COORDINATORS, says=_("See and shorten how long records are kept.")),
        Permission(name="retention.hold", roles=COORDINATORS, says=_("Ask for a legal hold, and lift one.")),
        Permission(name="retention.seal", roles=COORDINATORS, says=_("Seal a record to the offline key.")),
        Permission(
            name="retention.bring-back",
            roles=COORDINATORS,
            says=_("Ask to bring a sealed record back, or to erase it."),
        ),
        Permission(name="retention.offline-key", roles=COORDINATORS, says=_("Name the organisation's offline key.")),
        Permission(name="retention.proofs", roles=COORDINATORS, says=_("Print the proof of an erasure.")),
        Permission(
            name="retention.record-request", roles=HELPERS, says=_("Write down that an authority asked for something.")
        ),
        Permission(name="retention.requests", roles=COORDINATORS, says=_("See what authorities asked for.")),
        Permission(
            name="retention.asked-about",
            roles=FOLLOWERS,
            says=_("See on a person's page that an authority asked about them, and that a hold stands."),
        ),
    ]
)
