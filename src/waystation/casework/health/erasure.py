"""What goes with an erased person: everything about their health. Sessions with groups name nobody and stay."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.health.models import Call, Contact, DiseaseScreening, Lent, Line, Received, Session
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells: kinds and numbers, and nothing of what stands in them."""
    return [
        Loss(label=_("Times seen about health"), rows=Contact.objects.filter(person__in=ids)),
        Loss(label=_("Screenings for disease"), rows=DiseaseScreening.objects.filter(person__in=ids)),
        Loss(label=_("Talks of support"), rows=Session.objects.filter(person__in=ids)),
        Loss(label=_("Calls to health staff"), rows=Call.objects.filter(person__in=ids)),
        Loss(label=_("Things lent or given"), rows=Lent.objects.filter(person__in=ids)),
        Loss(label=_("Lines of the health summary"), rows=Line.objects.filter(person__in=ids)),
        Loss(label=_("Health summaries of other posts"), rows=Received.objects.filter(person__in=ids)),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    for loss in losses(ids):
        loss.rows.delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="health", losses=losses, erase=erase))
