"""What comes next, and by when: one follow-up for each pair, opened anew at each step."""

from datetime import date, datetime, timedelta

from waystation.casework.followups import actions as followups
from waystation.familylinks.reunification import queries
from waystation.familylinks.reunification.codes import (
    ASK_AFTER,
    END_WITHIN,
    NEXT,
    WEIGH_WITHIN,
    Act,
    ReunionClock,
    State,
)
from waystation.familylinks.reunification.documents import ReunificationDocument
from waystation.familylinks.reunification.models import Reunification
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment


def restart(by: Actor, row: Reunification, said: ReunificationDocument) -> None:
    """Inside the action that moved it."""
    followups.drop_all(by=by, subject=row.pk)
    following = upcoming(row, said)
    if following is None:
        return
    kind, due = following
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=row.pk,
        compartment=Compartment.FAMILY_LINKS,
        person_id=row.person_id,
        owner=row.owner,
        due_at=due,
    )


def upcoming(row: Reunification, said: ReunificationDocument) -> tuple[ReunionClock, datetime] | None:
    """What comes next; nothing once it is closed."""
    if row.state == State.CLOSED:
        return None
    if row.state in {State.REUNITED, State.FOLLOWED}:
        return _since_they_met(row)
    if row.state == State.ARRANGED:
        return ReunionClock.MEET, clock.end_of(said.travel.on or clock.today()) + timedelta(days=1)
    if row.state == State.AGREED and queries.has_child(row, said):
        return ReunionClock.WEIGH, row.state_at + WEIGH_WITHIN
    kind, within = NEXT[row.state]
    if row.state == State.REFUSED and row.appeal_by is not None:
        return kind, clock.end_of(row.appeal_by)
    return kind, row.state_at + within


def _since_they_met(row: Reunification) -> tuple[ReunionClock, datetime]:
    asked = row.steps.filter(act=Act.FOLLOW).count()
    if asked < len(ASK_AFTER):
        return ReunionClock.FOLLOW, clock.end_of(_met(row) + ASK_AFTER[asked])
    return ReunionClock.END, row.state_at + END_WITHIN


def _met(row: Reunification) -> date:
    return row.met_on or clock.today()
