"""The only door to risks, plans and time to think."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from waystation.casework.cases import queries as cases
from waystation.casework.cases.codes import CaseKind
from waystation.casework.cases.models import Case
from waystation.casework.safety.codes import CURRENT, STANDING, PlanState, RiskKind, RiskState
from waystation.casework.safety.counting import Figures, tabulate
from waystation.casework.safety.documents import PlanDocument, RiskDocument, TimeDocument
from waystation.casework.safety.models import RiskEvent, SafetyPlan, TimeToThink
from waystation.kernel import clock, journal, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.codes import Stage
from waystation.people.models import Person
from waystation.vault import open_documents

MONTH = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Plans:
    """A person's versions, the newest first."""

    rows: tuple[SafetyPlan, ...]

    @property
    def draft(self) -> SafetyPlan | None:
        """What waits to be read back."""
        return next((row for row in self.rows if row.state == PlanState.DRAFT), None)

    @property
    def standing(self) -> SafetyPlan | None:
        """The person's last word: the plan agreed to, or that they want none."""
        return next((row for row in self.rows if row.state in STANDING), None)

    @property
    def earlier(self) -> tuple[SafetyPlan, ...]:
        """Versions that a newer one replaced."""
        return tuple(row for row in self.rows if row not in (self.draft, self.standing))

    @property
    def no_contact(self) -> bool:
        """Whether nobody may call, write or visit: one version that says so is enough."""
        return any(row.no_contact for row in self.rows if row.state in CURRENT)


def plans(actor: Actor) -> QuerySet[SafetyPlan]:
    """Versions of plans this actor may see."""
    return SafetyPlan.objects.filter(policies.rows(actor, "safety.work"))


def plan_for(actor: Actor, plan_id: UUID, *, lock: bool = False) -> SafetyPlan:
    """One version. Raises NotFound."""
    rows = plans(actor).select_related("person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=plan_id).first()
    if row is None:
        raise NotFound
    return row


def plans_of(person: Person | UUID, *, by: Actor) -> Plans:
    """All versions of a person that this actor may see."""
    return Plans(rows=tuple(plans(by).filter(person__in=people.one_person_ids(person))))


def plan_texts(rows: Iterable[SafetyPlan], *, by: Actor) -> dict[UUID, PlanDocument]:
    """What versions say, by id. Raises NotAllowed, BudgetSpent, NodeLocked."""
    return open_documents(list(rows), PlanDocument, by=by)


def risks(actor: Actor) -> QuerySet[RiskEvent]:
    """Entries this actor may see."""
    return RiskEvent.objects.filter(policies.rows(actor, "safety.work"))


def risk_for(actor: Actor, risk_id: UUID, *, lock: bool = False) -> RiskEvent:
    """One entry. Raises NotFound."""
    rows = risks(actor).select_related("person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=risk_id).first()
    if row is None:
        raise NotFound
    return row


def risks_of(person: Person, *, by: Actor) -> list[tuple[RiskEvent, RiskDocument]]:
    """All entries about a person in the order in which things happened; without a time they come last."""
    rows = list(risks(by).filter(person__in=people.one_person_ids(person)))
    texts = open_documents(rows, RiskDocument, by=by)
    pairs = [(row, texts.get(row.pk, RiskDocument())) for row in rows]
    return sorted(pairs, key=lambda pair: (pair[1].since == "", pair[1].since, pair[0].at))


def standing_risks(pairs: Sequence[tuple[RiskEvent, RiskDocument]]) -> list[tuple[RiskEvent, RiskDocument]]:
    """Those that say what is so today."""
    return [pair for pair in pairs if pair[0].state == RiskState.STANDS]


def trafficking_cases(person: Person, *, by: Actor) -> list[Case]:
    """A person's cases about trafficking that this actor may see, open ones first."""
    return [case for case in cases.of_person(person, by=by) if case.kind == CaseKind.TRAFFICKING]


def times(actor: Actor) -> QuerySet[TimeToThink]:
    """Times to think this actor may see."""
    policies.require(actor, "safety.work")
    return TimeToThink.objects.filter(case__in=cases.visible_to(actor).filter(kind=CaseKind.TRAFFICKING))


def time_for(actor: Actor, time_id: UUID, *, lock: bool = False) -> TimeToThink:
    """One time to think. Raises NotFound."""
    rows = times(actor).select_related("case__person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=time_id).first()
    if row is None:
        raise NotFound
    return row


def times_of(case_ids: Iterable[UUID], *, by: Actor) -> list[tuple[TimeToThink, TimeDocument]]:
    """Times to think in some cases, the newest first. Raises NotAllowed, BudgetSpent, NodeLocked."""
    rows = list(times(by).filter(case__in=list(case_ids)).select_related("case"))
    texts = open_documents(rows, TimeDocument, by=by)
    return [(row, texts.get(row.pk, TimeDocument())) for row in rows]


def figures(actor: Actor, months: int) -> Figures:
    """Risks by part of the road, told in the last months. Raises NotAllowed."""
    policies.require(actor, "safety.figures")
    since = clock.now() - months * MONTH
    rows = RiskEvent.objects.filter(state=RiskState.STANDS, at__gte=since).values_list(
        "person_id", "person__merged_into_id", "risk", "stage"
    )
    told = [(survivor or person, risk, stage) for person, survivor, risk, stage in rows]
    journal.record(actor, journal.Entry(action="safety.figures"))
    return tabulate(told, RiskKind.values, [*Stage.values, ""])
