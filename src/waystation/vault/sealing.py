"""Sealing a document into its row, and the only two ways to open one."""

import contextlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from waystation.kernel import journal
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import NotAllowed
from waystation.vault import budget, ciphers
from waystation.vault.actors import system_actor
from waystation.vault.documents import SealedDocument
from waystation.vault.fields import SealedField, column_of
from waystation.vault.keyring import keyring
from waystation.vault.persons import key_of, keys_at_hand, keys_of, readable_keys_between
from waystation.vault.problems import PersonErased, SealBroken

FORMAT = 1
HEADER = 3
INDEX_CHUNK = 2000

log = logging.getLogger(__name__)

D = TypeVar("D", bound=SealedDocument)
M = TypeVar("M", bound=models.Model)


def seal(row: models.Model, field: str, document: SealedDocument) -> None:
    """Put a document, sealed under the row's person's key, into a column; the caller saves the row.

    Raises NodeLocked, PersonErased.
    """
    column = row._meta.get_field(field)
    if not isinstance(column, SealedField) or not isinstance(document, column.document):
        raise TypeError(f"{row._meta.label}.{field} does not hold {type(document).__name__}")
    key = key_of(_sealed_for(row))
    version = document.schema_version
    bound = _place(row, column).bound(row.pk, version)
    header = bytes([FORMAT]) + version.to_bytes(2, "big")
    setattr(row, field, header + ciphers.wrap(key, document.to_bytes(), bound))


def open_documents(rows: Sequence[M], document: type[D], *, by: Actor) -> dict[UUID, D]:
    """Open one kind of document in several rows, by row id. The only way in which staff read sealed content.

    Every person opened counts against the account's budget of this hour; every row opened is journalled (on
    a page: at its end, in one batch). Rows without content, and rows of people who were erased, are left out.
    Raises NotAllowed for a compartment that this actor does not open, BudgetSpent, NodeLocked, SealBroken.
    """
    rows = list(rows)
    if not rows:
        keyring.node_id  # noqa: B018 - raises NodeLocked
        return {}
    if not all(by.opens(_compartment(row, document)) for row in rows):
        raise NotAllowed
    column = column_of(type(rows[0]), document)
    filled = [row for row in rows if getattr(row, column.attname)]
    keys = keys_at_hand(_sealed_for(row) for row in filled)
    readable = [row for row in filled if _sealed_for(row) in keys]
    opened = {row.pk: _open(row, column, document, keys[_sealed_for(row)]) for row in readable}
    budget.count(by, keys)
    where = {"table": type(rows[0])._meta.db_table, "column": column.name}
    journal.note_read(
        by,
        *(
            journal.Entry(action="vault.read", subject=row.pk, person=_sealed_for(row), detail=where)
            for row in readable
        ),
    )
    return opened


def open_document(row: models.Model, document: type[D], *, by: Actor) -> D:
    """Open one row's document, as `open_documents`. Raises PersonErased when there is nothing left to open."""
    opened = open_documents([row], document, by=by)
    if row.pk not in opened:
        raise PersonErased
    return opened[row.pk]


def open_for_keeping(row: models.Model, document: type[D]) -> D:
    """Open one document for the node's own housekeeping, which shows nobody anything: to take words out that are over.

    No budget and no entry: the clock that asked is logged. Raises PersonErased, NodeLocked, SealBroken.
    """
    return _open(row, column_of(type(row), document), document, key_of(_sealed_for(row)))


def stream_for_index(people: "QuerySet[M]", document: type[D]) -> Iterator[tuple[UUID, D]]:
    """Open people's own documents for the search index or for a count: no budget, one journal entry.

    `people` are rows of people themselves, so that a row's id is the person's. Never shown to anyone as it is: what
    a search shows is opened again through `open_documents`. A damaged row is logged and left out, so that one of them
    does not hide everyone else. Raises NodeLocked, also midway.
    """
    column = column_of(people.model, document)
    place = _Place(people.model._meta.db_table, column.name, document.compartment)
    journal.record(system_actor(), journal.Entry(action="vault.index", detail={"table": place.table}))
    rows = people.order_by("pk").values_list("pk", column.attname)
    chunk = list(rows[:INDEX_CHUNK])
    while chunk:
        first, last = chunk[0][0], chunk[-1][0]
        keys = readable_keys_between(first, last)
        for person, blob in chunk:
            key = keys.get(person)
            if blob and key is not None:
                with contextlib.suppress(SealBroken):
                    yield person, _open_blob(blob, key, document, place, person)
        chunk = list(rows.filter(pk__gt=last)[:INDEX_CHUNK])


def stream_for_count(rows: "QuerySet[M]", document: type[D]) -> Iterator[tuple[M, D]]:
    """Open documents in rows of any kind for a count: no budget, one journal entry.

    Never shown to anyone as it is. Rows of people who were erased, and damaged ones, are left out. Raises NodeLocked.
    """
    column = column_of(rows.model, document)
    table = rows.model._meta.db_table
    journal.record(system_actor(), journal.Entry(action="vault.index", detail={"table": table}))
    found = list(rows)
    for start in range(0, len(found), INDEX_CHUNK):
        chunk = [row for row in found[start : start + INDEX_CHUNK] if getattr(row, column.attname)]
        keys = keys_of(_sealed_for(row) for row in chunk)
        for row in chunk:
            if _sealed_for(row) in keys:
                with contextlib.suppress(SealBroken):
                    yield row, _open(row, column, document, keys[_sealed_for(row)])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where sealed content stands, to which it is bound."""

    table: str
    column: str
    compartment: Compartment

    def bound(self, row: UUID, version: int) -> bytes:
        words = (self.column.encode(), str(version).encode(), self.compartment.encode())
        return b"|".join((self.table.encode(), row.bytes, *words))


def _place(row: models.Model, column: SealedField) -> _Place:
    return _Place(row._meta.db_table, column.name, _compartment(row, column.document))


def _open(row: models.Model, column: SealedField, document: type[D], key: bytes) -> D:
    return _open_blob(getattr(row, column.attname), key, document, _place(row, column), row.pk)


def _open_blob(sealed: bytes, key: bytes, document: type[D], place: _Place, row: UUID) -> D:
    blob = bytes(sealed)
    version = int.from_bytes(blob[1:HEADER], "big")
    try:
        if blob[0] != FORMAT:
            raise ciphers.CannotOpen
        raw = ciphers.unwrap(key, blob[HEADER:], place.bound(row, version))
    except ciphers.CannotOpen as problem:
        log.error("%s of %s %s does not open.", place.column, place.table, row)
        raise SealBroken from problem
    return document.from_bytes(raw, version)


def _sealed_for(row: models.Model) -> UUID:
    person: UUID = row.sealed_for  # type: ignore[attr-defined]
    return person


def _compartment(row: models.Model, document: type[SealedDocument]) -> Compartment:
    of_row: Compartment | None = getattr(row, "compartment_of_row", None)
    return of_row or document.compartment
