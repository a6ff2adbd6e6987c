"""What goes with an erased person: requests both ways. Who still looks for them is told to forget."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.casework.requests import moving, queries
from waystation.casework.requests.codes import ON_THE_ROAD
from waystation.casework.requests.models import OurRequest, TheirRequest
from waystation.exchange.identity import exchange_actor
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(
            label=_("Questions to other organisations"),
            rows=OurRequest.objects.filter(person__in=ids),
            seen=queries.ours,
        ),
        Loss(
            label=_("Answers to other organisations"),
            rows=TheirRequest.objects.filter(person__in=ids),
            seen=queries.theirs,
        ),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays; what waits does not leave, and what left is taken back."""
    by, rows = exchange_actor(), OurRequest.objects.filter(person__in=ids)
    for row in rows.filter(state__in=ON_THE_ROAD):
        if moving.ASK not in moving.call_back(by, row):
            moving.tell_surely(by, row, moving.WITHDRAW)
    rows.delete()
    TheirRequest.objects.filter(person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="requests", losses=losses, erase=erase))
