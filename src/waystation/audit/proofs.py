"""Proofs out of the tables, for someone who holds a checkpoint and not the log (a peer, an auditor)."""

from collections.abc import Callable
from typing import TypeVar

from waystation.audit import merkle
from waystation.audit.models import Head, Leaf, Subtree

T = TypeVar("T")


class SizeError(ValueError):
    """The log is not that long, or has no such entry."""


def size() -> int:
    """How many entries the log has."""
    return Head.objects.filter(id=1).values_list("size", flat=True).first() or 0


def root_at(length: int) -> bytes:
    """The root over the first `length` entries, out of stored hashes. Raises SizeError, KeyError (a hash is gone)."""
    _require(0 <= length <= size())
    return _from_stored(lambda complete: merkle.range_root(complete, 0, length))


def inclusion(index: int, length: int) -> list[bytes]:
    """That entry `index` stands in the log of `length` entries; see merkle.verify_inclusion. Raises SizeError."""
    _require(0 <= index < length <= size())
    return _from_stored(lambda complete: merkle.inclusion_proof(complete, index, length))


def consistency(old: int, new: int) -> list[bytes]:
    """That the log of `old` entries is the beginning of that of `new`; see merkle.verify_consistency.

    Raises SizeError.
    """
    _require(0 <= old <= new <= size())
    return _from_stored(lambda complete: merkle.consistency_proof(complete, old, new))


def _require(condition: bool) -> None:  # noqa: FBT001 - a guard
    if not condition:
        raise SizeError


def _from_stored(make: Callable[[merkle.Complete], T]) -> T:
    """Make something out of stored hashes in two queries: find out which are needed, read them, make it."""
    wanted: set[tuple[int, int]] = set()

    def note(level: int, index: int) -> bytes:
        wanted.add((level, index))
        return merkle.EMPTY_ROOT

    make(note)
    numbers = [merkle.number(level, index) for level, index in wanted if level]
    leaves = dict(Leaf.objects.filter(index__in=[i for level, i in wanted if not level]).values_list("index", "hash"))
    inner = dict(Subtree.objects.filter(number__in=numbers).values_list("number", "hash"))
    return make(lambda level, i: bytes(inner[merkle.number(level, i)] if level else leaves[i]))
