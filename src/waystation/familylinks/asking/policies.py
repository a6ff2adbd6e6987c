"""Who may ask the road, answer for it, and publish whom it may find: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.familylinks.tracing.policies import OFFICERS
from waystation.kernel import policies
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def of_requests_seen_by(actor: Actor) -> Q:
    """Words that came about requests that the actor may see."""
    from waystation.familylinks.tracing.models import TracingRequest

    return Q(question__asking__request__in=TracingRequest.objects.filter(policies.rows(actor, "tracing.work")))


def claims_seen_by(actor: Actor) -> Q:
    """Claims of people whom the actor may see, for who opens family links."""
    return of_people_seen_by(actor) if actor.opens(Compartment.FAMILY_LINKS) else Q(pk__in=[])


declare(
    [
        Permission(
            name="asking.ask",
            roles=OFFICERS,
            says=_("Ask the nodes of our circles about a person sought, without saying who."),
            rows=of_requests_seen_by,
        ),
        Permission(
            name="asking.answer",
            roles=OFFICERS,
            says=_("Decide whether somebody of our book is asked, when another node may look for them."),
            rows=claims_seen_by,
        ),
        Permission(
            name="asking.publish",
            roles=OFFICERS | {Role.COORDINATOR},
            says=_(
                "Let the nodes of a circle ask blindly for people who said yes to being found, and say who may ask."
            ),
        ),
    ]
)
