"""Everything that hangs on one person in this room, in one query: a page that shows it all shows it at once.

Five tables, and those that other rooms want known at once (`knowing`), are read as one (SQL UNION): each gives the same
columns, filled with nothing where it has none, and comes back as rows of its own model, ready to be opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, F, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from waystation.people import knowing
from waystation.people.models import Consent, Disclosure, JourneyStop, Merge, NoticeReading, Person

Table = tuple["QuerySet[Any]", dict[str, str]]
COLUMNS: dict[str, "type[models.Field[Any, Any]]"] = {
    "sealed_bytes": models.BinaryField,
    "code_1": models.CharField,
    "code_2": models.CharField,
    "code_3": models.CharField,
    "code_4": models.CharField,
    "at_1": models.DateTimeField,
    "at_2": models.DateTimeField,
    "day": models.DateField,
    "number": models.IntegerField,
    "yes": models.BooleanField,
    "id_1": models.UUIDField,
    "id_2": models.UUIDField,
    "id_3": models.UUIDField,
}
TABLES: tuple[tuple["models.Manager[Any]", dict[str, str]], ...] = (
    (JourneyStop.objects, {"person_id": "id_1", "stage": "code_1", "position": "number", "sealed": "sealed_bytes"}),
    (
        Consent.objects,
        {
            "person_id": "id_1",
            "purpose": "code_1",
            "recipient_kind": "code_2",
            "state": "code_3",
            "given_at": "at_1",
            "withdrawn_at": "at_2",
            "expires_on": "day",
            "recorded_by": "id_2",
            "sealed": "sealed_bytes",
        },
    ),
    (
        Disclosure.objects,
        {
            "person_id": "id_1",
            "consent_id": "id_2",
            "sent_by": "id_3",
            "basis": "code_1",
            "purpose": "code_2",
            "recipient_kind": "code_3",
            "kind": "code_4",
            "sent_at": "at_1",
            "sealed": "sealed_bytes",
        },
    ),
    (
        NoticeReading.objects,
        {"person_id": "id_1", "by": "id_2", "language": "code_1", "via": "code_2", "at": "at_1", "understood": "yes"},
    ),
    (
        Merge.objects,
        {
            "survivor_id": "id_1",
            "absorbed_id": "id_2",
            "merged_by": "id_3",
            "merged_at": "at_1",
            "sealed": "sealed_bytes",
        },
    ),
)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Rows of one person, sealed as they are, each table in its own order."""

    stops: list[JourneyStop]
    consents: list[Consent]
    disclosures: list[Disclosure]
    notices: list[NoticeReading]
    merges: list[Merge]
    known: dict[str, list[Any]]
    """Rows of other rooms, by the key they are registered with (`knowing`)."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many rows of each kind."""

    households: int = 0
    stops: int = 0
    consents: int = 0
    disclosures: int = 0


def parts_of(ids: Sequence[UUID]) -> Parts:
    """All rows of one person (`queries.one_person_ids`). Merges that were undone are left out."""
    others = knowing.all_of_them()
    tables: list[Table] = [
        *((table.all(), fields) for table, fields in TABLES),
        *((one.rows(), dict(one.fields)) for one in others),
    ]
    wanted = [_as_columns(place, table, ids) for place, table in enumerate(tables)]
    found: list[list[Any]] = [[] for _table in tables]
    for row in wanted[0].union(*wanted[1:], all=True):
        found[row["place"]].append(_as_row(tables[row["place"]], row))
    return Parts(
        stops=sorted(found[0], key=lambda stop: (stop.position, stop.pk)),
        consents=sorted(found[1], key=lambda consent: _newest(consent.given_at, consent.pk)),
        disclosures=sorted(found[2], key=lambda disclosure: _newest(disclosure.sent_at, disclosure.pk)),
        notices=sorted(found[3], key=lambda notice: _newest(notice.at, notice.pk)),
        merges=sorted(found[4], key=lambda merge: _newest(merge.merged_at, merge.pk)),
        known={one.key: rows for one, rows in zip(others, found[len(TABLES) :], strict=True)},
    )


def counted(ids: Sequence[UUID], wanted: Sequence[QuerySet[Any]]) -> tuple[int, ...]:
    """How many rows each has, in one query; `ids` are the records of one person."""
    columns = [_count(rows) for rows in wanted]
    return tuple(Person.objects.filter(pk__in=ids).values_list(*columns).first() or (0,) * len(wanted))


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values(every=Value(1)).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)


def _as_columns(place: int, table: Table, ids: Sequence[UUID]) -> QuerySet[Any, dict[str, Any]]:
    every, fields = table
    source = {column: name for name, column in fields.items()}
    merges = every.model is Merge
    rows = every.filter(absorbed__in=ids, undone_at__isnull=True) if merges else every.filter(person__in=ids)
    columns: dict[str, Any] = {
        column: F(source[column]) if column in source else Cast(Value(None), kind(null=True))
        for column, kind in COLUMNS.items()
    }
    filled: QuerySet[Any, dict[str, Any]] = rows.order_by().values("id").annotate(place=Value(place), **columns)
    return filled


def _as_row(table: Table, row: dict[str, Any]) -> models.Model:
    every, fields = table
    made: models.Model = every.model(id=row["id"], **{name: row[column] for name, column in fields.items()})
    return made


def _newest(moment: datetime | date | None, key: UUID) -> tuple[float, UUID]:
    """Newest first; what has not happened yet stands above all."""
    return (-moment.timestamp() if isinstance(moment, datetime) else float("-inf"), key)
