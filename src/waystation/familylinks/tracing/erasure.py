"""What goes with an erased person: every request they made, and what they were told."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework import clocks
from waystation.familylinks.tracing.codes import OPEN
from waystation.familylinks.tracing.models import TracingRequest
from waystation.familylinks.tracing.queries import visible_to
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Tracing requests"), rows=TracingRequest.objects.filter(person__in=ids), seen=visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    TracingRequest.objects.filter(person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps, and the clocks what keeps a person."""
    register_part(Part(key="tracing", losses=losses, erase=erase))
    clocks.register_block(
        clocks.Block(
            code="tracing-request",
            says=_("They look for somebody of their family."),
            rows=lambda: TracingRequest.objects.filter(state__in=OPEN),
            keeps=True,
        )
    )
