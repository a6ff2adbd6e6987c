"""A stick that may be lost is not silent: it stands under Today until what was missing came, or somebody let it go."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import State
from waystation.casework.followups.kinds import FollowUpKind
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover.codes import GAP, GAP_SAYS
from waystation.exchange.codes import GAP_OLD
from waystation.exchange.identity import exchange_actor
from waystation.exchange.queries import all_old_gaps, names_of
from waystation.kernel import clock
from waystation.kernel.actors import Compartment


def notice() -> None:
    """Open one thing to do for each node of whom messages are missing too long, and end those that have come."""
    by, missing = exchange_actor(), _missing()
    known = FollowUp.objects.filter(kind=GAP)
    standing = set(known.filter(state=State.OPEN).values_list("subject", flat=True))
    for peer_id in standing - missing.keys():
        followups.finish_follow_up(by=by, kind=GAP, subject=peer_id)
    for peer_id in missing.keys() - standing:
        if known.filter(subject=peer_id, ended_at__gte=missing[peer_id]).exists():
            continue
        followups.open_follow_up(by=by, kind=GAP, subject=peer_id, compartment=Compartment.BASIC, due_at=clock.now())


def _missing() -> Mapping[UUID, datetime]:
    """Of whom, and since when the newest of their old gaps is old: who ended it since then has let it go."""
    return {gap.peer.pk: gap.since + GAP_OLD for gap in all_old_gaps()}


KIND = FollowUpKind(code=GAP, says=GAP_SAYS, page="exchange:node", permission="exchange.carry", names=names_of)
