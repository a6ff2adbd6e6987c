"""Procedures and days for the tests of this room, made as the actions make them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.people.factories import registered
from waystation.casework.followups.models import FollowUp
from waystation.casework.procedures import actions, queries
from waystation.casework.procedures.documents import DayDocument
from waystation.casework.procedures.models import Day, Procedure
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.vault import open_document

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRETS = ("Tribunal of the harbour", "X-77-12", "uncle in Bari", "Advocate Rossi", "stamped copies")


def begun(by: Actor, person: Any = None, **said: str) -> Procedure:
    person = person or registered(by, "Miriam", "Tekle").person
    wanted = actions.ProcedureDraft(**{"kind": "protection", "authority": "Office", **said})
    return actions.open_procedure(by=by, person_id=person.pk, draft=wanted)


def stepped(by: Actor, row: Procedure, act: str, **said: Any) -> Procedure:
    happened = actions.Happened(**{"act": act, "words": "As told", **said})
    return actions.take_step(by=by, procedure_id=row.pk, happened=happened)


def with_day(by: Actor, row: Procedure, days: int = 14, **said: Any) -> Day:
    document = DayDocument(**{"kind": "appeal", "day": clock.today() + timedelta(days=days), **said})
    return actions.add_day(by=by, procedure_id=row.pk, document=document)


def said_of(by: Actor, row: Procedure) -> Any:
    return queries.document_of(Procedure.objects.get(pk=row.pk), by=by)


def day_says(by: Actor, day: Day) -> DayDocument:
    return open_document(Day.objects.select_related("procedure").get(pk=day.pk), DayDocument, by=by)


def warnings(day: Day, state: str = "open") -> dict[str, date]:
    rows = FollowUp.objects.filter(subject=day.pk, state=state)
    return {row.kind: row.due_at.date() for row in rows if row.due_at}
