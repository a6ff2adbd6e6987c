"""The search index of one process: names, card codes and telephone numbers of everyone, in memory only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import RLock
from uuid import UUID

from anyascii import anyascii
from rapidfuzz import fuzz

from waystation.people.documents import IdentityDocument

PHONE_TAIL = 8
"""Digits at the end by which telephone numbers are compared: countries and zeros in front are often left out."""

YEARS_OFF = 3
"""How far a birth year may be off and still be the same: people give ages, rounded, in other calendars."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """A row that may be meant: how near (0 to 1) and why."""

    person_id: UUID
    score: float
    reasons: tuple[str, ...]


class PeopleIndex:
    """Everyone's names and exact keys. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._codes: dict[str, UUID] = {}
        self._phones: dict[str, set[UUID]] = {}
        self._held: dict[UUID, tuple[str, str, tuple[str, ...]]] = {}
        self._facts: dict[UUID, tuple[int, str]] = {}

    def __len__(self) -> int:
        return len(self._held)

    def put(self, person_id: UUID, identity: IdentityDocument) -> None:
        """Add someone, or replace what is known of them."""
        with self._lock:
            self.drop([person_id])
            tail = phone_tail(identity.phone)
            names = tuple(anyascii(name).casefold() for name in identity.all_names)
            self._held[person_id] = (identity.card_code, tail, names)
            if identity.birth_year or identity.origin:
                self._facts[person_id] = (identity.birth_year or 0, identity.origin)
            if identity.card_code:
                self._codes[identity.card_code] = person_id
            if tail:
                self._phones.setdefault(tail, set()).add(person_id)

    def drop(self, person_ids: Iterable[UUID]) -> None:
        """Forget people; unknown ones are no error."""
        with self._lock:
            for person_id in person_ids:
                code, tail, _names = self._held.pop(person_id, ("", "", ()))
                self._facts.pop(person_id, None)
                if self._codes.get(code) == person_id:
                    del self._codes[code]
                if tail and (others := self._phones.get(tail)):
                    others.discard(person_id)

    def with_code(self, code: str) -> list[Near]:
        """Who carries a card code, as `cards.parse` gives it."""
        found = self._codes.get(code)
        return [Near(person_id=found, score=1.0, reasons=("card",))] if found else []

    def with_phone(self, number: str) -> list[Near]:
        """Who can be reached under a number, whatever stands before its last digits."""
        tail = phone_tail(number)
        return [Near(person_id=one, score=1.0, reasons=("phone",)) for one in self._phones.get(tail, ())]

    def fits(self, person_id: UUID, *, birth_year: int | None, origin: str) -> bool:
        """Whether what is known of someone leaves room for a birth year and a country; not known leaves room."""
        year, country = self._facts.get(person_id, (0, ""))
        year_fits = not (year and birth_year) or abs(year - birth_year) <= YEARS_OFF
        return year_fits and not (country and origin and country != origin)

    def near(self, names: Sequence[str], *, limit: int) -> list[Near]:
        """Who has one of the names or one like it, in any script, nearest first."""
        wanted = [anyascii(name).casefold() for name in names if name.strip()]
        scored = [
            (max((fuzz.WRatio(one, other) for one in wanted for other in held), default=0.0) / 100, person_id)
            for person_id, (_code, _tail, held) in list(self._held.items())
        ]
        best = sorted((pair for pair in scored if pair[0] >= 0.75), reverse=True)[:limit]
        return [Near(person_id=person_id, score=score, reasons=("name",)) for score, person_id in best]


def phone_tail(number: str) -> str:
    """What of a telephone number is compared; empty for one too short to tell people apart."""
    digits = number.removeprefix("+")
    return digits[-PHONE_TAIL:] if len(digits) >= 6 else ""
