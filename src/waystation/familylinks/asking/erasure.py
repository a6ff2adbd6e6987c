"""What goes with an erased person: what is asked about whom they seek, and that others may look for them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from waystation.casework import road
from waystation.casework.followups.models import FollowUp
from waystation.exchange.identity import exchange_actor
from waystation.familylinks.asking import queries
from waystation.familylinks.asking.codes import WORD
from waystation.familylinks.asking.models import Asking, Bars, Claim
from waystation.people.erasure import Loss, Part, register_part
from waystation.vault import erase_person


def losses(ids: Sequence[UUID]) -> list[Loss]:
    """What the page that asks once more tells."""
    return [
        Loss(
            label=_("Questions on the road"), rows=Asking.objects.filter(request__person__in=ids), seen=queries.askings
        ),
        Loss(label=_("Who may look for them"), rows=Claim.objects.filter(person__in=ids), seen=queries.claims),
        Loss(
            label=_("By whom they never want to be found"), rows=Bars.objects.filter(person__in=ids), seen=queries.bars
        ),
    ]


def erase(ids: Sequence[UUID]) -> None:
    """Nothing of them stays, nor leaves any more.

    Their tags mean nobody from now on, and are noise when the key is destroyed.
    """
    Asking.objects.filter(request__person__in=ids).delete()
    claims = Claim.objects.filter(person__in=ids)
    road.call_back(exchange_actor(), {WORD}, *claims.values_list("pk", flat=True))
    forget(claims)
    forget(Bars.objects.filter(person__in=ids))


def forget(rows: QuerySet[Any]) -> None:
    """Delete rows that have keys of their own with these, and what was to be done about them."""
    for number in list(rows.values_list("pk", flat=True)):
        erase_person(number)
        FollowUp.objects.filter(subject=number).delete()
    rows.delete()


def declare() -> None:
    """Tell `people` what this room keeps. Its key stands before that of tracing: questions go first."""
    register_part(Part(key="asking", losses=losses, erase=erase))
