"""Appending to the log: what `kernel.journal` tells becomes leaves of the tree, in the same transaction."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import cbor2
from django.db import transaction

from waystation.audit import merkle
from waystation.audit.models import Head, Leaf, Subtree
from waystation.kernel.actors import Actor
from waystation.kernel.clock import now
from waystation.kernel.journal import Entry
from waystation.vault import PersonErased, person_mac, seal_detail


def append(by: Actor, entries: Sequence[Entry]) -> None:
    """Add entries at the end of the log, in one batch: four queries however many there are."""
    if not entries:
        return
    with transaction.atomic():
        head, _made = Head.objects.select_for_update().get_or_create(id=1)
        at = now()
        leaves = [_leaf(head.size + place, at, by, entry) for place, entry in enumerate(entries)]
        frontier = unpack(bytes(head.frontier), head.size)
        subtrees = [subtree for leaf in leaves for subtree in _grow(frontier, leaf.index, bytes(leaf.hash))]
        Leaf.objects.bulk_create(leaves)
        if subtrees:
            Subtree.objects.bulk_create(subtrees)
        head.size += len(leaves)
        head.frontier = b"".join(digest for _level, digest in frontier)
        head.save(update_fields=["size", "frontier"])


def canonical(leaf: Leaf) -> bytes:
    """The bytes that a leaf's hash covers: deterministic CBOR of every column (RFC 8949 section 4.2)."""
    return cbor2.dumps(
        [
            leaf.index,
            int(leaf.at.timestamp() * 1_000_000),
            leaf.account.bytes,
            leaf.role,
            leaf.via,
            leaf.action,
            leaf.subject.bytes if leaf.subject else None,
            leaf.person.bytes if leaf.person else None,
            leaf.reason,
            bytes(leaf.mac),
            hashlib.sha256(bytes(leaf.detail)).digest(),
        ],
        canonical=True,
    )


def unpack(frontier: bytes, size: int) -> list[tuple[int, bytes]]:
    """The frontier as (level, hash), largest subtree first: one for each one-bit of the size."""
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    digests = [frontier[i : i + merkle.HASH_BYTES] for i in range(0, len(frontier), merkle.HASH_BYTES)]
    return list(zip(levels, digests, strict=True))


def root_of(frontier: Sequence[tuple[int, bytes]]) -> bytes:
    """The tree's root out of its frontier."""
    if not frontier:
        return merkle.EMPTY_ROOT
    root = frontier[-1][1]
    for _level, digest in reversed(frontier[:-1]):
        root = merkle.node_hash(digest, root)
    return root


def _grow(frontier: list[tuple[int, bytes]], index: int, digest: bytes) -> list[Subtree]:
    made = []
    level = 0
    while frontier and frontier[-1][0] == level:
        _level, left = frontier.pop()
        digest = merkle.node_hash(left, digest)
        level += 1
        made.append(Subtree(level=level, index=index >> level, hash=digest))
    frontier.append((level, digest))
    return made


def _leaf(index: int, at: datetime, by: Actor, entry: Entry) -> Leaf:
    plain = cbor2.dumps(dict(entry.detail), canonical=True)
    mac, detail = _protected(entry, plain)
    leaf = Leaf(
        index=index,
        at=at,
        account=by.account_id,
        role=by.role,
        via=by.via,
        action=entry.action,
        subject=entry.subject,
        person=entry.person,
        reason=entry.reason,
        mac=mac,
        detail=detail,
    )
    leaf.hash = merkle.leaf_hash(canonical(leaf))
    return leaf


def _protected(entry: Entry, plain: bytes) -> tuple[bytes, bytes]:
    if entry.person is None:
        return b"", plain
    try:
        return person_mac(entry.person, plain), seal_detail(entry.person, plain)
    except PersonErased:
        return b"", b""


def complete_subtree(level: int, index: int) -> bytes:
    """The stored hash of a complete subtree, for proofs."""
    found: Any
    if level == 0:
        found = Leaf.objects.values_list("hash", flat=True).get(index=index)
    else:
        found = Subtree.objects.values_list("hash", flat=True).get(level=level, index=index)
    return bytes(found)
