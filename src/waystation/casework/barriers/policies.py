"""Who writes down that help was denied, who follows it up, who sees the numbers: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS
from waystation.casework.followups.policies import CASE_WORKERS
from waystation.kernel.actors import Actor
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def seen_by(actor: Actor) -> Q:
    """Barriers in compartments that the actor opens, of people whom the actor may see or of nobody."""
    return Q(of_people_seen_by(actor), compartment__in=actor.compartments)


declare(
    [
        Permission(name="barriers.record", roles=HELPERS, says=_("Write down that somebody was denied help.")),
        Permission(
            name="barriers.follow",
            roles=CASE_WORKERS,
            says=_("Read what help was denied, and write down what was done about it."),
            rows=seen_by,
        ),
        Permission(name="barriers.figures", roles=CASE_WORKERS, says=_("See in numbers what keeps people from help.")),
    ]
)
