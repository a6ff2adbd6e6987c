"""What goes with an erased person who looks for somebody: what their family told, hypotheses, how they were told."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups.models import FollowUp
from waystation.familylinks.missing import queries
from waystation.familylinks.missing.codes import MissingClock
from waystation.familylinks.missing.models import AnteMortem, ContactPlan, Hypothesis, Telling
from waystation.familylinks.tracing.models import TracingRequest
from waystation.people.erasure import Loss, Part, register_part
from waystation.vault import erase_person

KEPT: tuple[type[Any], ...] = (AnteMortem, Hypothesis, ContactPlan, Telling)


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    told = (
        (_("What they told of a missing person"), queries.told_before_death),
        (_("Notes of officers about a missing person"), queries.hypotheses),
        (_("Plans to keep a family told"), queries.plans),
        (_("Talks with a family"), queries.tellings),
    )
    return [
        Loss(label=label, rows=model.objects.filter(request__person__in=ids), seen=seen)
        for (label, seen), model in zip(told, KEPT, strict=True)
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays, nor the keys; who was found dead stays, for other families."""
    ours = {"request__person__in": ids}
    for model in (Hypothesis, Telling):
        for number in list(model.objects.filter(**ours).values_list("pk", flat=True)):
            erase_person(number)
    requests = TracingRequest.objects.filter(person__in=ids)
    FollowUp.objects.filter(kind=MissingClock.TELL, subject__in=requests.values("pk")).delete()
    for model in reversed(KEPT):
        model.objects.filter(**ours).delete()


def declare() -> None:
    """Tell `people` what this noun keeps."""
    register_part(Part(key="missing", losses=losses, erase=erase))
