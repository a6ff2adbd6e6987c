"""Procedures of the demo: one with a hearing and an appeal before it, one just begun, one that ended well."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from waystation.casework.procedures import actions
from waystation.casework.procedures.codes import Act
from waystation.casework.procedures.documents import DayDocument, Representative
from waystation.casework.procedures.models import Procedure
from waystation.kernel import clock
from waystation.kernel.actors import Actor

COURT = "Via dei Tribunali 8, second floor, room 14"
LAWYER = Representative(name="Chiara Fontana, Avvocati di Strada", contact="+39 06 555 0121, Tuesdays and Fridays")


def followed(people: Mapping[str, UUID], by: Actor) -> None:
    """What the pages of procedures show."""
    _appeal(people["Mamadou Aliou"], by)
    _family(people["Hawa"], by)
    _wages(people["María Fernanda"], by)


def _begun(by: Actor, person_id: UUID, **said: str) -> Procedure:
    return actions.open_procedure(by=by, person_id=person_id, draft=actions.ProcedureDraft(**said))


def _step(by: Actor, row: Procedure, act: str, days_ago: int, words: str = "") -> None:
    day = clock.today() - timedelta(days=days_ago)
    actions.take_step(by=by, procedure_id=row.pk, happened=actions.Happened(act=act, day=day, words=words))


def _day(by: Actor, row: Procedure, kind: str, days: int, **said: Any) -> UUID:
    document = DayDocument(kind=kind, day=clock.today() + timedelta(days=days), **said)
    return actions.add_day(by=by, procedure_id=row.pk, document=document).pk


def _appeal(person_id: UUID, by: Actor) -> None:
    row = _begun(
        by,
        person_id,
        kind="leave",
        authority="Tribunal of the province, second room",
        reference="2214/26",
        about="To be heard before anybody decides. His brother lives two streets from here.",
    )
    _step(by, row, Act.APPEAL, 12, "Lodged with the bus tickets and the letter of his brother.")
    actions.represent(by=by, procedure_id=row.pk, representative=LAWYER)
    actions.interpret(by=by, procedure_id=row.pk, interpreter="asked", language="ful")
    hearing = _day(
        by,
        row,
        "hearing",
        6,
        at="09:30",
        place=COURT,
        bring="The letter, the slip",
    )
    said = DayDocument(
        kind="hearing",
        day=clock.today() + timedelta(days=8),
        at="11:00",
        place=COURT,
        bring="The letter with the stamp, the slip of the post. Tea for the train.",
    )
    actions.move_day(by=by, day_id=hearing, document=said, why="The court wrote: two days later.")
    _day(by, row, "documents", 2, place="Hand it to Chiara by noon", bring="Proof of where he sleeps")


def _family(person_id: UUID, by: Actor) -> None:
    row = _begun(by, person_id, kind="family", about="That Zahra's father can join them.")
    _day(by, row, "answer", 20, place="By post, with proof of the day")


def _wages(person_id: UUID, by: Actor) -> None:
    row = _begun(by, person_id, kind="work", authority="Labour office", about="Three weeks of picking, not paid.")
    _step(by, row, Act.LODGE, 40)
    _step(by, row, Act.REGISTER, 33)
    _step(by, row, Act.DECIDE, 10, "The farm must pay all three weeks.")
    _step(by, row, Act.END, 3, "Paid in full. She bought shoes for the children.")
