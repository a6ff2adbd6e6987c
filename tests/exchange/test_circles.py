"""Circles by themselves, without a table: who signed decides whether one holds, and it decides who may begin what."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from waystation.exchange import cbor
from waystation.exchange.circles import documents
from waystation.exchange.circles.documents import Circle, Member, NotACircle, Signed, Steward

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
CIRCLE = UUID(int=7)
NODES = [UUID(int=number) for number in range(1, 7)]
KEYS = {node: Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)) for number, node in enumerate(NODES, 1)}
STRANGER = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
CODES = ["handover.offer", "referral.offer", "request.ask"]


def public(node: UUID) -> bytes:
    return KEYS[node].public_key().public_bytes_raw()


def circle(of: list[UUID] = NODES[:3], k: int = 2, **other: Any) -> Circle:
    said: dict[str, Any] = {
        "id": CIRCLE,
        "number": 1,
        "at": NOW,
        "name": "Coast road",
        "purpose": "Hand people over along the coast",
        "agreement": "Each answers within two days.\nNobody tells an authority.",
        "until": NOW + timedelta(days=365),
        "k": k,
        "stewards": tuple(Steward(node=node, key=public(node)) for node in of),
        "members": tuple(Member(node=node, name=f"Node {node.int}", begins=("handover.offer",)) for node in NODES),
    }
    return Circle(**said | other)


def signed(one: Circle, *signers: UUID) -> Signed:
    return Signed(one, dict(one.signature(KEYS[node]) for node in signers))


def refusal(file: bytes, before: Circle | None = None, at: datetime = NOW) -> str:
    try:
        documents.require_holding(documents.read(file, before), at=at, before=before)
    except NotACircle as problem:
        assert str(problem) == documents.REASONS[problem.reason]
        return problem.reason
    return ""


some = st.lists(st.sampled_from(NODES), unique=True)


@settings(max_examples=150, deadline=None)
@given(stewards=some.filter(bool), signers=some, data=st.data())
def test_a_circle_holds_if_and_only_if_k_of_its_stewards_signed(
    stewards: list[UUID], signers: list[UUID], data: st.DataObject
) -> None:
    k = data.draw(st.integers(1, len(stewards)))
    file = signed(circle(stewards, k), *signers).to_bytes()
    if set(signers) - set(stewards):
        assert refusal(file) == "no-steward"
    else:
        assert refusal(file) == ("" if len(set(signers)) >= k else "too-few")


@settings(max_examples=150, deadline=None)
@given(old=some.filter(bool), new=some.filter(bool), signers=some, data=st.data())
def test_the_next_version_needs_k_of_the_one_before_and_k_of_its_own(
    old: list[UUID], new: list[UUID], signers: list[UUID], data: st.DataObject
) -> None:
    before = circle(old, data.draw(st.integers(1, len(old))))
    after = circle(new, data.draw(st.integers(1, len(new))), number=2)
    said = refusal(signed(after, *signers).to_bytes(), before)
    if set(signers) - set(old) - set(new):
        assert said == "no-steward"
        return
    enough = len({*signers} & {*old}) >= before.k and len({*signers} & {*new}) >= after.k
    assert said == ("" if enough else "too-few")


members = st.lists(
    st.builds(
        Member,
        node=st.sampled_from(NODES),
        name=st.just("A node"),
        begins=st.lists(st.sampled_from(CODES), unique=True).map(tuple),
    ),
    unique_by=lambda one: one.node,
    max_size=5,
)
circles = st.lists(st.builds(lambda said, days: circle([], 0, members=tuple(said), until=NOW + timedelta(days=days)),
                             members, st.integers(-2, 2)), max_size=4)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(held=circles, sender=st.sampled_from(NODES), receiver=st.sampled_from(NODES), code=st.sampled_from(CODES))
def test_who_may_begin_what_is_what_their_circles_say_and_trust_where_there_is_none(
    held: list[Circle], sender: UUID, receiver: UUID, code: str
) -> None:
    both, named = 0, 0
    for one in held:
        begins = {member.node: member.begins for member in one.members}
        if sender in begins and receiver in begins:
            both += 1
            named += code in begins[sender] and one.until > NOW
    assert documents.may_begin(held, code, sender=sender, receiver=receiver, at=NOW) == (not both or named > 0)


def test_a_circle_goes_through_its_file_in_one_form() -> None:
    one = signed(circle(), *NODES[:2])
    again = documents.read(one.to_bytes())
    assert again == one
    shuffled = circle(list(reversed(NODES[:3])), members=tuple(reversed(circle().members)))
    assert shuffled.raw == circle().raw


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"number": 0}, "not-a-circle"), ({"k": 0}, "not-a-circle"), ({"k": 4}, "not-a-circle"),
        ({"stewards": ()}, "not-a-circle"), ({"name": "a\nb"}, "not-a-circle"), ({"agreement": ""}, "not-a-circle"),
        ({"purpose": "x" * 501}, "not-a-circle"), ({"agreement": "x" * 10_001}, "not-a-circle"),
        ({"agreement": "a\u202eb"}, "not-a-circle"), ({"members": circle().members[1:]}, "not-a-circle"),
        ({"members": circle().members[:1] * 2 + circle().members}, "not-a-circle"),
        ({"members": (*circle().members[:5], Member(node=NODES[5], name="x", begins=("a",) * 2))}, "not-a-circle"),
        ({"members": tuple(Member(node=UUID(int=n), name="x") for n in range(1, 66))}, "not-a-circle"),
        ({"stewards": circle().stewards * 2}, "counted-twice"),
        ({"stewards": (*circle().stewards, Steward(node=NODES[4], key=public(NODES[0])))}, "counted-twice"),
    ],
)  # fmt: skip
def test_what_is_not_as_a_circle_must_be_is_not_written(other: dict[str, Any], reason: str) -> None:
    with pytest.raises(NotACircle) as problem:
        _file = circle(**other).raw
    assert problem.value.reason == reason


def test_a_signature_counts_once_and_only_as_it_was_made() -> None:
    one = circle()
    (first, right), (second, other) = (one.signature(KEYS[node]) for node in NODES[:2])
    assert refusal(cbor.encode([one.raw, [[first, right], [first, right]]])) == "counted-twice"
    assert refusal(cbor.encode([one.raw, sorted([[first, other], [second, right]])])) == "not-signed"
    assert refusal(cbor.encode([circle(k=1).raw, [[first, right]]])) == "not-signed"
    assert refusal(cbor.encode([one.raw, [list(one.signature(STRANGER))]])) == "no-steward"
    assert refusal(cbor.encode([one.raw, sorted([[first, right], [second, other]], reverse=True)])) == "not-a-circle"
    assert not refusal(cbor.encode([one.raw, sorted([[first, right], [second, other]])]))


def test_what_does_not_follow_is_refused() -> None:
    before = circle()
    assert refusal(signed(circle(number=2, id=UUID(int=8)), *NODES[:2]).to_bytes(), before) == "other-circle"
    assert refusal(signed(circle(), *NODES[:2]).to_bytes(), before) == "older"
    assert refusal(signed(circle(number=3), *NODES[:2]).to_bytes(), before) == "not-next"
    late = NOW + timedelta(days=365)
    assert refusal(signed(circle(), *NODES[:2]).to_bytes(), at=late) == "ended"
    assert not refusal(signed(circle(), *NODES[:2]).to_bytes(), at=late - timedelta(seconds=1))
    assert refusal(bytes(documents.LARGEST + 1)) == "too-large"


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7), cut=st.integers(0, 40))
def test_no_changed_circle_is_read(place: int, bit: int, cut: int) -> None:
    file = bytearray(FILE[: len(FILE) - cut])
    if not cut:
        file[place % len(file)] ^= 1 << bit
    assert refusal(bytes(file))


FILE = signed(circle(), *NODES[:2]).to_bytes()


@settings(max_examples=200, deadline=None)
@given(value=st.recursive(
    st.none() | st.integers(-3, 300) | st.text(max_size=5) | st.binary(max_size=33),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(sorted(documents.FIELDS)), inner, max_size=11),
    max_leaves=20,
), signatures=st.lists(st.lists(st.binary(max_size=3) | st.integers(0, 3), max_size=3), max_size=3))  # fmt: skip
def test_no_shape_of_a_file_makes_the_reader_stumble(value: Any, signatures: Any) -> None:
    said = {**(value if isinstance(value, dict) else {"id": value}), "v": 1}
    assert refusal(cbor.encode([cbor.encode(said), signatures])) == "not-a-circle"
