"""The only door to procedures and their days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from waystation.casework.cases.models import Case
from waystation.casework.followups import queries as followups
from waystation.casework.followups.codes import State
from waystation.casework.followups.models import FollowUp
from waystation.casework.procedures.codes import DayState, ProcedureClock, Work
from waystation.casework.procedures.documents import DayDocument, ProcedureDocument
from waystation.casework.procedures.models import Day, Procedure
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.vault import open_document, open_documents


@dataclass(frozen=True, kw_only=True)
class Told:
    """A procedure opened, with its days: what is to come first, the soonest on top."""

    row: Procedure
    said: ProcedureDocument
    days: tuple[tuple[Day, DayDocument], ...]

    @property
    def to_come(self) -> tuple[tuple[Day, DayDocument], ...]:
        """The days of which nobody has said what became of them."""
        return tuple(pair for pair in self.days if pair[1].state == DayState.OPEN)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A line of the list of days to come."""

    follow_up: FollowUp
    row: Procedure
    day: DayDocument
    identity: IdentityDocument | None


def visible_to(actor: Actor) -> QuerySet[Procedure]:
    """Procedures this actor may see."""
    return Procedure.objects.filter(policies.rows(actor, "procedures.work"))


def get_for(actor: Actor, procedure_id: UUID, *, lock: bool = False) -> Procedure:
    """One procedure. Raises NotFound."""
    rows = visible_to(actor).select_related("person", "case")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=procedure_id).first()
    if row is None:
        raise NotFound
    return row


def day_for(actor: Actor, day_id: UUID, *, lock: bool = False) -> Day:
    """One day of a procedure. Raises NotFound."""
    days = Day.objects.select_related("procedure__person", "procedure__case")
    day = (days.select_for_update(of=("self",)) if lock else days).filter(pk=day_id).first()
    if day is None or not visible_to(actor).filter(pk=day.procedure_id).exists():
        raise NotFound
    return day


def document_of(row: Procedure, *, by: Actor) -> ProcedureDocument:
    """What a procedure says."""
    return open_document(row, ProcedureDocument, by=by)


def opened(rows: Iterable[Procedure], *, by: Actor) -> list[Told]:
    """Procedures with their days, in the order given. Raises NotAllowed, BudgetSpent, NodeLocked."""
    found = list(rows)
    days = list(Day.objects.filter(procedure__in=found).select_related("procedure")) if found else []
    said = open_documents(found, ProcedureDocument, by=by)
    texts = open_documents(days, DayDocument, by=by)
    pairs = sorted(((day, texts[day.pk]) for day in days if day.pk in texts), key=_order)
    return [
        Told(row=row, said=said[row.pk], days=tuple(pair for pair in pairs if pair[0].procedure_id == row.pk))
        for row in found
        if row.pk in said
    ]


def _order(pair: tuple[Day, DayDocument]) -> tuple[bool, date, str]:
    text = pair[1]
    return text.state != DayState.OPEN, text.day or date.max, text.at


def of_person(person: Person, *, by: Actor) -> QuerySet[Procedure]:
    """A person's procedures that this actor may see, those under way first."""
    rows = visible_to(by).filter(person__in=people.one_person_ids(person))
    return rows.order_by("-state", "-pk")


def of_case(case: Case, *, by: Actor) -> QuerySet[Procedure]:
    """The procedures that hang on a case, those under way first."""
    return visible_to(by).filter(case=case).order_by("-state", "-pk")


def under_way() -> QuerySet[Procedure]:
    """All that have not ended, whoever may see them: they keep a person's record from being sealed away."""
    return Procedure.objects.filter(state=Work.OPEN)


def days_to_come(actor: Actor, *, whose: str = "", within: int | None = None) -> QuerySet[FollowUp]:
    """The follow-ups of days that must not be missed: `whose` is mine, none or empty, `within` so many days from today.

    Raises NotAllowed.
    """
    policies.require(actor, "procedures.work")
    rows = followups.visible_to(actor).filter(kind=ProcedureClock.DAY, state=State.OPEN)
    if whose:
        rows = rows.filter(owner=actor.account_id if whose == "mine" else None)
    if within is not None:
        rows = rows.filter(due_at__lte=clock.end_of(clock.today() + timedelta(days=within)))
    return rows


def coming(rows: Iterable[FollowUp], *, by: Actor) -> list[Coming]:
    """Lines of one page, opened. Raises NotAllowed, BudgetSpent, NodeLocked."""
    shown = list(rows)
    days = Day.objects.select_related("procedure__person").in_bulk([row.subject for row in shown])
    seen = set(visible_to(by).filter(pk__in={day.procedure_id for day in days.values()}).values_list("pk", flat=True))
    texts = open_documents([day for day in days.values() if day.procedure_id in seen], DayDocument, by=by)
    persons = {day.procedure.person for day in days.values() if day.pk in texts}
    names = people.identities(persons, by=by)
    return [
        Coming(
            follow_up=row,
            row=days[row.subject].procedure,
            day=texts[row.subject],
            identity=names.get(days[row.subject].procedure.person_id),
        )
        for row in shown
        if row.subject in texts
    ]
