"""Who may do what with cases, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import KINDS
from waystation.casework.followups.policies import CASE_WORKERS
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.policies import Permission, declare


def cases_seen_by(actor: Actor) -> Q:
    """Cases of kinds whose compartment the actor opens, of people whom the actor may see."""
    from waystation.people.models import Person

    kinds = [kind.value for kind, card in KINDS.items() if actor.opens(card.compartment)]
    return Q(kind__in=kinds, person__in=Person.objects.filter(policies.rows(actor, "people.view")))


declare(
    [
        Permission(name="cases.view", roles=CASE_WORKERS, says=_("See cases of one's own field."), rows=cases_seen_by),
        Permission(
            name="cases.work", roles=CASE_WORKERS, says=_("Open cases, plan, write notes, close with a reason.")
        ),
        Permission(
            name="cases.decide", roles=CASE_WORKERS, says=_("Decide as supervisor on a colleague's assessment or plan.")
        ),
    ]
)
