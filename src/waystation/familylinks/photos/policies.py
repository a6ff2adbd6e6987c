"""Who puts photos on the public page and reads what people answer: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import Role
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def answers_seen_by(actor: Actor) -> Q:
    """Of people whom the actor may see, for who opens family links."""
    return of_people_seen_by(actor) if actor.opens(Compartment.FAMILY_LINKS) else Q(pk__in=[])


declare(
    [
        Permission(
            name="photos.work",
            roles=frozenset({Role.FAMILY_LINKS, Role.COORDINATOR}),
            says=_("Put the photo of somebody who looks for family on the public page, agree to one, take one down."),
            rows=of_people_seen_by,
        ),
        Permission(
            name="photos.answers",
            roles=frozenset({Role.FAMILY_LINKS}),
            says=_("Read what people answer to a photo on the public page."),
            rows=answers_seen_by,
        ),
    ]
)
