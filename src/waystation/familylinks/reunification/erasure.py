"""What goes with an erased person: every pair in which they are one of the two."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waystation.casework import clocks
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.reunification.codes import OPEN
from waystation.familylinks.reunification.models import Agreement, Reunification
from waystation.familylinks.reunification.queries import visible_to
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    rows = Reunification.objects.filter(person__in=ids) | Reunification.objects.filter(other__in=ids)
    return [Loss(label=_("Families being brought together"), rows=rows, seen=visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays; what was to be done for the other of the pair neither."""
    rows = Reunification.objects.filter(Q(person__in=ids) | Q(other__in=ids))
    gone = list(rows.values_list("pk", flat=True))
    FollowUp.objects.filter(subject__in=gone).delete()
    Reunification.objects.filter(pk__in=gone).delete()


def declare() -> None:
    """Tell `people` what this room keeps, and the clocks what keeps a person."""
    register_part(Part(key="reunification", losses=losses, erase=erase))
    says = _("Their family is being brought together.")
    clocks.register_block(
        clocks.Block(
            code="reunification",
            says=says,
            rows=lambda: Reunification.objects.filter(state__in=OPEN),
            keeps=True,
        )
    )
    clocks.register_block(
        clocks.Block(
            code="reunification-other",
            says=says,
            rows=lambda: Agreement.objects.filter(
                person__isnull=False, ended_at__isnull=True, reunification__state__in=OPEN
            ),
            keeps=True,
        )
    )
