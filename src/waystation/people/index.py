"""The search index of one process: names, card codes and telephone numbers of everyone, in memory only."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import RLock
from uuid import UUID

import numpy as np
from rapidfuzz import fuzz

from waystation.people.documents import IdentityDocument
from waystation.people.sounds import folded, keys_of, skeleton

PHONE_TAIL = 8
"""Digits at the end by which telephone numbers are compared: countries and zeros in front are often left out."""
YEARS_OFF = 3
"""How far a birth year may be off and still be the same: people give ages, rounded, in other calendars."""
COMPARED = 400
"""How many whose names sound near are compared letter by letter."""
NEAR_ENOUGH = 0.6
SAME = 0.97
SOUND_ALIKE = 0.88


@dataclass(frozen=True, kw_only=True, slots=True)
class Near:
    """A row that may be meant: how near (0 to 1) and why (a code of `reasons`)."""

    person_id: UUID
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Held:
    person_id: UUID
    code: str
    tail: str
    names: tuple[str, ...]
    birth_year: int
    origin: str


class PeopleIndex:
    """Everyone's names and exact keys. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._places: dict[UUID, int] = {}
        self._held: list[_Held | None] = []
        self._codes: dict[str, int] = {}
        self._phones: dict[str, array[int]] = {}
        # As written; by sound: whole skeletons, and skeletons with one consonant taken out. Places of people dropped
        # or replaced stay behind and point to nothing.
        self._written: dict[str, array[int]] = {}
        self._whole: dict[str, array[int]] = {}
        self._slips: dict[str, array[int]] = {}

    def __len__(self) -> int:
        return len(self._places)

    def put(self, person_id: UUID, identity: IdentityDocument) -> None:
        """Add someone, or replace what is known of them."""
        tail = phone_tail(identity.phone)
        names = tuple(dict.fromkeys(name for name in map(folded, identity.all_names) if name))
        year, origin = identity.birth_year or 0, identity.origin
        with self._lock:
            self.drop([person_id])
            place = len(self._held)
            self._held.append(_Held(person_id, identity.card_code, tail, names, year, origin))
            self._places[person_id] = place
            if identity.card_code:
                self._codes[identity.card_code] = place
            if tail:
                _add(self._phones, tail, place)
            for token in {token for name in names for token in name.split()}:
                whole, *slips = keys_of(token)
                _add(self._written, token, place)
                _add(self._whole, whole, place)
                for slip in slips:
                    _add(self._slips, slip, place)

    def drop(self, person_ids: Iterable[UUID]) -> None:
        """Forget people; unknown ones are no error."""
        with self._lock:
            for person_id in person_ids:
                place = self._places.pop(person_id, None)
                held = self._held[place] if place is not None else None
                if held is None or place is None:
                    continue
                self._held[place] = None
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
            for wanted in filter(None, map(folded, names)):
                for held in self._sounding_like(wanted):
                    near = _compare(wanted, held)
                    if near.score >= NEAR_ENOUGH and (
                        near.person_id not in best or near.score > best[near.person_id].score
                    ):
                        best[near.person_id] = near
        return sorted(best.values(), key=lambda near: -near.score)[:limit]

    def _sounding_like(self, wanted: str) -> list[_Held]:
        tokens = wanted.split()[:6]
        found = [places for token in tokens for places in self._places_of(token)]
        if not found:
            return []
        places, counts = np.unique(np.concatenate(found), return_counts=True)
        order = np.argsort(-counts, kind="stable")[:COMPARED]
        return [held for place in places[order] if (held := self._held[place]) is not None]

    def _places_of(self, token: str) -> list["np.ndarray[tuple[int], np.dtype[np.uint32]]"]:
        whole, *slips = keys_of(token)
        # The same sound counts three times, one consonant too many or too few twice, another consonant once; whoever
        # also writes it the same comes first, which matters where thousands share a sound.
        keyed = [(self._written, token, 2), (self._whole, whole, 3), (self._slips, whole, 2)]
        keyed += [(self._whole, slip, 2) for slip in slips] + [(self._slips, slip, 1) for slip in slips]
        return [
            np.array(places, dtype=np.uint32)
            for table, key, weight in keyed
            if (places := table.get(key))
            for _time in range(weight)
        ]

    def _near(self, places: Iterable[int], reason: str) -> list[Near]:
        people = (held for place in places if (held := self._held[place]) is not None)
        return [Near(person_id=held.person_id, score=1.0, reasons=(reason,)) for held in people]


def phone_tail(number: str) -> str:
    """What of a telephone number is compared; empty for one too short to tell people apart."""
    digits = number.removeprefix("+")
    return digits[-PHONE_TAIL:] if len(digits) >= 6 else ""


def _add(table: dict[str, "array[int]"], key: str, place: int) -> None:
    places = table.get(key)
    if places is None:
        table[key] = array("I", (place,))
    else:
        places.append(place)


def _compare(wanted: str, held: _Held) -> Near:
    scored = [(_likeness(wanted, name), name) for name in held.names]
    score, name = max(scored, default=(0.0, ""))
    if score >= SAME:
        reason = "name-same"
    elif score >= SOUND_ALIKE and _sound(wanted) <= _sound(name):
        reason = "name-sound"
    else:
        reason = "name-like"
    other = ("other-name",) if held.names and name != held.names[0] else ()
    return Near(person_id=held.person_id, score=round(score, 3), reasons=(reason, *other))


def _likeness(wanted: str, name: str) -> float:
    letters = (0.55 * fuzz.token_set_ratio(wanted, name) + 0.45 * fuzz.token_sort_ratio(wanted, name)) / 100
    asked, there = _sound(wanted), _sound(name)
    shared = len(asked & there) / len(asked)
    if shared == 1:
        return max(letters, 0.95 if asked == there else SOUND_ALIKE)
    return letters if shared else letters * 0.95


def _sound(name: str) -> frozenset[str]:
    return frozenset(map(skeleton, name.split()))
