"""What goes with an erased person: screenings and signs."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.screening import queries
from waystation.casework.screening.models import Screening, Signs
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(
            label=_("Talks about what puts them in danger"),
            rows=Screening.objects.filter(person__in=ids),
            seen=queries.visible_to,
        ),
        Loss(
            label=_("Signs passed on to protection"),
            rows=Signs.objects.filter(person__in=ids),
            seen=queries.signs_visible_to,
        ),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays."""
    Screening.objects.filter(person__in=ids).delete()
    Signs.objects.filter(person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="screening", losses=losses, erase=erase))
