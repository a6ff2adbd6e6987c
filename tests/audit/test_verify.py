"""Whatever is done to the tables behind Waystation's back is found, and the entry is named."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.audit.conftest import ANNA, OFFICER, PASSPHRASE, write
from waystation.audit import checkpoints, leaves, merkle, verify, watch
from waystation.audit.models import Checkpoint, Head, Leaf, LogKey, Subtree
from waystation.audit.verify import check_held, verify_log
from waystation.vault import node
from waystation.vault.models import NodeIdentity

pytestmark = pytest.mark.usefixtures("open_node")

TAMPERING: dict[str, Any] = {
    "at": lambda leaf: leaf.at + timedelta(microseconds=1),
    "account": UUID(int=99),
    "role": "coordinator",
    "via": "api",
    "action": "posts.add",
    "subject": UUID(int=5),
    "person": UUID(int=6),
    "reason": "panic",
    "mac": b"x",
    "detail": b"x",
    "hash": bytes(32),
}


def _tampered() -> Leaf:
    write(9)
    leaf: Leaf = Leaf.objects.get(index=Head.objects.get().size - 4)
    return leaf


def _rewrite(leaf: Leaf) -> None:
    leaf.account = UUID(int=99)
    leaf.hash = merkle.leaf_hash(leaves.canonical(leaf))
    leaf.save()


def _rebuild_the_whole_tree() -> None:
    """What someone does who has the file, the source and time."""
    frontier: list[tuple[int, bytes]] = []
    made: list[bytes] = []
    for leaf in Leaf.objects.order_by("index"):
        made += merkle.grow(frontier, bytes(leaf.hash))
    Subtree.objects.all().delete()
    Subtree.objects.bulk_create([Subtree(number=number, hash=digest) for number, digest in enumerate(made)])
    Head.objects.update(size=Leaf.objects.count(), frontier=merkle.pack_frontier(frontier))


def test_a_log_as_it_was_written_is_whole() -> None:
    for count in (1, 2, 5, 13):
        write(count)
    signed = checkpoints.make()
    write(3)
    told: list[tuple[int, int]] = []
    verdict = verify_log(progress=lambda done, total: told.append((done, total)))
    assert signed is not None
    assert verdict.ok, verdict.problems
    assert (verdict.size, verdict.signed_size) == (Head.objects.get().size, signed.size)
    assert told[-1] == (verdict.size, verdict.size)


def _empty_the_log() -> None:
    for model in (Leaf, Subtree, Head, Checkpoint, LogKey):
        model.objects.all().delete()


def test_the_empty_log_of_a_node_that_was_never_made_is_whole() -> None:
    _empty_the_log()
    NodeIdentity.objects.all().delete()
    verdict = verify_log()
    assert (verdict.ok, verdict.size, verdict.root) == (True, 0, merkle.EMPTY_ROOT.hex())


def test_a_made_nodes_log_that_was_emptied_is_not_whole() -> None:
    _empty_the_log()
    (problem,) = verify_log().problems
    assert "cannot be empty" in problem
    assert "--held" in problem


def test_a_wholly_new_log_is_not_whole_however_well_it_is_made() -> None:
    _empty_the_log()
    write(5)
    checkpoints.make()
    (problem,) = verify_log().problems
    assert "does not begin with the making of this node" in problem


@pytest.mark.parametrize("done", ["emptied", "begun anew", "cut off", "nothing"])
def test_at_unlocking_whoever_may_see_the_log_is_told_what_became_of_it(done: str) -> None:
    write(9)
    node.lock("panic")
    if done == "cut off":
        Leaf.objects.filter(index__gte=4).delete()
        _rebuild_the_whole_tree()
    elif done != "nothing":
        _empty_the_log()
    if done == "begun anew":
        write(20)
    node.unlock(OFFICER, PASSPHRASE)
    coordinator = replace(ANNA, role="coordinator")
    assert bool(watch.warning_for(coordinator)) is (done != "nothing")
    assert watch.warning_for(ANNA) == ""


def test_every_column_of_an_entry_is_covered() -> None:
    assert {field.name for field in Leaf._meta.get_fields()} == {*TAMPERING, "index"}


@pytest.mark.parametrize("column", TAMPERING)
def test_a_changed_column_is_named_with_its_entry(column: str) -> None:
    leaf = _tampered()
    value = TAMPERING[column]
    Leaf.objects.filter(index=leaf.index).update(**{column: value(leaf) if callable(value) else value})
    verdict = verify_log()
    assert not verdict.ok
    assert verdict.problems[0] == f"Entry {leaf.index} was changed after it was written."


def test_an_entry_rewritten_with_its_hash_no_longer_fits_the_tree() -> None:
    leaf = _tampered()
    _rewrite(leaf)
    first = leaf.index & ~1
    assert f"Entries {first} to {first + 1} are not" in verify_log().problems[0]


def test_an_entry_rewritten_with_the_whole_tree_no_longer_fits_what_was_signed() -> None:
    leaf = _tampered()
    made = checkpoints.make()
    assert made is not None
    _rewrite(leaf)
    _rebuild_the_whole_tree()
    assert verify_log().problems == [f"The first {made.size} entries are not those that were signed."]


def test_entries_cut_off_the_end_are_missed_by_the_checkpoint() -> None:
    write(9)
    made = checkpoints.make()
    assert made is not None
    Leaf.objects.filter(index__gte=made.size - 2).delete()
    _rebuild_the_whole_tree()
    assert verify_log().problems == [f"A checkpoint saw {made.size} entries; the log has only {made.size - 2}."]


def test_entries_cut_off_the_end_are_missed_by_the_head() -> None:
    write(9)
    size = Head.objects.get().size
    Leaf.objects.filter(index__gte=size - 2).delete()
    assert f"The head counts {size} entries, there are {size - 2}." in verify_log().problems


def test_an_entry_taken_out_of_the_middle_is_missed() -> None:
    index = _tampered().index
    Leaf.objects.filter(index=index).delete()
    assert verify_log().problems[0] == f"Entry {index} is missing: the next one is {index + 1}."


def test_an_entry_put_behind_the_end_is_found() -> None:
    leaf = _tampered()
    leaf.pk = Head.objects.get().size
    leaf.hash = merkle.leaf_hash(leaves.canonical(leaf))
    leaf.save(force_insert=True)
    assert verify_log().problems == [f"Entry {leaf.index} stands behind the end of the log."]


def test_a_changed_or_missing_inner_hash_is_found() -> None:
    write(20)
    Subtree.objects.filter(number=4).update(hash=bytes(32))
    Subtree.objects.filter(number=7).delete()
    assert len(verify_log().problems) == 2


def test_a_changed_head_is_found() -> None:
    write(5)
    head = Head.objects.get()
    Head.objects.update(frontier=bytes(len(head.frontier)))
    assert verify_log().problems == ["The head's root is not the root of the entries."]


@pytest.mark.parametrize("forge", ["size", "root", "note", "signature", "not-a-note"])
def test_a_forged_checkpoint_bears_no_valid_signature(forge: str) -> None:
    write(4)
    made = checkpoints.make()
    assert made is not None
    body, line = made.note.rstrip("\n").rsplit(" ", 1)
    changes: dict[str, dict[str, Any]] = {
        "size": {"size": made.size - 1},
        "root": {"root": bytes(32)},
        "note": {"note": made.note.replace(f"\n{made.size}\n", f"\n{made.size - 1}\n", 1)},
        "signature": {"note": f"{body} {line[:-8]}AAAAAAA=\n"},
        "not-a-note": {"note": "hello"},
    }
    Checkpoint.objects.filter(pk=made.pk).update(**changes[forge])
    assert any("bears no valid signature" in problem for problem in verify_log().problems)


def test_someone_who_signs_everything_anew_with_another_key_is_found_out_by_the_open_node() -> None:
    leaf = _tampered()
    checkpoints.make()
    _rewrite(leaf)
    _rebuild_the_whole_tree()
    Checkpoint.objects.all().delete()
    sealed = bytes(LogKey.objects.get().private_sealed)
    LogKey.objects.all().delete()
    checkpoints.make()
    assert verify_log().ok, "a node whose key opens says yes: only the old key's owner can tell"
    LogKey.objects.update(private_sealed=sealed)
    assert any("public key is not the one" in problem for problem in verify_log().problems)


def test_a_checkpoint_kept_elsewhere_tells_a_log_that_was_rewritten_with_everything_in_the_file() -> None:
    leaf = _tampered()
    kept = verify.checkpoint_text()
    write(30)
    assert check_held(kept) == ""
    assert verify_log(held=[kept]).ok
    _rewrite(leaf)
    _rebuild_the_whole_tree()
    Checkpoint.objects.all().delete()
    assert verify_log().ok
    assert "are not those that were signed" in verify_log(held=[kept]).problems[0]
    Leaf.objects.filter(index__gte=leaf.index).delete()
    _rebuild_the_whole_tree()
    assert "the log has only" in check_held(kept)
    LogKey.objects.all().delete()
    assert "never signed" in check_held(kept)


def test_text_that_is_no_checkpoint_is_refused_with_a_reason() -> None:
    verify.checkpoint_text()
    for text in ("", "hello", "a\n\n— b c\n", verify.checkpoint_text().replace("waystation/", "elsewhere/")):
        assert "no checkpoint of this log" in check_held(text)


def test_of_a_thousand_problems_the_first_twenty_are_named() -> None:
    write(1100)
    Leaf.objects.update(role="x")
    verdict = verify_log()
    assert not verdict.ok
    assert len(verdict.problems) == verify.MOST_NAMED
    assert verdict.problems[0] == "Entry 0 was changed after it was written."
