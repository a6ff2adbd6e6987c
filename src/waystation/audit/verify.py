"""Proving that the log is as it was written."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from waystation.audit import checkpoints, leaves, merkle, notes, proofs
from waystation.audit.models import Checkpoint, Head, Leaf, Subtree
from waystation.vault import node

MOST_NAMED = 20
CHUNK = 2000
FIRST = "vault.initialise"
"""What the log of every node begins with."""
KEPT_ELSEWHERE = "Compare it with a checkpoint kept elsewhere (waystation audit verify --held FILE) and with a copy."

Progress = Callable[[int, int], None]
"""Told (entries done, entries in all) from time to time."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify_log` found: `root` in hexadecimal, `problems` in words, the first ones only.

    `signed_size` is how many entries the newest valid checkpoint covers; what came after is held by nobody yet.
    """

    ok: bool
    size: int
    root: str
    problems: list[str] = field(default_factory=list)
    signed_size: int = 0


def verify_log(progress: Progress | None = None, held: Sequence[str] = ()) -> Verdict:
    """Recompute every leaf and the whole tree; compare with the stored tree, the head and every checkpoint signed.

    `held` are checkpoints that someone else kept. What is appended meanwhile is not looked at.
    """
    head = Head.objects.filter(id=1).first() or Head(size=0, frontier=b"")
    check = _Check(head.size)
    if problem := beginning_problem():
        check.problems.add(problem)
    check.read_leaves(progress)
    check.compare_head(head)
    check.compare_checkpoints(held)
    check.look_past_the_end()
    return Verdict(
        ok=not check.problems.count,
        size=check.seen,
        root=merkle.root_of(check.frontier).hex(),
        problems=check.problems.first,
        signed_size=check.signed_size,
    )


def beginning_problem() -> str:
    """What is wrong with the beginning of the log of a node that was made; empty when it begins as it must."""
    if not node.is_initialised():
        return ""
    first = Leaf.objects.filter(index=0).values_list("action", flat=True).first()
    if first == FIRST:
        return ""
    if first is None:
        return f"This node was made, so its log cannot be empty: it was emptied or exchanged. {KEPT_ELSEWHERE}"
    return f"The log does not begin with the making of this node: it was begun anew. {KEPT_ELSEWHERE}"


def quick_problem() -> str:
    """What a few queries find wrong: the beginning, and what this node itself signed last; empty when nothing."""
    newest = Checkpoint.objects.order_by("-size").first()
    return beginning_problem() or (check_held(newest.note) if newest else "")


def checkpoint_text() -> str:
    """The newest checkpoint as text, to be kept by someone else; made now when the node is open."""
    if node.is_unlocked():
        checkpoints.make()
    newest = Checkpoint.objects.order_by("-size").first()
    return newest.note if newest else "There is no checkpoint yet: one is made whenever the node locks.\n"


def verifier_key() -> str:
    """The key that checks this log's checkpoints, as text (C2SP signed-note); empty before the first checkpoint."""
    return str(checkpoints.verifier() or "")


def check_held(note: str) -> str:
    """What is wrong with the log, seen from a checkpoint that someone kept; empty when it still holds.

    Needs a few stored hashes only, so it is quick; `verify_log` proves that those hashes belong to the entries.
    """
    verifier = checkpoints.verifier()
    if verifier is None:
        return "This log never signed a checkpoint, or its key was taken away."
    try:
        said = checkpoints.read(note, verifier)
    except notes.NoteError as problem:
        return f"This is no checkpoint of this log: {problem}"
    if said.size > proofs.size():
        return f"A checkpoint saw {said.size} entries; the log has only {proofs.size()}."
    try:
        root = proofs.root_at(said.size)
    except KeyError:
        root = b""
    if root != said.root:
        return f"The first {said.size} entries are not those that were signed."
    return ""


class _Problems:
    """What is wrong: the first ones in words, the others counted."""

    def __init__(self) -> None:
        self.first: list[str] = []
        self.count = 0

    def add(self, problem: str) -> None:
        self.count += 1
        if len(self.first) < MOST_NAMED:
            self.first.append(problem)


class _StoredTree:
    """The stored inner hashes, read in pieces, asked for in rising order."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.piece: dict[int, bytes] = {}
        self.read_to = 0

    def hash_of(self, number: int) -> bytes | None:
        """The stored hash, or None where the row is missing."""
        if number >= self.read_to:
            self.read_to = number + CHUNK
            rows = Subtree.objects.filter(number__gte=number, number__lt=min(self.read_to, self.count))
            self.piece = {number: bytes(digest) for number, digest in rows.values_list("number", "hash")}
        return self.piece.get(number)


class _Check:
    """One run of `verify_log`: what was seen so far."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.seen = 0
        self.signed_size = 0
        self.gap = False
        self.problems = _Problems()
        self.frontier: list[tuple[int, bytes]] = []
        self.signed = {checkpoint.size: checkpoint for checkpoint in Checkpoint.objects.order_by("size")}
        self.roots: dict[int, bytes] = {0: merkle.EMPTY_ROOT}
        self.stored = _StoredTree(merkle.made_before(size))

    def read_leaves(self, progress: Progress | None) -> None:
        for leaf in Leaf.objects.filter(index__lt=self.size).order_by("index").iterator(chunk_size=CHUNK):
            self.take(leaf)
            if progress and self.seen % CHUNK == 0:
                progress(self.seen, self.size)
        if progress:
            progress(self.seen, self.size)

    def take(self, leaf: Leaf) -> None:
        if leaf.index != self.seen and not self.gap:
            self.gap = True
            self.problems.add(f"Entry {self.seen} is missing: the next one is {leaf.index}.")
        if merkle.leaf_hash(leaves.canonical(leaf)) != bytes(leaf.hash):
            self.problems.add(f"Entry {leaf.index} was changed after it was written.")
        self.seen += 1
        if not self.gap:
            self.grow(leaf.index, bytes(leaf.hash))

    def grow(self, index: int, digest: bytes) -> None:
        before = merkle.made_before(index)
        for level, made in enumerate(merkle.grow(self.frontier, digest), 1):
            if self.stored.hash_of(before + level - 1) != made:
                first = index + 1 - (1 << level)
                self.problems.add(f"Entries {first} to {index} are not those that the tree was made of.")
        if self.seen in self.signed:
            self.roots[self.seen] = merkle.root_of(self.frontier)

    def compare_head(self, head: Head) -> None:
        if head.size != self.seen:
            self.problems.add(f"The head counts {head.size} entries, there are {self.seen}.")
        elif not self.gap and merkle.pack_frontier(self.frontier) != bytes(head.frontier):
            self.problems.add("The head's root is not the root of the entries.")

    def compare_checkpoints(self, held: Sequence[str]) -> None:
        verifier = checkpoints.verifier()
        if node.is_unlocked() and not checkpoints.key_is_ours():
            self.problems.add("The log's public key is not the one that belongs to this node's private key.")
        for checkpoint in self.signed.values():
            if checkpoint.size > self.size and self.is_newer(checkpoint):
                continue
            for problem in self.checkpoint_problems(checkpoint, verifier):
                self.problems.add(problem)
        for note in held:
            if problem := check_held(note):
                self.problems.add(problem)

    def checkpoint_problems(self, checkpoint: Checkpoint, verifier: notes.Verifier | None) -> Iterator[str]:
        valid = checkpoints.is_signed(checkpoint, verifier)
        if not valid:
            yield f"The checkpoint at {checkpoint.size} entries bears no valid signature."
        if checkpoint.size > self.seen:
            yield f"A checkpoint saw {checkpoint.size} entries; the log has only {self.seen}."
        elif self.roots.get(checkpoint.size) != bytes(checkpoint.root):
            yield f"The first {checkpoint.size} entries are not those that were signed."
        elif valid:
            self.signed_size = max(self.signed_size, checkpoint.size)

    def is_newer(self, checkpoint: Checkpoint) -> bool:
        """Whether the log has honestly grown to that checkpoint since this run began."""
        return Head.objects.filter(id=1, size__gte=checkpoint.size).exists()

    def look_past_the_end(self) -> None:
        """Entries may follow the head this run began with, but none may follow the head as it is now."""
        with transaction.atomic():
            head = Head.objects.select_for_update().filter(id=1).first()
            last = Leaf.objects.aggregate(last=Max("index"))["last"]
            made = Subtree.objects.count()
        size = head.size if head else 0
        if last is not None and last >= size:
            self.problems.add(f"Entry {last} stands behind the end of the log.")
        if made != merkle.made_before(size) and not self.problems.count:
            self.problems.add(f"The tree has {made} inner hashes; {size} entries make {merkle.made_before(size)}.")
