"""What goes with an erased person: their family news, here and on the road, and that they are safe and well."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.exchange.identity import exchange_actor
from waystation.familylinks.news import moving, queries
from waystation.familylinks.news.codes import TABLE, Act
from waystation.familylinks.news.models import RedCrossMessage, SafeAndWell
from waystation.people.erasure import Loss, Part, register_part


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(label=_("Family messages"), rows=RedCrossMessage.objects.filter(person__in=ids), seen=queries.visible_to),
        Loss(
            label=_("Words that they are safe and well"),
            rows=SafeAndWell.objects.filter(person__in=ids),
            seen=queries.notices,
        ),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays, and what has left and was not delivered is called back."""
    by = exchange_actor()
    for row in RedCrossMessage.objects.filter(person__in=ids):
        if row.is_ours and TABLE.allows(row.state, Act.WITHDRAW):
            moving.take_back(by, row)
    RedCrossMessage.objects.filter(person__in=ids).delete()
    SafeAndWell.objects.filter(person__in=ids).delete()


def declare() -> None:
    """Tell `people` what this room keeps."""
    register_part(Part(key="familynews", losses=losses, erase=erase))
