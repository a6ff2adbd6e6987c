"""The Merkle tree of RFC 6962 (section 2.1; the same in RFC 9162): hashes, inclusion and consistency proofs.

Pure: knows only bytes. A log keeps three things: its leaf hashes, the hashes of the complete subtrees above them in the
order in which they came about (`number`), and the frontier, which is all that an append needs.
"""

import hashlib
from collections.abc import Callable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Complete = Callable[[int, int], bytes]
"""Gives the hash of the complete subtree at (level, index), over leaves index * 2**level up to the next one's."""


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf's bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """The largest power of two smaller than `size` (RFC 6962 section 2.1)."""
    return 1 << (size - 1).bit_length() - 1


def range_root(complete: Complete, start: int, end: int) -> bytes:
    """Root over leaves [start, end), where `start` is a multiple of the range's enclosing power of two."""
    size = end - start
    if size == 0:
        return EMPTY_ROOT
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return complete(level, start >> level)
    middle = start + split(size)
    return node_hash(range_root(complete, start, middle), range_root(complete, middle, end))


def made_before(size: int) -> int:
    """How many complete subtrees above the leaves a tree of `size` leaves has."""
    return size - size.bit_count()


def number(level: int, index: int) -> int:
    """The place of the complete subtree (level >= 1, index) in the order in which a growing tree completes them.

    A leaf that completes subtrees completes one of each level from 1 up, so the place follows from the last leaf.
    """
    return made_before(((index + 1) << level) - 1) + level - 1


def unpack_frontier(packed: bytes, size: int) -> list[tuple[int, bytes]]:
    """The frontier as (level, hash), largest subtree first: one for each one-bit of the size.

    Raises ValueError when the bytes do not fit the size.
    """
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    digests = [packed[i : i + HASH_BYTES] for i in range(0, len(packed), HASH_BYTES)]
    return list(zip(levels, digests, strict=True))


def pack_frontier(frontier: Sequence[tuple[int, bytes]]) -> bytes:
    """The inverse of `unpack_frontier`."""
    return b"".join(digest for _level, digest in frontier)


def grow(frontier: list[tuple[int, bytes]], digest: bytes) -> list[bytes]:
    """Add a leaf's hash to the frontier, in place; the hashes of the subtrees it completed, from level 1 up."""
    made = []
    level = 0
    while frontier and frontier[-1][0] == level:
        digest = node_hash(frontier.pop()[1], digest)
        level += 1
        made.append(digest)
    frontier.append((level, digest))
    return made


def root_of(frontier: Sequence[tuple[int, bytes]]) -> bytes:
    """The tree's root out of its frontier."""
    if not frontier:
        return EMPTY_ROOT
    root = frontier[-1][1]
    for _level, digest in reversed(frontier[:-1]):
        root = node_hash(digest, root)
    return root


def inclusion_proof(complete: Complete, index: int, size: int, start: int = 0) -> list[bytes]:
    """PATH(m, D[n]): the hashes that lead from leaf `index` to the root of the first `size` leaves."""
    if size - start == 1:
        return []
    middle = start + split(size - start)
    if index < middle:
        return [*inclusion_proof(complete, index, middle, start), range_root(complete, middle, size)]
    return [*inclusion_proof(complete, index, size, middle), range_root(complete, start, middle)]


def consistency_proof(complete: Complete, old: int, new: int) -> list[bytes]:
    """PROOF(m, D[n]): that the tree of `old` leaves is the beginning of the tree of `new` leaves."""
    return [] if old in {0, new} else _subproof(complete, old, 0, new, whole=True)


def _subproof(complete: Complete, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    if old == end:
        return [] if whole else [range_root(complete, start, end)]
    middle = start + split(end - start)
    if old <= middle:
        return [*_subproof(complete, old, start, middle, whole=whole), range_root(complete, middle, end)]
    return [*_subproof(complete, old, middle, end, whole=False), range_root(complete, start, middle)]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a leaf hash stands at `index` of the tree with that root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, computed = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            computed = node_hash(step, computed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            computed = node_hash(computed, step)
        place, last = place >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the old tree is the beginning of the new one (RFC 9162 section 2.1.4.2)."""
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if old == new:
        return not proof and old_root == new_root
    if old > new or not proof:
        return False
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return _walk_consistency(steps, place, last, old_root, new_root)


def _walk_consistency(steps: Sequence[bytes], place: int, last: int, old_root: bytes, new_root: bytes) -> bool:
    old_computed = new_computed = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old_computed = node_hash(step, old_computed)
            new_computed = node_hash(step, new_computed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new_computed = node_hash(new_computed, step)
        place, last = place >> 1, last >> 1
    return last == 0 and old_computed == old_root and new_computed == new_root
