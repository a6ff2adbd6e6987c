"""Help denied, as the posts of the demo wrote it down over some months."""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from waystation.casework.barriers import actions
from waystation.casework.barriers.models import BarrierDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor

HEARD = (
    ("health", "clinic", "document", "IT"),
    ("health", "clinic", "language", "IT"),
    ("education", "school", "full", "IT"),
    ("shelter", "shelter", "full", "IT"),
    ("lodging", "state", "decision", "IT"),
    ("health", "nobody", "fear_sent_back", "TN"),
    ("our_help", "held", "too_seldom", "TN"),
    ("legal", "nobody", "not_told", "TN"),
)


def turned_away(people: Mapping[str, UUID], by: Actor, chance: random.Random) -> None:
    """What the pages of barriers show."""
    for number in range(26):
        denied, who, kind, country = HEARD[number % len(HEARD)]
        days, many = chance.randrange(120), chance.randint(1, 4)
        _written(by, denied=denied, by=who, kind=kind, country=country, days=days, people=many)
    known = BarrierDocument(
        who="Booking desk of the clinic on the hill",
        ground="No card of the region, no appointment.",
        words="She had walked an hour with the baby. They did not look at the child.",
    )
    row = _written(
        by, person=people["Hawa"], document=known, denied="health", by="clinic", kind="document", see_to=True
    )
    said = "Giulia rang the head nurse; the baby is seen on Thursday."
    actions.say_done(by=by, barrier_id=row, done="spoke", words=said)
    bed = BarrierDocument(who="Night shelter by the station", ground="Full until Monday.")
    _written(by, person=people["Mamadou Aliou"], document=bed, denied="shelter", by="shelter", kind="full", see_to=True)


def _written(
    actor: Actor, *, person: UUID | None = None, days: int = 1, document: BarrierDocument | None = None, **said: Any
) -> UUID:
    day = clock.today() - timedelta(days=days)
    draft = actions.BarrierDraft(**{"country": "IT", **said}, day=day, document=document or BarrierDocument())
    return actions.record(by=actor, draft=draft, person_id=person).pk
