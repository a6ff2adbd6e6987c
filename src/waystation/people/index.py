"""The search index of one process: names, card codes and telephone numbers of everyone, in memory only."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from threading import RLock
from typing import NamedTuple
from uuid import UUID

from waystation.names.index import Match, NameIndex
from waystation.people.documents import IdentityDocument

PHONE_TAIL = 8
"""Digits at the end by which telephone numbers are compared: countries and zeros in front are often left out."""
YEARS_OFF = 3
"""How far a birth year may be off and still be the same: people give ages, rounded, in other calendars."""
NEAR_ENOUGH = 0.45
STRONGEST_FIRST = ("card", "phone", "name-same", "name-sound", "name-like")


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """A row that may be meant: how near (0 to 1) and why (a code of `reasons`)."""

    person_id: UUID
    score: float
    reasons: tuple[str, ...]

    def beside(self, other: "Near") -> "Near":
        """Of two ways to the same person, the stronger reason, as near as the nearer."""
        stronger = min(self, other, key=lambda near: (STRONGEST_FIRST.index(near.reasons[0]), -near.score))
        return replace(stronger, score=max(self.score, other.score))


class _Held(NamedTuple):
    person_id: UUID
    code: str
    tail: str
    birth_year: int
    origin: str


class PeopleIndex:
    """Everyone's names and exact keys. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._names = NameIndex()
        self._places: dict[UUID, int] = {}
        self._held: list[_Held | None] = []
        self._codes: dict[str, int] = {}
        # Places of people dropped or replaced stay behind and point to nothing.
        self._phones: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._places)

    def put(self, person_id: UUID, identity: IdentityDocument) -> None:
        """Add someone, or replace what is known of them."""
        tail = phone_tail(identity.phone)
        held = _Held(person_id, identity.card_code, tail, identity.birth_year or 0, identity.origin)
        with self._lock:
            if person_id in self._places:
                self.drop([person_id])
            place = self._names.add(identity.all_names)
            self._held.append(held)
            self._places[person_id] = place
            if held.code:
                self._codes[held.code] = place
            if tail:
                self._phones.setdefault(tail, array("I")).append(place)

    def drop(self, person_ids: Iterable[UUID]) -> None:
        """Forget people; unknown ones are no error."""
        with self._lock:
            for person_id in person_ids:
                place = self._places.pop(person_id, None)
                held = self._held[place] if place is not None else None
                if held is None or place is None:
                    continue
                self._held[place] = None
                self._names.remove(place)
                if self._codes.get(held.code) == place:
                    del self._codes[held.code]

    def with_code(self, code: str) -> list[Near]:
        """Who carries a card code, as `cards.parse` gives it."""
        with self._lock:
            place = self._codes.get(code)
            return self._near([] if place is None else [place], "card")

    def with_phone(self, number: str) -> list[Near]:
        """Who can be reached under a number, whatever stands before its last digits."""
        with self._lock:
            return self._near(self._phones.get(phone_tail(number), ()), "phone")

    def fits(self, person_id: UUID, *, birth_year: int | None, origin: str) -> bool:
        """Whether what is known of someone leaves room for a birth year and a country; not known leaves room."""
        place = self._places.get(person_id)
        held = self._held[place] if place is not None else None
        if held is None:
            return False
        year_fits = not (held.birth_year and birth_year) or abs(held.birth_year - birth_year) <= YEARS_OFF
        return year_fits and not (held.origin and origin and held.origin != origin)

    def near(self, names: Sequence[str], *, limit: int) -> list[Near]:
        """Who has one of the names or one like it, in any script, nearest first."""
        best: dict[UUID, Near] = {}
        with self._lock:
            matches = [match for name in names for match in self._names.near(name, limit=limit)]
            for match in matches:
                held = self._held[match.place]
                if held is None or match.score < NEAR_ENOUGH:
                    continue
                near = _told(held.person_id, match)
                best[held.person_id] = near.beside(best.get(held.person_id, near))
        return sorted(best.values(), key=lambda near: -near.score)[:limit]

    def _near(self, places: Iterable[int], reason: str) -> list[Near]:
        people = (held for place in places if (held := self._held[place]) is not None)
        return [Near(person_id=held.person_id, score=1.0, reasons=(reason,)) for held in people]


def phone_tail(number: str) -> str:
    """What of a telephone number is compared; empty for one too short to tell people apart."""
    digits = number.removeprefix("+")
    return digits[-PHONE_TAIL:] if len(digits) >= 6 else ""


def _told(person_id: UUID, match: Match) -> Near:
    reason = "name-same" if match.same else "name-sound" if match.sound else "name-like"
    other = ("other-name",) if match.which else ()
    return Near(person_id=person_id, score=round(match.score, 3), reasons=(reason, *other))
