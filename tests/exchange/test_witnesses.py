"""Each node holds the other's log to what it showed before: verified, held, cosigned, and warned of."""

from typing import Any

import pytest

from tests.exchange.conftest import Book
from tests.exchange.far import Far
from waystation.audit import checkpoints, merkle, notes
from waystation.audit.models import Checkpoint
from waystation.exchange import inbox, receipts
from waystation.exchange.models import Peer
from waystation.kernel import journal
from waystation.vault.actors import system_actor


def proof(far: Far, old: int, new: int) -> list[bytes]:
    far.checkpoint(new)
    return merkle.consistency_proof(far.complete, old, new)


def tell(far: Far, size: int, before: int = 0, **other: Any) -> Peer:
    said = {"checkpoint": far.checkpoint(size), "size_before": before, "proof": proof(far, before, size)}
    inbox.take(far.receipt(**said | other), "https")
    return Peer.objects.get()


def mine(far: Far) -> dict[str, Any]:
    return far.opened(receipts.made(Peer.objects.get())).body


def test_a_checkpoint_is_held_and_the_next_one_must_go_on_from_it(far: Far) -> None:
    assert tell(far, 5).their_size == 5
    peer = tell(far, 12, before=5)
    assert (peer.their_size, peer.log_problem) == (12, "")


def test_what_we_hold_of_theirs_is_cosigned_in_our_receipt(far: Far) -> None:
    assert tell(far, 5).cosigns
    said = mine(far)
    ours = checkpoints.ensured_verifier()
    statement = checkpoints.stated(notes.opened(said["cosigned"], ours))
    assert (statement.origin, statement.size) == (f"waystation/{far.id}", 5)
    assert not Peer.objects.get().cosigns


def test_a_rewritten_log_is_warned_of_and_the_old_checkpoint_stays_held(far: Far) -> None:
    tell(far, 5)
    far.leaves[2] = merkle.leaf_hash(b"rewritten")
    peer = tell(far, 12, before=5)
    assert (peer.their_size, peer.log_problem, peer.state) == (5, "rewritten", "trusted")


def test_another_history_of_the_same_length_is_warned_of(far: Far) -> None:
    tell(far, 5)
    far.leaves[2] = merkle.leaf_hash(b"rewritten")
    assert tell(far, 5).log_problem == "rewritten"


def test_another_key_under_the_checkpoint_is_warned_of(far: Far) -> None:
    tell(far, 5)
    far.log = Far().log
    assert tell(far, 9, before=5).log_problem == "rewritten"


@pytest.mark.parametrize(("size", "before"), [(4, 0), (12, 3), (12, 0)])
def test_an_older_receipt_on_a_late_stick_proves_nothing_and_accuses_nobody(far: Far, size: int, before: int) -> None:
    tell(far, 5)
    Peer.objects.update(cosigns=False)
    peer = tell(far, size, before=before)
    assert (peer.their_size, peer.log_problem, peer.cosigns) == (5, "", True)


def test_our_checkpoint_goes_on_from_what_they_cosigned(far: Far, book: Book) -> None:
    first = mine(far)
    ours = checkpoints.ensured_verifier()
    seen = checkpoints.read(first["checkpoint"], ours)
    assert (first["size_before"], first["proof"]) == (0, [])
    origin = f"waystation/{far.id}"
    inbox.take(far.receipt(cosigned=notes.sign(str(seen), origin, far.log)), "https")
    assert Peer.objects.get().seen_size == seen.size
    journal.record(system_actor(), journal.Entry(action="vault.lock"))
    second = mine(far)
    said = checkpoints.read(second["checkpoint"], ours)
    assert second["size_before"] == seen.size
    assert merkle.verify_consistency(seen.size, said.size, second["proof"], seen.root, said.root)


def test_a_cosignature_under_what_our_log_does_not_hold_says_it_was_brought_back(far: Far) -> None:
    mine(far)
    size = Checkpoint.objects.latest("size").size
    origin = f"waystation/{far.id}"
    for number, root in ((size + 50, bytes(32)), (size, bytes(32))):
        Peer.objects.update(log_problem="")
        lost = checkpoints.Statement(checkpoints.origin(), number, root)
        inbox.take(far.receipt(cosigned=notes.sign(str(lost), origin, far.log)), "https")
        assert Peer.objects.get().log_problem == "restored"


def test_a_cosignature_of_somebody_else_says_nothing(far: Far) -> None:
    lost = checkpoints.Statement(checkpoints.origin(), 9999, bytes(32))
    inbox.take(far.receipt(cosigned=notes.sign(str(lost), f"waystation/{far.id}", Far().log)), "https")
    assert Peer.objects.get().log_problem == ""
