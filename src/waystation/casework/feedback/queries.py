"""The only door to feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from waystation.casework.feedback import letters
from waystation.casework.feedback.codes import Kind, Outcome
from waystation.casework.feedback.models import Feedback, Letter
from waystation.casework.suppression import suppress
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.vault import letterbox


@dataclass(frozen=True, kw_only=True)
class Read:
    """A letter with its words."""

    row: Letter
    text: str


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Counts by month and by another thing, small ones hidden (None); the last of each line and column is the total."""

    heads: tuple[str, ...]
    months: tuple[date, ...]
    cells: tuple[tuple[int | None, ...], ...]


def visible_to(actor: Actor) -> QuerySet[Feedback]:
    """Feedback this actor may read."""
    return Feedback.objects.filter(policies.rows(actor, "feedback.work"))


def get_for(actor: Actor, feedback_id: UUID, *, lock: bool = False) -> Feedback:
    """One. Raises NotFound."""
    rows = visible_to(actor)
    row = (rows.select_for_update() if lock else rows).filter(pk=feedback_id).first()
    if row is None:
        raise NotFound
    return row


def thread(feedback: Feedback) -> list[Read]:
    """All letters, opened for us. Raises NodeLocked."""
    return [Read(row=row, text=letters.read(row)) for row in feedback.letters.all()]


def by_code(code: str) -> tuple[Feedback, letterbox.ReplyKey] | None:
    """What a reply code belongs to. None for a wrong code."""
    parsed = letterbox.parse(code)
    if not parsed:
        return None
    key = letterbox.reply_key(parsed)
    row = Feedback.objects.filter(number=key.number).first()
    return (row, key) if row else None


def thread_for_them(feedback: Feedback, key: letterbox.ReplyKey) -> list[Read]:
    """The letters as the holder of the code may read them."""
    rows = feedback.letters.filter(for_them__isnull=False)
    return [Read(row=row, text=letters.read_by_them(row, key)) for row in rows]


def figures(actor: Actor, column: str, codes: Sequence[str], *, since: date) -> Figures:
    """Counts by month and by `kind`, `language` or `outcome`. Raises NotAllowed."""
    policies.require(actor, "feedback.work")
    rows = (
        visible_to(actor)
        .filter(received_on__gte=since)
        .annotate(month=TruncMonth("received_on"))
        .values_list("month", column)
        .annotate(count=Count("pk"))
    )
    counted = {(month, code): count for month, code, count in rows}
    months = tuple(sorted({month for month, _code in counted}))
    shown = suppress([[counted.get((month, code), 0) for code in codes] for month in months])
    return Figures(heads=tuple(codes), months=months, cells=tuple(tuple(line) for line in shown))


COLUMNS: dict[str, type[Kind] | type[Outcome]] = {"kind": Kind, "outcome": Outcome}
