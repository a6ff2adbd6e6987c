"""What goes with an erased person: handovers both ways; what was sent cannot be called back from here."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.handover import queries
from waystation.casework.handover.enclosures import coming
from waystation.casework.handover.models import EnclosureComing, Given, Offered
from waystation.people.erasure import Loss, Part, register_part
from waystation.vault import erase_person


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(label=_("Cases handed over"), rows=Given.objects.filter(person__in=ids), seen=queries.given),
        Loss(label=_("Cases taken over"), rows=Offered.objects.filter(person__in=ids), seen=queries.offered),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays, nor the keys of what was offered."""
    Given.objects.filter(person__in=ids).delete()
    offered = Offered.objects.filter(person__in=ids)
    for number in list(offered.values_list("pk", flat=True)):
        erase_person(number)
    for parts_in in list(EnclosureComing.objects.filter(offered__in=offered).values_list("parts_in", flat=True)):
        coming.forget(parts_in)
    offered.delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="handover", losses=losses, erase=erase))
