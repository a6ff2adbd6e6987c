"""What goes with an erased person: their procedures with every day."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.procedures.models import Procedure
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Procedures with their days"), rows=Procedure.objects.filter(person__in=ids))]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    Procedure.objects.filter(person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="procedures", losses=losses, erase=erase))
