"""The only door to incidents, and what they add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from waystation.familylinks.missing.codes import Order
from waystation.familylinks.missing.models import Incident, Reading
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound

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
            found &= Q(place__icontains=self.words) | Q(country__icontains=self.words)
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
    return ()
