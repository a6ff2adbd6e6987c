"""How long an ended procedure is kept, and that one under way keeps a record from being sealed away."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from waystation.casework import clocks
from waystation.casework.clocks import Block, Clock, Then
from waystation.casework.procedures import queries
from waystation.casework.procedures.codes import KEPT_DAYS, Work
from waystation.casework.procedures.models import Procedure

CHUNK = 200


def forget(before: datetime) -> int:
    """Erase the next of what ended long ago, with its days; how many."""
    ids = list(
        Procedure.objects.filter(state=Work.ENDED, ended_on__lt=before.date()).values_list("pk", flat=True)[:CHUNK]
    )
    Procedure.objects.filter(pk__in=ids).delete()
    return len(ids)


def declare() -> None:
    """Register the clock and the block."""
    clocks.register(
        Clock(
            code="procedure.ended",
            says=_("A procedure with its days"),
            since=_("the day it ended"),
            days=KEPT_DAYS,
            then=Then.ERASE,
            act=forget,
            order=65,
        )
    )
    clocks.register_block(
        Block(code="procedures", says=_("A procedure is under way. End it first."), rows=queries.under_way)
    )
