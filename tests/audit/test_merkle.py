"""The tree is RFC 6962's: against the definition, written down naively, and against published roots."""

import hashlib
from collections.abc import Sequence

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
