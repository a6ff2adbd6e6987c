"""The search index of one process: names, card codes and telephone numbers of everyone, in memory only."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import RLock
from uuid import UUID

import numpy as np
from rapidfuzz import fuzz

from waystation.names.sounds import folded, keys_of, skeleton
from waystation.people.documents import IdentityDocument

PHONE_TAIL = 8
"""Digits at the end by which telephone numbers are compared: countries and zeros in front are often left out."""
YEARS_OFF = 3
"""How far a birth year may be off and still be the same: people give ages, rounded, in other calendars."""
COMPARED = 400
"""How many whose names sound near are compared letter by letter."""
NEAR_ENOUGH = 0.6
SAME = 0.97
SOUND_SAME = 0.95
SOUND_WITHIN = 0.88


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
        self._keys: dict[str, tuple[str, ...]] = {}
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
            if person_id in self._places:
                self.drop([person_id])
            place = len(self._held)
            self._held.append(_Held(person_id, identity.card_code, tail, names, year, origin))
            self._places[person_id] = place
            if identity.card_code:
                self._codes[identity.card_code] = place
            if tail:
                _add(self._phones, tail, place)
            for token in {token for name in names for token in name.split()}:
                whole, *slips = self._keys.get(token) or self._keys.setdefault(token, keys_of(token))
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
                asked = self._sound(wanted)
                for held in self._sounding_like(wanted):
                    near = self._compare(wanted, asked, held)
                    if near.score >= NEAR_ENOUGH and (
                        near.person_id not in best or near.score > best[near.person_id].score
                    ):
                        best[near.person_id] = near
        return sorted(best.values(), key=lambda near: -near.score)[:limit]

    def _sounding_like(self, wanted: str) -> list[_Held]:
        marks = np.zeros(len(self._held), dtype=np.uint16)
        for token in wanted.split()[:6]:
            for places, weight in self._places_of(token):
                # A view, not a copy: gone before the lock is, so the array can grow again.
                marks[np.frombuffer(places, dtype=np.uint32)] += weight
        return [held for place in _highest(marks) if (held := self._held[place]) is not None]

    def _places_of(self, token: str) -> list[tuple["array[int]", int]]:
        whole, *slips = keys_of(token)
        # The same sound counts three times, one consonant too many or too few twice, another consonant once; whoever
        # also writes it the same comes first, which matters where thousands share a sound.
        keyed = [(self._written, token, 2), (self._whole, whole, 3), (self._slips, whole, 2)]
        keyed += [(self._whole, slip, 2) for slip in slips] + [(self._slips, slip, 1) for slip in slips]
        return [(places, weight) for table, key, weight in keyed if (places := table.get(key))]

    def _compare(self, wanted: str, asked: frozenset[str], held: _Held) -> Near:
        sounds = [self._sound(name) for name in held.names]
        scores = [_likeness(wanted, asked, name, there) for name, there in zip(held.names, sounds, strict=True)]
        score = max(scores, default=0.0)
        which = scores.index(score) if scores else 0
        if score >= SAME:
            reason = "name-same"
        elif sounds and asked <= sounds[which]:
            reason = "name-sound"
        else:
            reason = "name-like"
        other = ("other-name",) if which else ()
        return Near(person_id=held.person_id, score=round(score, 3), reasons=(reason, *other))

    def _sound(self, name: str) -> frozenset[str]:
        return frozenset(keys[0] if (keys := self._keys.get(token)) else skeleton(token) for token in name.split())

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


def _highest(marks: "np.ndarray[tuple[int], np.dtype[np.uint16]]") -> list[int]:
    """The places with the highest marks, at most COMPARED, higher ones first; none of those without any."""
    chosen: list[int] = []
    level = int(marks.max(initial=0))
    while level > 0 and len(chosen) < COMPARED:
        chosen += np.flatnonzero(marks == level)[: COMPARED - len(chosen)].tolist()
        level = int(marks.max(initial=0, where=marks < level))
    return chosen


def _likeness(wanted: str, asked: frozenset[str], name: str, there: frozenset[str]) -> float:
    letters = (0.55 * fuzz.token_set_ratio(wanted, name) + 0.45 * fuzz.token_sort_ratio(wanted, name)) / 100
    if asked <= there:
        return max(letters, SOUND_SAME if asked == there else SOUND_WITHIN)
    return letters if asked & there else letters * 0.95
