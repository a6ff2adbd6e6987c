"""Who keeps files of people, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups.policies import CASE_WORKERS
from waystation.kernel.actors import Actor
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def files_seen_by(actor: Actor) -> Q:
    """Files in compartments that the actor opens, of people whom the actor may see."""
    return Q(of_people_seen_by(actor), compartment__in=actor.compartments)


declare(
    [
        Permission(
            name="files.work",
            roles=CASE_WORKERS,
            says=_("Keep papers and pictures of people, read them, erase them."),
            rows=files_seen_by,
        )
    ]
)
