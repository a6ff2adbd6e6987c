"""What goes with an erased person: what was referred to us about them, with its keys."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.asked import queries
from waystation.casework.asked.models import Asked
from waystation.people.erasure import Loss, Part, register_part
from waystation.vault import erase_person


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [Loss(label=_("Referrals to us"), rows=Asked.objects.filter(person__in=ids), seen=queries.visible_to)]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays, nor the keys of what was told."""
    rows = Asked.objects.filter(person__in=ids)
    for number in list(rows.values_list("pk", flat=True)):
        erase_person(number)
    rows.delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="asked", losses=losses, erase=erase))
