"""Proofs out of the tables, for someone who holds a checkpoint and not the log (a peer, an auditor)."""

from waystation.audit import merkle
from waystation.audit.models import Head, Leaf, Subtree


class SizeError(ValueError):
    """The log is not that long, or has no such entry."""


def size() -> int:
    """How many entries the log has."""
    return Head.objects.filter(id=1).values_list("size", flat=True).first() or 0


def root_at(length: int) -> bytes:
    """The root over the first `length` entries, out of stored hashes. Raises SizeError."""
    _require(0 <= length <= size())
    return merkle.range_root(_complete, 0, length)


def inclusion(index: int, length: int) -> list[bytes]:
    """That entry `index` stands in the log of `length` entries; see merkle.verify_inclusion. Raises SizeError."""
    _require(0 <= index < length <= size())
    return merkle.inclusion_proof(_complete, index, length)


def consistency(old: int, new: int) -> list[bytes]:
    """That the log of `old` entries is the beginning of that of `new`; see merkle.verify_consistency.

    Raises SizeError.
    """
    _require(0 <= old <= new <= size())
    return merkle.consistency_proof(_complete, old, new)


def _require(condition: bool) -> None:  # noqa: FBT001 - a guard
    if not condition:
        raise SizeError


def _complete(level: int, index: int) -> bytes:
    if level == 0:
        return bytes(Leaf.objects.values_list("hash", flat=True).get(index=index))
    return bytes(Subtree.objects.values_list("hash", flat=True).get(number=merkle.number(level, index)))
