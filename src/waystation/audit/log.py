"""Appending to the log: what `kernel.journal` tells becomes leaves of the tree, in the same transaction."""

from collections.abc import Sequence

from django.db import transaction

from waystation.audit import checkpoints, leaves, merkle
from waystation.audit.models import Head, Leaf, Subtree
from waystation.kernel.actors import Actor
from waystation.kernel.clock import now
from waystation.kernel.journal import Entry


def append(by: Actor, entries: Sequence[Entry]) -> None:
    """Add entries at the end of the log, in one batch: four queries for up to 80 entries.

    Signs a checkpoint whenever another thousand is full, if the node is unlocked. Raises NodeLocked for entries about
    a person on a locked node.
    """
    if not entries:
        return
    at = now()
    guarded = leaves.protect(entries, at)
    with transaction.atomic(savepoint=False):
        head, _made = Head.objects.select_for_update().get_or_create(id=1)
        before = head.size
        rows = [
            leaves.made_from(entry, protected, index=index, at=at, by=by)
            for index, (entry, protected) in enumerate(zip(entries, guarded, strict=True), before)
        ]
        frontier = merkle.unpack_frontier(bytes(head.frontier), before)
        made = [digest for row in rows for digest in merkle.grow(frontier, bytes(row.hash))]
        first = merkle.made_before(before)
        Leaf.objects.bulk_create(rows)
        Subtree.objects.bulk_create([Subtree(number=first + i, hash=digest) for i, digest in enumerate(made)])
        head.size += len(rows)
        head.frontier = merkle.pack_frontier(frontier)
        head.save(update_fields=["size", "frontier"])
        checkpoints.make_when_due(before, head)
