"""What goes with an erased person: cases with everything in them."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.models import Case
from waystation.casework.cases.queries import visible_to
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(label=_("Cases with their plans and notes"), rows=Case.objects.filter(person__in=ids), seen=visible_to)
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    Case.objects.filter(person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="cases", losses=losses, erase=erase))
