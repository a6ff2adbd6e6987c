"""What goes with an erased person who looks for somebody: what their family told, hypotheses, how they were told."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.familylinks.missing import queries
from waystation.familylinks.missing.models import AnteMortem, ContactPlan, Hypothesis, Telling
from waystation.people.erasure import Loss, Part, register_part

KEPT: tuple[type[Any], ...] = (AnteMortem, Hypothesis, ContactPlan, Telling)


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    told = (
        (_("What they told of a missing person"), queries.told_before_death),
        (_("Hypotheses about a missing person"), queries.hypotheses),
        (_("Plans to keep a family told"), queries.plans),
        (_("Deaths told to a family"), queries.tellings),
    )
    return [
        Loss(label=label, rows=model.objects.filter(request__person__in=ids), seen=seen)
        for (label, seen), model in zip(told, KEPT, strict=True)
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays; who was found dead stays, for other families."""
    for model in reversed(KEPT):
        model.objects.filter(request__person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this noun keeps."""
    register_part(Part(key="missing", losses=losses, erase=erase))
