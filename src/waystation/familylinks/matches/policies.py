"""Who may do what with possible matches, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.tracing.policies import OFFICERS
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.policies import Permission, declare


def seen_by(actor: Actor) -> Q:
    """Of requests that the actor may see, and of people found whom the actor may see."""
    from waystation.familylinks.tracing.models import TracingRequest
    from waystation.people.models import Person

    requests = TracingRequest.objects.filter(policies.rows(actor, "tracing.work"))
    people = Person.objects.filter(policies.rows(actor, "people.view"))
    return Q(request__in=requests) & (Q(person__isnull=True) | Q(person__in=people))


declare(
    [
        Permission(
            name="matches.work",
            roles=OFFICERS,
            says=_("Compare people with those who are sought, verify with a second officer, and ask whom was found."),
            rows=seen_by,
        ),
    ]
)
