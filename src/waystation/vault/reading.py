"""One reading: documents opened together are counted and journalled together, before anyone sees them."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import transaction

from waystation.kernel import journal
from waystation.kernel.actors import Actor
from waystation.vault import budget

log = logging.getLogger(__name__)


class Reading:
    """What one actor opens until the reading ends."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self._entries: list[journal.Entry] = []
        self._people: set[UUID] = set()

    def expect(self, people: Iterable[UUID]) -> None:
        """These people are about to be opened. Raises BudgetSpent when they are more than any hour allows."""
        self._people.update(people)
        budget.foresee(self.by, len(self._people))

    def note(self, entry: journal.Entry) -> None:
        """One document was opened."""
        self._entries.append(entry)

    def settle(self) -> None:
        """Write the journal and count the people. Raises BudgetSpent, with nothing written."""
        if not self._entries:
            return
        with transaction.atomic():
            # The journal first: its lock puts readers one after another (see `budget.count`).
            journal.record(self.by, *self._entries)
            budget.count(self.by, self._people)


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def one_reading(*, by: Actor) -> Iterator[Reading]:
    """Gather what a page opens, so that it costs one batch of the journal and one count however many calls it takes.

    Nothing that was opened may leave the block before its end: there BudgetSpent is raised and the journal written.
    What was opened is journalled also when the block fails. A reading inside another of the same actor joins it.
    """
    outer = _reading.get()
    if outer is not None and outer.by == by:
        yield outer
        return
    reading = Reading(by)
    token = _reading.set(reading)
    try:
        yield reading
    except BaseException:
        _reading.reset(token)
        try:
            reading.settle()
        except Exception:
            log.exception("What was opened before a failure could not be journalled.")
        raise
    _reading.reset(token)
    reading.settle()
