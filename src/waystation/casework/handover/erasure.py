"""What goes with an erased person: handovers both ways; what has left cannot be called back from here."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.handover import moving, queries
from waystation.casework.handover.codes import LEFT
from waystation.casework.handover.enclosures import coming, going
from waystation.casework.handover.models import EnclosureComing, Given, Offered
from waystation.exchange.identity import exchange_actor
from waystation.people.erasure import Loss, Part, register_part
from waystation.vault import erase_person

BEFORE_CASES = "case-handovers"
"""Parts are erased in the order of their keys, and cases take their handovers along."""


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(label=_("Cases handed over"), rows=Given.objects.filter(person__in=ids), seen=queries.given),
        Loss(label=_("Cases taken over"), rows=Offered.objects.filter(person__in=ids), seen=queries.offered),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays, nor the keys of what was offered."""
    given = Given.objects.filter(person__in=ids)
    for row in given.filter(state__in=LEFT).select_related("case", "peer"):
        _stop(row)
    given.delete()
    offered = Offered.objects.filter(person__in=ids)
    for number in list(offered.values_list("pk", flat=True)):
        erase_person(number)
    for parts_in in list(EnclosureComing.objects.filter(offered__in=offered).values_list("parts_in", flat=True)):
        coming.forget(parts_in)
    offered.delete()


def _stop(row: Given) -> None:
    """What still waits for the line never leaves, and what has half come is destroyed there."""
    by = exchange_actor()
    stopped = moving.call_back(by, row)
    going.stop(by, row, tell=moving.CONTENT not in stopped)
    if moving.CONTENT in stopped:
        moving.tell_surely(by, row, "handover.withdraw")


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key=BEFORE_CASES, losses=losses, erase=erase))
