"""What is to be done in a case by a day: a follow-up of the case's owner, in the case's compartment."""

from datetime import datetime

from waystation.casework.cases.models import Case
from waystation.casework.followups import actions as followups
from waystation.kernel.actors import Actor


def start(by: Actor, case: Case, kind: str, due_at: datetime) -> None:
    """Let a clock of a case run; one of the same kind that runs is moved."""
    followups.open_follow_up(
        by=by,
        kind=kind,
        subject=case.pk,
        compartment=case.compartment_of_row,
        person_id=case.person_id,
        due_at=due_at,
        owner=case.owner,
    )
