"""How many were asked, tested and treated: by facility and disease, for one year, in numbers that name nobody.

One table tells of one disease and one calendar year, and each person stands once in it, with the last screening of that
year: so no two tables tell of the same people, and nothing can be worked out from one by another. `suppression` hides
small counts and enough of their neighbours; sums are made of shown cells alone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from waystation.casework.health.codes.diseases import Column, Disease, Place, Result, State
from waystation.casework.health.models import DiseaseDocument, DiseaseScreening
from waystation.casework.suppression import suppress
from waystation.kernel import clock, journal, policies
from waystation.kernel.actors import Actor
from waystation.people import queries as people
from waystation.vault import stream_for_count

YEARS_SHOWN = 5
CHUNK = 500
Facility = tuple[str, str]
"""A post's name (empty for none) and a kind of place."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One facility, or all: counts by column (None: hidden), and what they add up to where all of it is shown."""

    post: str
    place: str
    cells: tuple[int | None, ...]
    total: int | None

    @property
    def agreed(self) -> int | None:
        """How many said yes."""
        return self._sum(*(column for column in Column if column != Column.REFUSED))

    @property
    def positive(self) -> int | None:
        """In how many something was found."""
        return self._sum(Column.FOUND, Column.TREATED, Column.COMPLETED)

    def _sum(self, *columns: Column) -> int | None:
        wanted = [self.cells[list(Column).index(column)] for column in columns]
        return None if None in wanted else sum(count or 0 for count in wanted)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Lines by facility, and all together."""

    lines: tuple[Line, ...]
    total: Line
    hides: bool


def years() -> list[int]:
    """The years that can be asked for, this one first."""
    this = clock.today().year
    return [this - ago for ago in range(YEARS_SHOWN)]


def report(by: Actor, *, disease: Disease, year: int) -> Table:
    """One table. Raises NotAllowed, NodeLocked."""
    policies.require(by, "health.coverage")
    journal.record(by, journal.Entry(action="health.coverage", detail={"year": year}))
    return tabulate(_counted(disease, year))


def tabulate(counted: Counter[tuple[Facility, Column]]) -> Table:
    """Counts of people, each in one cell, as a table safe to show."""
    facilities = sorted({facility for facility, _column in counted})
    shown = suppress([[counted[facility, column] for column in Column] for facility in facilities])
    lines = [_line(facility, cells) for facility, cells in zip(facilities, shown, strict=False)]
    hides = any(None in cells for cells in shown)
    return Table(lines=tuple(lines), total=_line(("", ""), shown[-1] if facilities else [0] * 7), hides=hides)


def _line(facility: Facility, cells: Sequence[int | None]) -> Line:
    *counts, total = cells
    return Line(post=facility[0], place=facility[1], cells=tuple(counts), total=total)


def _counted(disease: Disease, year: int) -> Counter[tuple[Facility, Column]]:
    rows = DiseaseScreening.objects.filter(at__gte=_first(year), at__lt=_first(year + 1))
    last: dict[UUID, tuple[datetime, Facility, Column]] = {}
    found = [
        (row, text)
        for row, text in stream_for_count(rows.select_related("post").order_by("pk"), DiseaseDocument)
        if text.disease == disease
    ]
    roots: dict[UUID, UUID] = {}
    ids = sorted({row.person_id for row, _text in found})
    for start in range(0, len(ids), CHUNK):
        roots |= people.survivors(ids[start : start + CHUNK])
    for row, text in found:
        person = roots.get(row.person_id, row.person_id)
        facility = (row.post.name if row.post else "", str(Place(row.place).value))
        if person not in last or last[person][0] <= row.at:
            last[person] = (row.at, facility, column_of(text))
    return Counter((facility, column) for _at, facility, column in last.values())


def column_of(text: DiseaseDocument) -> Column:
    """Where a screening stands in the report."""
    if text.state == State.DECLINED:
        return Column.REFUSED
    if text.result == Result.NEGATIVE:
        return Column.CLEAR
    if text.result != Result.POSITIVE:
        return Column.WAITING
    if text.completed_on:
        return Column.COMPLETED
    return Column.TREATED if text.treated_on else Column.FOUND


def _first(year: int) -> datetime:
    return timezone.make_aware(datetime.combine(date(year, 1, 1), datetime.min.time()))
