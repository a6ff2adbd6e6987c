"""The tree is RFC 6962's: against the definition, written down naively, and against published roots."""

import hashlib
from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from waystation.audit import merkle

# The eight leaves and their roots that Certificate Transparency implementations share as test data.
PUBLISHED_LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
PUBLISHED_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)

# Proofs over the same leaves, from the same test data: (leaf, size) and (old size, new size).
PUBLISHED_INCLUSION = {
    (0, 1): (),
    (0, 8): ("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
    (5, 8): ("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (1, 5): ("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
}  # fmt: skip
PUBLISHED_CONSISTENCY = {
    (1, 1): (),
    (1, 8): ("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
             "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
    (6, 8): ("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
             "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    (2, 5): ("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
             "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
    (6, 7): ("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
             "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
             "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
}  # fmt: skip


def naive_root(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    middle = 1
    while middle * 2 < len(hashes):
        middle *= 2
    return hashlib.sha256(b"\x01" + naive_root(hashes[:middle]) + naive_root(hashes[middle:])).digest()


def complete_of(hashes: Sequence[bytes]) -> merkle.Complete:
    return lambda level, index: naive_root(hashes[index << level : (index + 1) << level])


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_hash(bytes([i])) for i in range(count)]


def test_the_published_roots_come_out() -> None:
    hashes = [merkle.leaf_hash(leaf) for leaf in PUBLISHED_LEAVES]
    roots = [merkle.range_root(complete_of(hashes), 0, size).hex() for size in range(1, 9)]
    assert roots == list(PUBLISHED_ROOTS)


def test_the_published_proofs_come_out() -> None:
    complete = complete_of([merkle.leaf_hash(leaf) for leaf in PUBLISHED_LEAVES])
    for (index, size), proof in PUBLISHED_INCLUSION.items():
        assert tuple(step.hex() for step in merkle.inclusion_proof(complete, index, size)) == proof
    for (old, new), proof in PUBLISHED_CONSISTENCY.items():
        assert tuple(step.hex() for step in merkle.consistency_proof(complete, old, new)) == proof


@given(st.integers(0, 300))
def test_a_growing_tree_has_the_root_of_the_definition_and_numbers_its_subtrees_without_gaps(size: int) -> None:
    hashes = [merkle.leaf_hash(index.to_bytes(2, "big")) for index in range(size)]
    frontier: list[tuple[int, bytes]] = []
    made = [digest for leaf in hashes for digest in merkle.grow(frontier, leaf)]
    packed = merkle.pack_frontier(frontier)
    assert merkle.root_of(merkle.unpack_frontier(packed, size)) == naive_root(hashes)
    assert len(made) == merkle.made_before(size)
    for level in range(1, size.bit_length()):
        for index in range(size >> level):
            assert made[merkle.number(level, index)] == complete_of(hashes)(level, index)


@given(st.data())
def test_a_proof_with_any_step_changed_added_or_dropped_proves_nothing(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 70))
    old, index = data.draw(st.integers(1, size - 1)), data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    complete, root = complete_of(hashes), naive_root(hashes)
    checks: list[tuple[list[bytes], Callable[[list[bytes]], bool]]] = [
        (
            merkle.inclusion_proof(complete, index, size),
            lambda steps: merkle.verify_inclusion(hashes[index], index, size, steps, root),
        ),
        (
            merkle.consistency_proof(complete, old, size),
            lambda steps: merkle.verify_consistency(old, size, steps, naive_root(hashes[:old]), root),
        ),
    ]
    for proof, holds in checks:
        assert holds(proof)
        place = data.draw(st.integers(0, len(proof) - 1))
        assert not holds([*proof[:place], bytes(32), *proof[place + 1 :]])
        assert not holds([*proof[:place], *proof[place + 1 :]])
        assert not holds([*proof, bytes(32)])


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_every_entry_can_be_proven_to_stand_in_the_log(case: tuple[int, int]) -> None:
    size, index = case
    hashes = leaves(size)
    proof = merkle.inclusion_proof(complete_of(hashes), index, size)
    root = naive_root(hashes)
    assert merkle.verify_inclusion(hashes[index], index, size, proof, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"another"), index, size, proof, root)
    if size > 1:
        assert not merkle.verify_inclusion(hashes[index], (index + 1) % size, size, proof, root)


@given(st.integers(1, 70).flatmap(lambda new: st.tuples(st.integers(0, new), st.just(new))))
def test_a_longer_log_proves_that_it_begins_with_the_shorter_one(case: tuple[int, int]) -> None:
    old, new = case
    hashes = leaves(new)
    proof = merkle.consistency_proof(complete_of(hashes), old, new)
    old_root, new_root = naive_root(hashes[:old]), naive_root(hashes)
    assert merkle.verify_consistency(old, new, proof, old_root, new_root)
    if old:
        assert not merkle.verify_consistency(old, new, proof, merkle.leaf_hash(b"forged"), new_root)
