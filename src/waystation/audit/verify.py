"""Proving that the log is as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from waystation.audit import checkpoints, merkle
from waystation.audit.log import canonical, root_of, unpack
from waystation.audit.models import Checkpoint, Head, Leaf

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify_log` found: `root` in hexadecimal, `problems` in words, the first ones only."""

    ok: bool
    size: int
    root: str
    problems: list[str] = field(default_factory=list)


def verify_log() -> Verdict:
    """Recompute every leaf and the tree, and compare with the head and every checkpoint ever signed."""
    signed = {checkpoint.size: checkpoint for checkpoint in Checkpoint.objects.all()}
    problems: list[str] = []
    frontier: list[tuple[int, bytes]] = []
    size = 0
    for leaf in Leaf.objects.order_by("index").iterator(chunk_size=2000):
        problems += _leaf_problems(leaf, size)
        _add(frontier, bytes(leaf.hash))
        size += 1
        if size in signed:
            problems += _checkpoint_problems(signed.pop(size), root_of(frontier))
    problems += [f"A checkpoint saw {missing} entries; the log has only {size}." for missing in sorted(signed)]
    head = Head.objects.filter(id=1).first()
    if (head.size if head else 0) != size:
        problems.append(f"The head counts {head.size if head else 0} entries, there are {size}.")
    elif head and root_of(unpack(bytes(head.frontier), head.size)) != root_of(frontier):
        problems.append("The head's root is not the root of the entries.")
    return Verdict(ok=not problems, size=size, root=root_of(frontier).hex(), problems=problems[:MOST_NAMED])


def checkpoint_text() -> str:
    """The newest checkpoint as text, to be kept by someone else; made now when the node is open."""
    from waystation.vault import node

    if node.is_unlocked():
        checkpoints.make()
    newest = Checkpoint.objects.order_by("-size").first()
    return newest.note if newest else "There is no checkpoint yet: one is made whenever the node locks.\n"


def _leaf_problems(leaf: Leaf, expected: int) -> Iterator[str]:
    if leaf.index != expected:
        yield f"Entry {expected} is missing: the next one is {leaf.index}."
    if merkle.leaf_hash(canonical(leaf)) != bytes(leaf.hash):
        yield f"Entry {leaf.index} was changed after it was written."


def _checkpoint_problems(checkpoint: Checkpoint, root: bytes) -> Iterator[str]:
    if bytes(checkpoint.root) != root:
        yield f"The first {checkpoint.size} entries are not those that were signed."
    if not checkpoints.is_signed(checkpoint):
        yield f"The checkpoint at {checkpoint.size} entries bears no valid signature."


def _add(frontier: list[tuple[int, bytes]], digest: bytes) -> None:
    level = 0
    while frontier and frontier[-1][0] == level:
        digest = merkle.node_hash(frontier.pop()[1], digest)
        level += 1
    frontier.append((level, digest))
