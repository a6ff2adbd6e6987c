"""What a leaf is: how an entry becomes a row, and which bytes its hash covers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import cbor2

from waystation.audit import merkle
from waystation.audit.models import Leaf
from waystation.kernel.actors import Actor
from waystation.kernel.journal import Entry
from waystation.vault import PersonErased, log_numbers, person_mac, seal_detail
from waystation.vault.persons import hold_keys_of

FORMAT = 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MOST_DAYS = 10_000
"""How far back a person's numbers are looked for, whatever a wrong clock wrote: 27 years."""


@dataclass(frozen=True, slots=True)
class Protected:
    """What of an entry belongs to a person, as it will stand in the log: numbers in place of ids, a sealed detail."""

    person: UUID | None
    subject: UUID | None
    mac: bytes
    detail: bytes


def protect(entries: Sequence[Entry], at: datetime) -> list[Protected]:
    """Number, MAC and seal entries under their people's keys. Raises NodeLocked when one is about a person."""
    hold_keys_of(entry.person for entry in entries if entry.person is not None)
    return [_protected(entry, cbor2.dumps(dict(entry.detail), canonical=True), at) for entry in entries]


def numbers_of(person: UUID, first: datetime, last: datetime) -> list[UUID]:
    """What stands in the log for a person, one number a day, newest first. Raises PersonErased, NodeLocked."""
    days = min((_day(last) - _day(first)).days + 1, MOST_DAYS)
    return log_numbers(person, (_of_the_day(_day(last) - timedelta(days=past)) for past in range(days)))


def made_from(entry: Entry, protected: Protected, *, index: int, at: datetime, by: Actor) -> Leaf:
    """The leaf of an entry, with its hash."""
    leaf = Leaf(
        index=index,
        at=at,
        account=by.account_id,
        role=str(by.role),
        via=str(by.via),
        action=str(entry.action),
        subject=protected.subject,
        person=protected.person,
        reason=str(entry.reason),
        mac=protected.mac,
        detail=protected.detail,
    )
    leaf.hash = merkle.leaf_hash(canonical(leaf))
    return leaf


def canonical(leaf: Leaf) -> bytes:
    """The bytes that a leaf's hash covers: deterministic CBOR of every column (RFC 8949 section 4.2).

    The detail stands in it by its SHA-256, so that an entry can be proven to someone who must not hold the detail.
    """
    return cbor2.dumps(
        [
            FORMAT,
            leaf.index,
            (leaf.at - EPOCH) // MICROSECOND,
            leaf.account.bytes,
            leaf.role,
            leaf.via,
            leaf.action,
            leaf.subject.bytes if leaf.subject else None,
            leaf.person.bytes if leaf.person else None,
            leaf.reason,
            bytes(leaf.mac),
            hashlib.sha256(leaf.detail).digest(),
        ],
        canonical=True,
    )


def _protected(entry: Entry, plain: bytes, at: datetime) -> Protected:
    if entry.person is None:
        return Protected(None, entry.subject, b"", plain)
    day = _of_the_day(_day(at))
    numbered = [day] if entry.subject is None else [day, day + entry.subject.bytes]
    # The moment goes into the MAC: alike details of two days must not look alike.
    moment = ((at - EPOCH) // MICROSECOND).to_bytes(8, "big", signed=True)
    try:
        numbers = log_numbers(entry.person, numbered)
        mac, detail = person_mac(entry.person, moment + plain), seal_detail(entry.person, plain)
    except PersonErased:
        return Protected(None, None, b"", b"")
    return Protected(numbers[0], numbers[1] if len(numbers) > 1 else None, mac, detail)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _of_the_day(day: date) -> bytes:
    return day.isoformat().encode()
