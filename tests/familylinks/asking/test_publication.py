"""What is published is signed, says only what it should, and can be neither changed nor stuffed."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from waystation.exchange import cbor
from waystation.familylinks.asking.protocol import golomb, publication, questions
from waystation.familylinks.asking.protocol.publication import CONTEXT, NotAPublication, Publication, read

SIGNING = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = SIGNING.public_key().public_bytes_raw()
SET = golomb.build(golomb.heads_of([bytes(16)]), golomb.SPREAD)
GOOD = Publication(
    id=UUID(int=1),
    node=UUID(int=2),
    circle=UUID(int=3),
    key=questions.new_keys().public,
    people=40,
    slots=golomb.SPREAD,
    facts=publication.FOUR,
    digest=hashlib.sha256(SET).digest(),
    size=len(SET),
    at=datetime(2026, 11, 1, tzinfo=UTC),
    until=datetime(2026, 12, 1, tzinfo=UTC),
)


def signed(**changes: Any) -> bytes:
    raw = cbor.encode(cbor.decode(GOOD.to_bytes()) | changes)
    return cbor.encode([raw, SIGNING.sign(CONTEXT + raw)])


def test_what_was_signed_is_read() -> None:
    assert read(GOOD.signed(SIGNING), PUBLIC) == GOOD
    assert GOOD.check_set(SET).has(bytes(16))
    assert GOOD.is_of_few


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"v": 2}, "unknown-version"),
        ({"v": True}, "not-a-publication"),
        ({"more": 1}, "not-a-publication"),
        ({"key": bytes(32)}, "not-a-publication"),
        ({"key": b"\xff" * 32}, "not-a-publication"),
        ({"id": bytes(15)}, "not-a-publication"),
        ({"facts": 2}, "not-a-publication"),
        ({"people": 0}, "not-a-publication"),
        ({"people": True}, "not-a-publication"),
        ({"until": -1}, "not-a-publication"),
        ({"until": 2**60}, "not-a-publication"),
        ({"slots": "512"}, "not-a-publication"),
        ({"slots": 2**20}, "too-many-slots"),
    ],
)
def test_what_no_holder_writes_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotAPublication) as refused:
        read(signed(**changes), PUBLIC)
    assert refused.value.reason == reason


def test_another_signature_or_none_is_refused() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32)

    right = GOOD.signed(SIGNING)
    for file in (GOOD.signed(other), right[:-1] + bytes([right[-1] ^ 1])):
        with pytest.raises(NotAPublication) as refused:
            read(file, PUBLIC)
        assert refused.value.reason == "not-signed"


@given(st.binary(max_size=300))
def test_any_other_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(NotAPublication):
        read(raw, PUBLIC)


def test_another_set_than_the_signed_one_is_refused() -> None:
    other = golomb.build(golomb.heads_of([bytes(16)]), golomb.SPREAD)

    for raw in (other, SET[:-1], b""):
        with pytest.raises(NotAPublication):
            GOOD.check_set(raw)
    wrong = b"\0" * len(SET)
    with pytest.raises(NotAPublication):
        replace(GOOD, digest=hashlib.sha256(wrong).digest()).check_set(wrong)
    with pytest.raises(NotAPublication):
        replace(GOOD, slots=2 * golomb.SPREAD).check_set(SET)


def test_few_people_are_published_by_four_facts() -> None:
    assert publication.facts_for(19_999) == publication.FOUR
    assert publication.facts_for(20_000) == publication.THREE
