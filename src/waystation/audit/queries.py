"""The only door to the log for readers: who did what for those who watch over it, and a person's own history."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import cbor2
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from waystation.audit import staff
from waystation.audit.leaves import numbers_of
from waystation.audit.lines import Details, Line, gathered, line_of
from waystation.audit.models import Head, Leaf
from waystation.kernel import journal, policies
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import NotAllowed, NotFound
from waystation.vault import PersonErased, budget, open_detail
from waystation.vault.ciphers import CannotOpen
from waystation.vault.persons import hold_keys_of

PAGE = 100
CHUNK = 2000
HISTORY = 200
LONGEST = 18
UNREAD = ("mac", "detail", "hash", "person")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which entries: of one action, one account, one day (the node's own), or any."""

    action: str = ""
    account: UUID | None = None
    day: date | None = None

    def __call__(self, entries: "QuerySet[Leaf]") -> "QuerySet[Leaf]":
        """Narrow entries down."""
        if self.action:
            entries = entries.filter(action=self.action)
        if self.account:
            entries = entries.filter(account=self.account)
        if self.day:
            start = _midnight(self.day)
            entries = entries.filter(at__gte=start)
            if self.day < date.max:
                entries = entries.filter(at__lt=_midnight(self.day + timedelta(days=1)))
        return entries


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, newest first; `older` is where the next page begins, None on the last."""

    lines: list[Line]
    older: int | None


def place(text: str) -> int | None:
    """An entry's number out of an address; None for nothing. Raises NotFound for what is no number."""
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST:
        raise NotFound
    return int(text)


def visible_to(actor: Actor) -> "QuerySet[Leaf]":
    """Entries this actor may look at, without what is in them."""
    return Leaf.objects.filter(policies.rows(actor, "audit.view")).defer(*UNREAD)


def page(by: Actor, wanted: Wanted, *, before: int | None = None) -> Page:
    """A page of the log, newest first, from below entry `before`. Two queries."""
    entries = wanted(visible_to(by)).order_by("-index")
    if before is not None:
        entries = entries.filter(index__lt=before)
    found = list(entries[: PAGE + 1])
    known = staff.handles() if found else {}
    lines = gathered(_line(by, leaf, known) for leaf in found[:PAGE])
    return Page(lines, found[PAGE - 1].index if len(found) > PAGE else None)


def each(by: Actor, wanted: Wanted) -> Iterator[tuple[Leaf, Line]]:
    """Every wanted entry, oldest first, read in pieces."""
    known, last = staff.handles(), -1
    entries = wanted(visible_to(by)).order_by("index")
    while chunk := list(entries.filter(index__gt=last)[:CHUNK]):
        yield from ((leaf, _line(by, leaf, known)) for leaf in chunk)
        last = chunk[-1].index


def history_of(person_ids: Sequence[UUID], by: Actor, *, before: int | None = None, most: int = HISTORY) -> list[Line]:
    """Who opened and changed a person's record, newest first, with what the entries say.

    `person_ids` are the ids of one person (`people.queries.one_person_ids`), already found visible to the actor. It
    counts against the budget and is journalled like any reading. Nothing leads from an erased person to acts. Raises
    NotAllowed without the basic compartment, BudgetSpent, NodeLocked.
    """
    if not by.opens(Compartment.BASIC):
        raise NotAllowed
    budget.count(by, person_ids)
    hold_keys_of(person_ids)
    whose = _numbers(person_ids)
    entries = Leaf.objects.filter(person__in=whose).order_by("-index")
    if before is not None:
        entries = entries.filter(index__lt=before)
    found, known = list(entries[:most]), staff.handles()
    lines = gathered(line_of(leaf, known, _details(leaf, whose)) for leaf in found)
    read = (journal.Entry(action="audit.history", subject=person, person=person) for person in person_ids)
    journal.note_read(by, *read)
    return lines


def _line(by: Actor, leaf: Leaf, known: Mapping[UUID, str]) -> Line:
    """An entry as this actor may see it, on the page and in the table alike.

    Who opens nobody sees no number of a record: numbers stay the same and would tell people apart. Staff they manage.
    """
    shown = by.opens(Compartment.BASIC) or leaf.subject in known
    return line_of(leaf, known, record=leaf.subject if shown else None)


def _numbers(person_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Whose each number is that stands in the log for people; older entries hold their ids. Raises NodeLocked."""
    whose = {person: person for person in person_ids}
    by_time = Leaf.objects.order_by("at").values("at")
    ends = Head.objects.values_list(Subquery(by_time[:1]), Subquery(by_time.reverse()[:1])).first()
    if ends is None or ends[0] is None:
        return whose
    for person in person_ids:
        with contextlib.suppress(PersonErased):
            whose |= dict.fromkeys(numbers_of(person, *ends), person)
    return whose


def _details(leaf: Leaf, whose: Mapping[UUID, UUID]) -> Details:
    if leaf.person is None or not leaf.detail:
        return ()
    try:
        said = cbor2.loads(open_detail(whose[leaf.person], bytes(leaf.detail)))
    except (PersonErased, CannotOpen):
        return ()
    return (said,) if said else ()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
