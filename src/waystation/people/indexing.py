"""Keeping this process's index: built in the background after unlocking, caught up before use, gone on locking."""

import gc
import logging
from collections.abc import Iterable, Sequence
from threading import Event, RLock, Thread
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models.functions import Coalesce

from waystation.kernel.errors import NodeLocked
from waystation.people import changes
from waystation.people.documents import IdentityDocument
from waystation.people.index import PeopleIndex
from waystation.people.models import Person
from waystation.vault import stream_for_index

MOST_KNOWN = 2000
"""Who registers thousands between two searches has them read again instead of held."""
MANY = 20_000
"""So many at a time leave the garbage collector's sight, which else walks a million people mid-search."""
log = logging.getLogger(__name__)


class SearchService:
    """The one index of this process and how far it has come."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._index: PeopleIndex | None = None
        self._seen = 0
        self._complete = False
        self._total = 0
        self._done = Event()
        self._known: dict[UUID, tuple[int, IdentityDocument]] = {}

    @property
    def is_complete(self) -> bool:
        """Whether everyone who was there at unlocking is in."""
        return self._complete

    def progress(self) -> tuple[int, int]:
        """How many are in, of how many."""
        index = self._index
        if index is None:
            return 0, 0
        return len(index), max(self._total, len(index))

    def start(self) -> None:
        """Begin a new index: at once where settings say so (tests, commands), else in the background."""
        with self._lock:
            self._index, self._complete = PeopleIndex(), False
            self._known.clear()
            self._done.clear()
            index = self._index
        if settings.SEARCH_BUILD == "now":
            self._build(index)
        else:
            Thread(target=self._build_apart, args=[index], name="search-index", daemon=True).start()

    def stop(self) -> None:
        """Let go of everything readable."""
        with self._lock:
            self._index, self._complete, self._seen, self._total = None, False, 0, 0
            self._known.clear()

    def wait(self, seconds: float) -> bool:
        """Wait until the index stands; whether it does."""
        return self._done.wait(seconds)

    def ready_index(self) -> PeopleIndex:
        """The index with everything that is committed, as far as it is built. Raises NodeLocked.

        Not to be called by an action that has already written: what it read would stay though the action fails.
        """
        index = self._index
        if index is None:
            raise NodeLocked
        if self._complete:
            self._catch_up(index)
        return index

    def learn(self, people: Iterable[tuple[Person, IdentityDocument]]) -> None:
        """Remember what this process wrote itself until the next catching up."""
        with self._lock:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            if self._complete:
                self._known.update({person.pk: (person.change_number, identity) for person, identity in people})

    def forget(self, person_ids: Sequence[UUID]) -> None:
        """Drop people now."""
        with self._lock:
            for person_id in person_ids:
                self._known.pop(person_id, None)
            if self._index is not None:
                self._index.drop(person_ids)

    def _build_apart(self, index: PeopleIndex) -> None:
        try:
            self._build(index)
        except NodeLocked:
            log.info("The node was locked while its search index was built.")
        except Exception:
            log.exception("The search index could not be built.")
        finally:
            connection.close()

    def _build(self, index: PeopleIndex) -> None:
        standing = Person.objects.filter(erased_at__isnull=True, sealed_at__isnull=True)
        # Read first: whatever changes while this goes on has a higher number and is caught up with afterwards.
        seen = changes.newest()
        self._total = standing.count()
        for person_id, identity in stream_for_index(standing, IdentityDocument):
            if self._index is not index:
                return
            index.put(person_id, identity)
            if len(index) % MANY == 0:
                gc.freeze()
        with self._lock:
            if self._index is index:
                self._seen, self._complete = seen, True
                self._catch_up(index)
                self._done.set()

    def _catch_up(self, index: PeopleIndex) -> None:
        newest = changes.newest()
        if newest == self._seen:
            return
        with self._lock:
            rows = Person.objects.filter(change_number__gt=self._seen)
            changed = list(rows.values_list("pk", "change_number", Coalesce("erased_at", "sealed_at")))
            unknown = []
            for person_id, number, gone_at in changed:
                known_number, identity = self._known.pop(person_id, (0, None))
                if gone_at is not None:
                    index.drop([person_id])
                elif identity is not None and known_number == number:
                    index.put(person_id, identity)
                else:
                    unknown.append(person_id)
            if unknown:
                for person_id, identity in stream_for_index(Person.objects.filter(pk__in=unknown), IdentityDocument):
                    index.put(person_id, identity)
            self._seen = max([self._seen, *(number for _id, number, _gone in changed)])


service = SearchService()
"""This process's own."""
