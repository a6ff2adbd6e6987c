"""The only door to what is about somebody's health."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet, Value

from waystation.accounts.models import Account
from waystation.accounts.roles import Role
from waystation.casework.health.codes.support import CallState
from waystation.casework.health.models import (
    Call,
    CallDocument,
    CallWords,
    Contact,
    DiseaseDocument,
    DiseaseScreening,
    Lent,
    Line,
    LineDocument,
    OriginalDocument,
    Received,
    Session,
    WordsDocument,
)
from waystation.kernel import clock, policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.people import queries as people
from waystation.people.models import Person
from waystation.vault import SealedDocument, open_document, open_documents

Row = TypeVar("Row", Call, Contact, DiseaseScreening, Lent, Line, Received, Session)
D = TypeVar("D", bound=SealedDocument)
MOST = 20
"""Of each kind so many stand on a person's health page, the newest."""
RECEIVED = "received"
"""What `notices_of` calls a summary of another post."""


def visible_to(actor: Actor, model: type[Row]) -> QuerySet[Row]:
    """Rows of one kind that this actor may see."""
    return QuerySet(model).filter(policies.rows(actor, "health.work"))


def get_for(actor: Actor, model: type[Row], row_id: UUID, *, lock: bool = False) -> Row:
    """One row. Raises NotFound."""
    rows = visible_to(actor, model).select_related("person")
    row = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=row_id).first()
    if row is None:
        raise NotFound
    return row


def of_person(actor: Actor, model: type[Row], person: Person) -> QuerySet[Row]:
    """Rows of one kind about one person, the newest first."""
    return visible_to(actor, model).filter(person__in=people.one_person_ids(person))


def pairs(rows: Iterable[Any], document: type[D], *, by: Actor) -> list[tuple[Any, D]]:
    """Rows with what is sealed in them. Raises NotAllowed, BudgetSpent, NodeLocked."""
    found = list(rows)
    texts = open_documents(found, document, by=by)
    return [(row, texts[row.pk]) for row in found if row.pk in texts]


def lines_of(person: Person, *, by: Actor) -> list[tuple[Line, LineDocument]]:
    """What stands in the summary now, the oldest first."""
    rows = of_person(by, Line, person).filter(ended_at__isnull=True).order_by("at", "pk")
    return pairs(rows, LineDocument, by=by)


def screenings_of(person: Person, *, by: Actor) -> list[tuple[DiseaseScreening, DiseaseDocument]]:
    """Screenings of a person, the newest first."""
    return pairs(of_person(by, DiseaseScreening, person), DiseaseDocument, by=by)


def newest(actor: Actor, model: type[Row], person: Person, document: type[D]) -> list[tuple[Any, D]]:
    """The newest rows of one kind about a person, opened."""
    return pairs(of_person(actor, model, person)[:MOST], document, by=actor)


def notices_of(person: Person, *, by: Actor) -> list[tuple[str, UUID, datetime]]:
    """Calls that are not closed and summaries of other posts: what it is, which, when; the newest first. One query."""
    calls = of_person(by, Call, person).exclude(state=CallState.CLOSED).order_by()
    received = of_person(by, Received, person).order_by()
    lines = calls.values_list("state", "pk", "at").union(received.values_list(Value(RECEIVED), "pk", "at"))
    return sorted(lines, key=lambda line: line[2], reverse=True)


def call_opened(row: Call, *, by: Actor) -> tuple[CallDocument, list[tuple[CallWords, WordsDocument]]]:
    """What health staff wrote of a call, and what those who called said."""
    words = list(CallWords.objects.filter(call=row).select_related("call"))
    said = open_document(row, CallDocument, by=by) if row.sealed else CallDocument()
    return said, pairs(words, WordsDocument, by=by)


def original_of(row: Received, *, by: Actor) -> bytes:
    """A file that another post wrote, byte for byte; empty once its time is over."""
    return open_document(row, OriginalDocument, by=by).raw if row.original else b""


def open_calls(actor: Actor) -> QuerySet[Call]:
    """Calls that are not closed, those not seen first, the oldest on top."""
    rows = visible_to(actor, Call).exclude(state=CallState.CLOSED).select_related("person")
    return rows.order_by("seen_at", "at", "pk")


def groups(actor: Actor) -> QuerySet[Session]:
    """Sessions with groups, the newest first."""
    return visible_to(actor, Session).filter(person__isnull=True).select_related("post")


def colours_today(actor: Actor) -> dict[str, int]:
    """How many were seen today at this actor's post, by colour."""
    rows = visible_to(actor, Contact).filter(post=actor.post_id, at__date=clock.today())
    found: dict[str, int] = {}
    for colour in rows.values_list("colour", flat=True):
        found[colour] = found.get(colour, 0) + 1
    return found


def staff() -> list[str]:
    """Handles of who looks after health, so that somebody can be fetched."""
    rows = Account.objects.filter(role=Role.HEALTH, is_active=True).order_by("handle")
    return list(rows.values_list("handle", flat=True))
