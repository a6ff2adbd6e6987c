"""Who may do what with requests, over which rows: one table."""

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups.policies import CASE_WORKERS
from waystation.casework.handover.policies import seen_by
from waystation.kernel.policies import Permission, declare

declare(
    [
        Permission(
            name="requests.view",
            roles=CASE_WORKERS,
            says=_("See what we ask other organisations, and what they ask of us, in one's own field."),
            rows=seen_by,
        ),
        Permission(
            name="requests.work",
            roles=CASE_WORKERS,
            says=_("Ask another organisation what it knows of a person, and answer what others ask."),
        ),
    ]
)
