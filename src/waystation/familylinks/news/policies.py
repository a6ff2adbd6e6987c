"""Who may do what with family news, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import HELPERS, Role
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by

OFFICERS = frozenset({Role.FAMILY_LINKS})


def seen_by(actor: Actor) -> Q:
    """Of people whom the actor may see; of people in no book here only for who opens family links."""
    seen = of_people_seen_by(actor)
    return seen if actor.opens(Compartment.FAMILY_LINKS) else seen & Q(person__isnull=False)


def worked_on_by(actor: Actor) -> Q:
    """The same, for who opens family links; nothing for all others."""
    return of_people_seen_by(actor) if actor.opens(Compartment.FAMILY_LINKS) else Q(pk__in=[])


declare(
    [
        Permission(
            name="news.view",
            roles=HELPERS,
            says=_("See where family messages of people stand, not to whom they go nor what they say."),
            rows=seen_by,
        ),
        Permission(
            name="news.write",
            roles=HELPERS,
            says=_("Write down family messages, and to whom somebody wants to be known as safe and well."),
            rows=seen_by,
        ),
        Permission(
            name="news.work",
            roles=OFFICERS,
            says=_("Check, send on and deliver family messages, and answer relatives who ask for somebody."),
            rows=worked_on_by,
        ),
        Permission(
            name="news.count", roles=HELPERS, says=_("Count free calls, Wi-Fi and charging at a post, without names.")
        ),
    ]
)
