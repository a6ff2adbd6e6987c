"""What goes with an erased person: everything that was to be done."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.followups.models import FollowUp
from waystation.casework.followups.queries import visible_to
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Things to do"), rows=FollowUp.objects.filter(person__in=ids, state="open"), seen=visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    FollowUp.objects.filter(person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="followups", losses=losses, erase=erase))
