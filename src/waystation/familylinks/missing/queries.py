"""The only door to incidents and what they add up to, to who was lost, and to what hangs on a family's request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Count, F, Q, QuerySet, Sum

from waystation.familylinks.missing.codes import STANDING, Order
from waystation.familylinks.missing.documents import (
    AboardDocument,
    AnteMortemDocument,
    BodyDocument,
    HypothesisDocument,
    PlanDocument,
    TellingDocument,
)
from waystation.familylinks.missing.models import (
    Aboard,
    AnteMortem,
    ContactPlan,
    Hypothesis,
    Incident,
    Reading,
    Telling,
    UnidentifiedBody,
)
from waystation.familylinks.tracing.codes import OPEN
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.vault import open_documents

Kind = TypeVar("Kind", bound=models.Model)
COUNTED = ("dead", "missing", "total", "survivors", "women", "men", "children")
ORDERS: dict[str, tuple[Any, ...]] = {
    Order.NEWEST: (F("day").desc(nulls_last=True), "-year", "source_id", "part"),
    Order.OLDEST: (F("day").asc(nulls_last=True), "year", "source_id", "part"),
    Order.MOST: ("-total", "-year", "source_id", "part"),
    Order.ROUTE: ("route", F("day").desc(nulls_last=True), "source_id", "part"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which incidents one asks for; empty: all."""

    source: str = ""
    first_year: int | None = None
    last_year: int | None = None
    route: str = ""
    region: str = ""
    cause: str = ""
    words: str = ""

    def q(self) -> Q:
        """As the database asks."""
        exact = {name: getattr(self, name) for name in ("source", "route", "region", "cause")}
        found = Q(**{name: value for name, value in exact.items() if value})
        if self.first_year:
            found &= Q(year__gte=self.first_year)
        if self.last_year:
            found &= Q(year__lte=self.last_year)
        if self.words:
            named = (Q(**{f"{name}__icontains": self.words}) for name in ("place", "country", "route"))
            found &= reduce(or_, named)
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What incidents that share a year, a route or a cause add up to."""

    label: str
    incidents: int
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Dead and missing."""
        return self.counts[COUNTED.index("total")]


def incidents(actor: Actor, wanted: Wanted | None = None) -> QuerySet[Incident]:
    """Incidents this actor may see. Nobody is named in any."""
    rows = Incident.objects.filter(policies.rows(actor, "missing.view"))
    return rows.filter(wanted.q()) if wanted else rows


def near(actor: Actor, since: date | None, until: date | None, words: str) -> QuerySet[Incident]:
    """Incidents between two days, and those of these years whose day nobody tells; the earliest first."""
    rows = incidents(actor, Wanted(words=words))
    if since:
        rows = rows.filter(Q(day__gte=since) | Q(day__isnull=True, year__gte=since.year))
    if until:
        rows = rows.filter(Q(day__lte=until) | Q(day__isnull=True, year__lte=until.year))
    return rows.order_by(*ORDERS[Order.OLDEST])


def incident_for(actor: Actor, incident_id: UUID, *, lock: bool = False) -> Incident:
    """One incident. Raises NotFound."""
    rows = incidents(actor)
    row = (rows.select_for_update() if lock else rows).filter(pk=incident_id).first()
    if row is None:
        raise NotFound
    return row


def totals(actor: Actor, by: str, wanted: Wanted | None = None) -> list[Line]:
    """What they add up to by `year`, `route` or `cause`; what nobody told counts nothing."""
    sums: dict[str, Any] = {f"sum_{name}": Sum(name) for name in COUNTED}
    rows = incidents(actor, wanted).order_by().values(by).annotate(many=Count("pk"), **sums)
    lines = [
        Line(label=str(row[by]), incidents=row["many"], counts=tuple(row[f"sum_{name}"] or 0 for name in COUNTED))
        for row in rows
    ]
    return sorted(lines, key=(lambda line: line.label) if by == "year" else (lambda line: (-line.total, line.label)))


def sum_of(lines: Sequence[Line]) -> Line:
    """All of them in one line."""
    counts = tuple(map(sum, zip(*(line.counts for line in lines), strict=True))) or (0,) * len(COUNTED)
    return Line(label="", incidents=sum(line.incidents for line in lines), counts=counts)


def choices(actor: Actor) -> dict[str, list[str]]:
    """Routes and regions that incidents name, to choose from."""
    pairs = set(incidents(actor).order_by().values_list("route", "region").distinct())
    return {
        "route": sorted({route for route, _region in pairs if route}),
        "region": sorted({region for _route, region in pairs if region}),
    }


def readings(actor: Actor) -> QuerySet[Reading]:
    """Files that were read."""
    return Reading.objects.filter(policies.rows(actor, "missing.keep"))


def reading_for(actor: Actor, reading_id: UUID) -> Reading:
    """One of them. Raises NotFound."""
    row = readings(actor).filter(pk=reading_id).first()
    if row is None:
        raise NotFound
    return row


def linked() -> tuple[type[Any], ...]:
    """Tables whose rows name an incident."""
    return Aboard, UnidentifiedBody, Hypothesis


def aboard(actor: Actor) -> QuerySet[Aboard]:
    """People who were aboard, as far as this actor may read of them."""
    return Aboard.objects.filter(policies.rows(actor, "missing.aboard"))


def aboard_for(actor: Actor, aboard_id: UUID, *, lock: bool = False) -> Aboard:
    """One of them. Raises NotFound."""
    return _one(aboard(actor).select_related("incident"), aboard_id, lock=lock)


def aboard_of(row: Incident, *, by: Actor) -> list[tuple[Aboard, AboardDocument]]:
    """Who was aboard in one incident. Raises BudgetSpent, NodeLocked."""
    rows = list(aboard(by).filter(incident=row))
    texts = open_documents(rows, AboardDocument, by=by)
    return [(one, texts.get(one.pk, AboardDocument())) for one in rows]


def bodies(actor: Actor) -> QuerySet[UnidentifiedBody]:
    """People found dead, as far as this actor may read of them."""
    return UnidentifiedBody.objects.filter(policies.rows(actor, "missing.forensic"))


def body_for(actor: Actor, body_id: UUID, *, lock: bool = False) -> UnidentifiedBody:
    """One of them. Raises NotFound."""
    return _one(bodies(actor).select_related("incident"), body_id, lock=lock)


def bodies_opened(rows: Iterable[UnidentifiedBody], *, by: Actor) -> dict[UUID, BodyDocument]:
    """How they are described, by id. Raises NotAllowed, BudgetSpent, NodeLocked."""
    return open_documents(list(rows), BodyDocument, by=by)


def told_before_death(actor: Actor) -> QuerySet[AnteMortem]:
    """What families tell of people they look for."""
    return AnteMortem.objects.filter(policies.rows(actor, "missing.work"))


def ante_mortem_of(request: TracingRequest, *, by: Actor) -> tuple[AnteMortem, AnteMortemDocument] | None:
    """What the family of a request tells of the person sought."""
    row = told_before_death(by).filter(request=request).first()
    if row is None:
        return None
    row.request = request
    return row, open_documents([row], AnteMortemDocument, by=by).get(row.pk, AnteMortemDocument())


def hypotheses(actor: Actor) -> QuerySet[Hypothesis]:
    """Hypotheses about requests this actor may see."""
    rows = Hypothesis.objects.filter(policies.rows(actor, "missing.work"))
    return rows.select_related("request__person", "incident", "body")


def hypothesis_for(actor: Actor, hypothesis_id: UUID, *, lock: bool = False) -> Hypothesis:
    """One of them. Raises NotFound."""
    return _one(hypotheses(actor), hypothesis_id, lock=lock)


def hypotheses_opened(rows: Iterable[Hypothesis], *, by: Actor) -> dict[UUID, HypothesisDocument]:
    """What they say, by id. Raises NotAllowed, BudgetSpent, NodeLocked."""
    return open_documents(list(rows), HypothesisDocument, by=by)


def plans(actor: Actor) -> QuerySet[ContactPlan]:
    """How families are kept told."""
    return ContactPlan.objects.filter(policies.rows(actor, "missing.work"))


def plan_of(request: TracingRequest, *, by: Actor) -> tuple[ContactPlan, PlanDocument] | None:
    """How the family of a request is kept told."""
    row = plans(by).filter(request=request).first()
    if row is None:
        return None
    row.request = request
    return row, open_documents([row], PlanDocument, by=by).get(row.pk, PlanDocument())


def owed(actor: Actor) -> QuerySet[ContactPlan]:
    """Families of open requests who are to hear from us, whoever is owed first comes first."""
    return plans(actor).filter(request__state__in=OPEN).select_related("request__person").order_by("next_on", "pk")


def tellings(actor: Actor) -> QuerySet[Telling]:
    """Deaths told or to be told, to families this actor may know of."""
    rows = Telling.objects.filter(policies.rows(actor, "missing.notify"))
    return rows.select_related("request__person", "hypothesis")


def telling_for(actor: Actor, telling_id: UUID, *, lock: bool = False) -> Telling:
    """One of them. Raises NotFound."""
    return _one(tellings(actor), telling_id, lock=lock)


def tellings_of(request: TracingRequest, *, by: Actor) -> list[tuple[Telling, TellingDocument]]:
    """The same of one family, with words, the newest first."""
    rows = list(tellings(by).filter(request=request))
    texts = open_documents(rows, TellingDocument, by=by)
    return [(one, texts.get(one.pk, TellingDocument())) for one in rows]


def is_to_be_told(row: Hypothesis) -> bool:
    """Whether a family was told because of a hypothesis, or is about to be."""
    return row.tellings.filter(state__in=STANDING).exists()


def _one(rows: QuerySet[Kind], number: UUID, *, lock: bool) -> Kind:
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row
