"""What a leaf is: how an entry becomes a row, and which bytes its hash covers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import cbor2

from waystation.audit import merkle
from waystation.audit.models import Leaf
from waystation.kernel.actors import Actor
from waystation.kernel.journal import Entry
from waystation.vault import PersonErased, person_mac, seal_detail
from waystation.vault.persons import hold_keys_of

FORMAT = 1
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Protected:
    """An entry's detail as it will stand in the log."""

    mac: bytes
    detail: bytes


def protect(entries: Sequence[Entry]) -> list[Protected]:
    """MAC and seal the details of entries under their people's keys. Raises NodeLocked when one is about a person."""
    hold_keys_of(entry.person for entry in entries if entry.person is not None)
    return [_protected(entry, cbor2.dumps(dict(entry.detail), canonical=True)) for entry in entries]


def made_from(entry: Entry, protected: Protected, *, index: int, at: datetime, by: Actor) -> Leaf:
    """The leaf of an entry, with its hash."""
    leaf = Leaf(
        index=index,
        at=at,
        account=by.account_id,
        role=str(by.role),
        via=str(by.via),
        action=str(entry.action),
        subject=entry.subject,
        person=entry.person,
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


def _protected(entry: Entry, plain: bytes) -> Protected:
    if entry.person is None:
        return Protected(b"", plain)
    try:
        return Protected(person_mac(entry.person, plain), seal_detail(entry.person, plain))
    except PersonErased:
        return Protected(b"", b"")
