"""What the road between nodes asks of people stands under Today: a stick that may be lost, a circle that waits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from waystation.casework.followups import actions as followups
from waystation.casework.followups.codes import State
from waystation.casework.followups.kinds import FollowUpKind
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover.codes import CIRCLE, CIRCLE_SAYS, GAP, GAP_SAYS
from waystation.exchange.circles import showing
from waystation.exchange.codes import GAP_OLD
from waystation.exchange.identity import exchange_actor
from waystation.exchange.queries import all_old_gaps, names_of
from waystation.kernel import clock
from waystation.kernel.actors import Compartment


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A kind of follow-up, and about what it stands now: by id, since when. Who ended it since then has let it go."""

    kind: FollowUpKind
    standing: Callable[[], Mapping[UUID, datetime]]


def _missing() -> Mapping[UUID, datetime]:
    """Nodes of whom messages are missing too long, since when the newest of their old gaps is old."""
    return {gap.peer.pk: gap.since + GAP_OLD for gap in all_old_gaps()}


NOTICES = (
    Notice(
        kind=FollowUpKind(code=GAP, says=GAP_SAYS, page="exchange:node", permission="exchange.carry", names=names_of),
        standing=_missing,
    ),
    Notice(
        kind=FollowUpKind(
            code=CIRCLE,
            says=CIRCLE_SAYS,
            page="exchange:circle",
            permission="exchange.agree",
            names=showing.names_of,
        ),
        standing=showing.waiting_for_us,
    ),
)


def notice() -> None:
    """Open one thing to do for each that has none, and end those that are over. Raises NodeLocked."""
    for one in NOTICES:
        _notice(one.kind.code, one.standing())


def _notice(kind: str, standing: Mapping[UUID, datetime]) -> None:
    by, known = exchange_actor(), FollowUp.objects.filter(kind=kind)
    is_open = set(known.filter(state=State.OPEN).values_list("subject", flat=True))
    for subject in is_open - standing.keys():
        followups.finish_follow_up(by=by, kind=kind, subject=subject)
    for subject in standing.keys() - is_open:
        if known.filter(subject=subject, ended_at__gte=standing[subject]).exists():
            continue
        followups.open_follow_up(by=by, kind=kind, subject=subject, compartment=Compartment.BASIC, due_at=clock.now())
