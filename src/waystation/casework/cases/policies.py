"""Who may do what with cases, over which rows: one table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import KINDS
from waystation.casework.followups.policies import CASE_WORKERS
from waystation.kernel.actors import Actor
from waystation.kernel.policies import Permission, declare
from waystation.people.policies import of_people_seen_by


def cases_seen_by(actor: Actor) -> Q:
    """Cases of kinds whose compartment the actor opens, of people whom the actor may see."""
    kinds = [kind.value for kind, card in KINDS.items() if actor.opens(card.compartment)]
    return Q(of_people_seen_by(actor), kind__in=kinds)


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
