"""Writing into our own record what another organisation says of one field, once somebody here has chosen it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from waystation.casework import arrivals
from waystation.casework.cases import actions as of_cases
from waystation.casework.cases import queries as cases
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.handover import told
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import actions as people_actions
from waystation.people import queries as people
from waystation.people.documents import IdentityDocument


def write(
    *, by: Actor, person_id: UUID | None, case_id: UUID | None, name: str, said: Mapping[str, Any], revision: int = 0
) -> None:
    """Write one field into the person's record or the case.

    With a `revision` of either, only while nobody changed it since that was read. Raises NotFound, Invalid, Conflict.
    """
    if person_id is None:
        raise NotFound
    if told.of_identity(name):
        person = people.get_for(by, person_id)
        changes = arrivals.identity(said, people.identity_of(person, by=by))
        if name in {"birth_year", "birth_date"}:
            changes = _one_birth(name, changes)
        people_actions.correct(by=by, person_id=person.pk, revision=revision or person.revision, changes=changes)
        return
    if case_id is None:
        raise NotFound
    case = cases.get_for(by, case_id)
    if name == "plan":
        standing = {goal.goal for _row, goal in cases.whole(case, by=by).goals}
        for goal in said["plan"]:
            if goal not in standing:
                of_cases.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal=goal))
        return
    of_cases.write(by=by, case_id=case.pk, revision=revision or case.revision, texts=told.case_texts(said))


def _one_birth(name: str, changes: IdentityDocument) -> IdentityDocument:
    """A year and a day of birth that contradict each other cannot both stand: the one that was corrected does."""
    born, year = changes.birth_date, changes.birth_year
    if born is None or year is None or born.year == year:
        return changes
    return replace(changes, birth_date=None) if name == "birth_year" else replace(changes, birth_year=born.year)
