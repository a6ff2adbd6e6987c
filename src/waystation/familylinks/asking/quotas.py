"""How many questions a table answers: a small one tells most by each, so quotas grow with the people in it.

Between a post of 5,000 and headquarters of a million evenly on a scale of powers (EXCHANGE.md section 3); a table
smaller than a post's answers as many as that: what matters is the share of people singled out, not how many they are.
"""

import math
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Max

from waystation.familylinks.asking.codes import Suspension
from waystation.familylinks.asking.models import Answered, OwnPublication, Suspended
from waystation.kernel import clock

FEW, MANY = 5_000, 1_000_000
DAY, MONTH = timedelta(days=1), timedelta(days=30)
DAYS_AT_QUOTA = 3
MUCH, HARDLY = 0.30, 0.01
"""The share of a month's quota above which, with fewer claims than HARDLY, a node is answered no more."""


@dataclass(frozen=True, slots=True)
class Quota:
    """Of one peer in a day and to one publication, and of all peers together to one publication."""

    day: int
    peer: int
    everyone: int


AT_A_POST, AT_HEADQUARTERS = Quota(10, 60, 100), Quota(50, 600, 3000)


def quota_for(people: int) -> Quota:
    """What a table of so many people answers."""
    share = math.log(min(max(people, FEW), MANY) / FEW) / math.log(MANY / FEW)
    return Quota(
        *(
            round(few * (many / few) ** share)
            for few, many in (
                (AT_A_POST.day, AT_HEADQUARTERS.day),
                (AT_A_POST.peer, AT_HEADQUARTERS.peer),
                (AT_A_POST.everyone, AT_HEADQUARTERS.everyone),
            )
        )
    )


def is_spent(publication: OwnPublication, peer_id: UUID) -> bool:
    """Whether a peer may ask nothing more of a publication now."""
    quota, rows = quota_for(publication.people), Answered.objects.filter(publication=publication)
    of_peer = Answered.objects.filter(peer=peer_id)
    return (
        of_peer.filter(came_at__gt=clock.now() - DAY).count() >= quota.day
        or rows.filter(peer=peer_id).count() >= quota.peer
        or rows.count() >= quota.everyone
    )


def why_suspend(publication: OwnPublication, peer_id: UUID) -> Suspension | None:
    """Whether a peer asks as one does who tries out names: three days at quota, or a month without people meant.

    Once a coordinator let it ask again, what it asked before counts no more.
    """
    quota, moment = quota_for(publication.people), clock.now()
    lifted = Suspended.objects.filter(peer=peer_id).aggregate(last=Max("lifted_at"))["last"]
    rows = Answered.objects.filter(peer=peer_id, **({"came_at__gt": lifted} if lifted else {}))
    days = [
        rows.filter(came_at__lte=moment - back * DAY, came_at__gt=moment - (back + 1) * DAY).count()
        for back in range(DAYS_AT_QUOTA)
    ]
    if all(count >= quota.day for count in days):
        return Suspension.AT_QUOTA
    month = rows.filter(came_at__gt=moment - MONTH)
    asked = month.count()
    if asked > MUCH * quota.peer and month.filter(meant=True).count() < HARDLY * asked:
        return Suspension.NO_CLAIMS
    return None
