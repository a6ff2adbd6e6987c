"""Appending: four queries, nothing half, nothing readable of a person who was erased, a checkpoint every thousand."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from tests.audit.conftest import ANNA, OFFICER, PASSPHRASE, about, write
from waystation.audit import leaves, merkle, proofs
from waystation.audit.log import append
from waystation.audit.models import Checkpoint, Head, Leaf, Subtree
from waystation.audit.verify import verify_log
from waystation.kernel import journal
from waystation.kernel.errors import NodeLocked
from waystation.kernel.journal import Entry
from waystation.vault import erase_person, new_person_key, new_person_keys, node, open_detail
from waystation.vault.ciphers import CannotOpen
from waystation.vault.persons import PersonErased, forget_held_keys

pytestmark = pytest.mark.usefixtures("open_node")


def test_everything_told_to_the_journal_stands_in_the_log() -> None:
    before = Leaf.objects.count()
    journal.record(ANNA, Entry(action="posts.add", reason="command"), Entry(action="posts.change"))
    added = Leaf.objects.filter(index__gte=before).order_by("index")
    assert [(leaf.action, leaf.reason, leaf.account, leaf.via) for leaf in added] == [
        ("posts.add", "command", ANNA.account_id, "page"),
        ("posts.change", "", ANNA.account_id, "page"),
    ]


@pytest.mark.parametrize("count", [1, 50])
def test_an_append_costs_four_queries_whether_one_entry_or_a_page_of_fifty(
    queries_of: Callable[..., Any], count: int
) -> None:
    write(5)
    # The second of a pair completes a subtree, which is the fourth query.
    write(1 - Head.objects.get().size % 2)
    with queries_of(4):
        write(count)


def test_logging_about_fifty_people_opens_their_keys_in_one_query(queries_of: Callable[..., Any]) -> None:
    people = [uuid4() for _ in range(50)]
    new_person_keys(people)
    forget_held_keys()
    write(1)
    with queries_of(5):
        append(ANNA, [Entry(action="vault.read", person=person, detail={"n": 1}) for person in people])


def test_the_stored_tree_gives_the_root_and_both_proofs_at_every_size() -> None:
    for count in (1, 2, 5, 13, 40):
        write(count)
    size = Head.objects.get().size
    hashes = [bytes(leaf.hash) for leaf in Leaf.objects.order_by("index")]
    root = merkle.root_of(merkle.unpack_frontier(bytes(Head.objects.get().frontier), size))
    assert Subtree.objects.count() == merkle.made_before(size)
    for index in range(size):
        assert merkle.verify_inclusion(hashes[index], index, size, proofs.inclusion(index, size), root)
    for old in range(size + 1):
        proof = proofs.consistency(old, size)
        assert merkle.verify_consistency(old, size, proof, proofs.root_at(old), root)


def test_no_proof_is_given_for_what_the_log_has_not() -> None:
    size = proofs.size()
    for ask in (
        lambda: proofs.inclusion(size, size),
        lambda: proofs.inclusion(-1, size),
        lambda: proofs.root_at(size + 1),
        lambda: proofs.consistency(2, 1),
    ):
        with pytest.raises(proofs.SizeError):
            ask()


def test_what_was_rolled_back_leaves_no_entry() -> None:
    write(2)
    before = Head.objects.get().size
    with pytest.raises(RuntimeError), transaction.atomic():
        write(3)
        raise RuntimeError
    assert Head.objects.get().size == before == Leaf.objects.count()
    write(3)
    assert verify_log().ok


def test_a_checkpoint_is_signed_whenever_another_thousand_entries_are_full() -> None:
    write(999 - Head.objects.get().size)
    assert Checkpoint.objects.count() == 0
    write(10)
    write(10)
    write(1000)
    assert list(Checkpoint.objects.order_by("size").values_list("size", flat=True)) == [1009, 2019]
    assert verify_log().ok


def test_a_checkpoint_that_covers_the_locking_itself_is_signed_at_every_lock() -> None:
    write(3)
    node.lock("panic")
    last = Leaf.objects.order_by("-index")[0]
    assert (last.action, last.reason) == ("vault.lock", "panic")
    assert Checkpoint.objects.get().size == last.index + 1
    assert verify_log().ok


def test_on_a_locked_node_acts_without_a_person_are_logged_and_those_about_one_are_refused() -> None:
    person = uuid4()
    new_person_key(person)
    node.lock("panic")
    size = Head.objects.get().size
    with pytest.raises(NodeLocked):
        write(1, person)
    write(1200)
    assert Head.objects.get().size == size + 1200
    assert verify_log().ok
    node.unlock(OFFICER, PASSPHRASE)


def test_after_erasure_the_entry_stands_and_its_detail_is_noise() -> None:
    person = uuid4()
    new_person_key(person)
    write(1, person)
    leaf = about(person).get()
    assert open_detail(person, bytes(leaf.detail))
    erase_person(person)
    assert verify_log().ok
    with pytest.raises((PersonErased, CannotOpen)):
        open_detail(person, bytes(leaf.detail))


def test_the_same_detail_of_two_people_looks_different_in_every_byte_kept() -> None:
    people = [uuid4(), uuid4()]
    new_person_keys(people)
    append(ANNA, [Entry(action="vault.read", person=person, detail={"note": "the same"}) for person in people])
    one, other = (about(person).get() for person in people)
    assert bytes(one.mac) != bytes(other.mac)
    assert bytes(one.detail) != bytes(other.detail)
    assert b"the same" not in bytes(one.detail) + bytes(one.mac) + leaves.canonical(one)


def test_an_act_on_someone_already_erased_is_logged_without_a_detail() -> None:
    person = uuid4()
    write(1, person)
    leaf = Leaf.objects.latest("index")
    assert (leaf.person, leaf.subject, bytes(leaf.detail), bytes(leaf.mac)) == (None, None, b"", b"")
    assert verify_log().ok
