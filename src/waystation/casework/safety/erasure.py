"""What goes with an erased person: risks, plans, time to think."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.safety.models import RiskEvent, SafetyPlan, TimeToThink
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(label=_("What they lived through and fear"), rows=RiskEvent.objects.filter(person__in=ids)),
        Loss(label=_("Plans to stay safe"), rows=SafetyPlan.objects.filter(person__in=ids)),
        Loss(label=_("Times to think"), rows=TimeToThink.objects.filter(case__person__in=ids)),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    RiskEvent.objects.filter(person__in=ids).delete()
    SafetyPlan.objects.filter(person__in=ids).delete()
    TimeToThink.objects.filter(case__person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="safety", losses=losses, erase=erase))
