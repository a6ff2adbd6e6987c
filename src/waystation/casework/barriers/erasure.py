"""What goes with an erased person: the words and the link; what was denied stays as a nameless count."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.barriers.models import Barrier
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("What help was denied"), rows=Barrier.objects.filter(person__in=ids))]


def erase(ids: Sequence[UUID]) -> None:
    """Cut every row from the person; the words go."""
    Barrier.objects.filter(person__in=ids).update(person=None, sealed=None)


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="barriers", losses=losses, erase=erase))
