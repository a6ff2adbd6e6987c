"""Who may do what with what is referred to us, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.followups.policies import CASE_WORKERS
from waystation.kernel.actors import Actor
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def seen_by(actor: Actor) -> Q:
    """In compartments that the actor opens, of people whom the actor may see or who are not known yet."""
    return Q(of_people_seen_by(actor), compartment__in=actor.compartments)


declare(
    [
        Permission(
            name="asked.view",
            roles=CASE_WORKERS,
            says=_("See what other organisations refer to us, in one's own field."),
            rows=seen_by,
        ),
        Permission(
            name="asked.work",
            roles=CASE_WORKERS,
            says=_("Answer what other organisations refer to us, and say what came of it."),
        ),
    ]
)
