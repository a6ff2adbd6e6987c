"""Who may be the one sought, in memory only: people of our book and of lists; built when first asked, gone on lock."""

import logging
from dataclasses import dataclass
from threading import RLock, Thread
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models.functions import Coalesce

from waystation.familylinks.lists import changes as list_changes
from waystation.familylinks.lists import queries as lists
from waystation.familylinks.lists.models import ListedPerson
from waystation.kernel.errors import NodeLocked
from waystation.names.attributes import Known
from waystation.names.registry import Registry
from waystation.people import changes
from waystation.people.codes import Sex
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person
from waystation.vault import node, stream_for_index
from waystation.vault.actors import system_actor

FEW = 20_000
"""So many are read while somebody waits; more are read in the background."""
TOLD_SEX = frozenset({Sex.FEMALE.value, Sex.MALE.value})
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody who may be the one: `listed` tells whether of a list; `why` adds up to `score` (natural logarithms)."""

    id: UUID
    listed: bool
    probability: float
    score: float
    why: tuple[tuple[str, float], ...]


class Sought:
    """A registry of people by their ids."""

    def __init__(self) -> None:
        self._registry = Registry()
        self._places: dict[tuple[bool, UUID], int] = {}
        self._who: dict[int, tuple[bool, UUID]] = {}
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._places)

    def put(self, number: UUID, names: tuple[str, ...], known: Known, *, listed: bool = False) -> None:
        """Add somebody, or what is newly known of them."""
        with self._lock:
            self.drop(number, listed=listed)
            if names:
                place = self._registry.add(names, known)
                self._places[listed, number], self._who[place] = place, (listed, number)

    def drop(self, number: UUID, *, listed: bool = False) -> None:
        """Forget somebody."""
        with self._lock:
            place = self._places.pop((listed, number), None)
            if place is not None:
                del self._who[place]
                self._registry.remove(place)

    def find(self, names: tuple[str, ...], known: Known, *, limit: int) -> list[Near]:
        """Who may be the one with any of these names, the most probable first."""
        best: dict[int, Near] = {}
        with self._lock:
            for name in names:
                for found in self._registry.find(name, known, limit=limit):
                    before = best.get(found.place)
                    if before is None or found.probability > before.probability:
                        listed, number = self._who[found.place]
                        best[found.place] = Near(number, listed, found.probability, found.score, found.why)
        return sorted(best.values(), key=lambda near: (-near.probability, -near.score))[:limit]


class Service:
    """The one index of this process and how far it has come."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._index: Sought | None = None
        self._complete = False
        self._total = 0
        self._people_seen = self._lists_seen = 0

    def progress(self) -> tuple[int, int]:
        """How many are in, of how many."""
        return (len(self._index) if self._index else 0), self._total

    def stop(self) -> None:
        """Let go of everything readable."""
        with self._lock:
            self._index, self._complete, self._total = None, False, 0

    def ready(self) -> Sought | None:
        """The index with everything that is committed; None while many are still being read. Raises NodeLocked."""
        if not node.is_unlocked():
            raise NodeLocked
        with self._lock:
            if self._index is None:
                self._begin()
            if not self._complete or self._index is None:
                return None
            self._catch_up(self._index)
            return self._index

    def _begin(self) -> None:
        self._index = Sought()
        self._total = Person.objects.count() + ListedPerson.objects.count()
        if settings.SEARCH_BUILD == "now" or self._total <= FEW:
            self._build(self._index)
        else:
            Thread(target=self._build_apart, args=[self._index], name="sought-index", daemon=True).start()

    def _build_apart(self, index: Sought) -> None:
        try:
            self._build(index)
        except NodeLocked:
            log.info("The node was locked while those who may be sought were read.")
        except Exception:
            log.exception("Those who may be sought could not be read.")
            self.stop()
        finally:
            connection.close()

    def _build(self, index: Sought) -> None:
        # Read first: whatever changes while this goes on has a higher number and is caught up with afterwards.
        people_seen, lists_seen = changes.newest(), list_changes.newest()
        standing = Person.objects.filter(erased_at__isnull=True, sealed_at__isnull=True)
        sexes = dict(standing.values_list("pk", "sex"))
        for number, identity in stream_for_index(standing, IdentityDocument):
            _put_person(index, number, identity, sexes.get(number, ""))
        for one in lists.all_listed(by=system_actor()):
            _put_listed(index, one)
        with self._lock:
            if self._index is index:
                self._people_seen, self._lists_seen, self._complete = people_seen, lists_seen, True

    def _catch_up(self, index: Sought) -> None:
        newest = changes.newest()
        if newest != self._people_seen:
            rows = Person.objects.filter(change_number__gt=self._people_seen)
            changed = list(rows.values_list("pk", "sex", Coalesce("erased_at", "sealed_at")))
            for number, _sex, _gone in changed:
                index.drop(number)
            sexes = {number: sex for number, sex, gone in changed if gone is None}
            for number, identity in stream_for_index(Person.objects.filter(pk__in=sexes), IdentityDocument):
                _put_person(index, number, identity, sexes[number])
            self._people_seen = newest
        since = list_changes.since(self._lists_seen)
        for number in (*since.gone, *since.came):
            index.drop(number, listed=True)
        if since.came:
            for one in lists.listed(since.came, by=system_actor()):
                _put_listed(index, one)
        self._lists_seen = since.newest


def _put_person(index: Sought, number: UUID, identity: IdentityDocument, sex: str) -> None:
    index.put(number, identity.all_names, known(identity.birth_year, sex, identity.origin))


def _put_listed(index: Sought, one: lists.Listed) -> None:
    index.put(one.id, one.names, known(one.birth_year, one.sex, one.country), listed=True)


def known(birth_year: int | None, sex: str, country: str) -> Known:
    """What tells people apart beside their names; what is not told tells nothing."""
    return Known(birth_year=birth_year or 0, sex=sex if sex in TOLD_SEX else "", country=country)


service = Service()
"""This process's own."""
