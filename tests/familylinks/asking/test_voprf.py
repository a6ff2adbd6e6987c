"""The oblivious functions do what RFC 9497 says, byte for byte, and refuse what is forged."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import shared_folder
from tests.familylinks.asking import reference
from waystation.familylinks.asking.protocol import ristretto, voprf
from waystation.familylinks.asking.protocol.ristretto import NotInGroup
from waystation.familylinks.asking.protocol.voprf import Mode, NotProven

INPUTS = st.lists(st.binary(max_size=60), min_size=1, max_size=3)
SCALARS = st.integers(1, reference.L - 1)
FEW = settings(max_examples=12, deadline=None)
POINT = ristretto.multiply_base((7).to_bytes(32, "little"))


def little(number: int) -> bytes:
    return number.to_bytes(32, "little")


def every(line: str) -> list[bytes]:
    return [bytes.fromhex(one) for one in line.split(",")]


@pytest.mark.shared
def test_every_published_vector_comes_out_byte_for_byte() -> None:
    suites = json.loads((shared_folder() / "rfc9497" / "ristretto255-sha512.json").read_text(encoding="utf-8"))
    held = [(suite, vector) for suite in suites if suite["mode"] in set(Mode) for vector in suite["vectors"]]
    assert len(held) == 5

    for suite, vector in held:
        mode = Mode(suite["mode"])
        keys = voprf.derive_key_pair(bytes.fromhex(suite["seed"]), bytes.fromhex(suite["keyInfo"]), mode)
        assert keys.secret.hex() == suite["skSm"]
        if mode == Mode.VOPRF:
            assert keys.public.hex() == suite["pkSm"]
        check_vector(keys, mode, vector)


def check_vector(keys: voprf.KeyPair, mode: Mode, vector: dict[str, Any]) -> None:
    texts, numbers, outputs = every(vector["Input"]), every(vector["Blind"]), every(vector["Output"])
    blinded = [voprf.blind(text, mode, number)[1] for text, number in zip(texts, numbers, strict=True)]
    assert blinded == every(vector["BlindedElement"])
    evaluated = voprf.blind_evaluate(keys.secret, blinded)
    if mode == Mode.VOPRF:
        proven = vector["Proof"]
        evaluated, proof = voprf.blind_evaluate_proven(keys, blinded, bytes.fromhex(proven["r"]))
        assert proof.hex() == proven["proof"]
        voprf.check_proof(keys.public, blinded, evaluated, proof)
    assert evaluated == every(vector["EvaluationElement"])
    assert [voprf.evaluate(keys.secret, text, mode) for text in texts] == outputs
    for text, number, element, output in zip(texts, numbers, evaluated, outputs, strict=True):
        assert voprf.finalize(text, number, element) == output


@FEW
@given(
    seed=st.binary(min_size=32, max_size=32), texts=INPUTS, number=SCALARS, random=SCALARS, mode=st.sampled_from(Mode)
)
def test_a_second_implementation_agrees(seed: bytes, texts: list[bytes], number: int, random: int, mode: Mode) -> None:
    keys = voprf.derive_key_pair(seed, b"info", mode)
    secret, public = reference.derive(seed, b"info", mode)
    assert (keys.secret, keys.public) == (little(secret), public)

    blinded = [voprf.blind(text, mode, little(number))[1] for text in texts]
    assert blinded == [reference.blind(text, number, mode) for text in texts]
    evaluated, proof = voprf.blind_evaluate_proven(keys, blinded, little(random))
    assert evaluated == reference.evaluate_blinded(secret, blinded)
    assert proof == reference.prove(secret, public, blinded, evaluated, random)
    assert reference.verify(public, blinded, evaluated, proof)
    for text, element in zip(texts, evaluated, strict=True):
        output = voprf.finalize(text, little(number), element)
        assert output == reference.finalize(text, number, element) == voprf.evaluate(keys.secret, text, mode)
        assert output == reference.evaluate(secret, text, mode)


@FEW
@given(text=st.binary(max_size=60), seed=st.binary(min_size=32, max_size=32))
def test_what_is_blinded_comes_back_as_if_it_had_not_been(text: bytes, seed: bytes) -> None:
    keys = voprf.derive_key_pair(seed, b"", Mode.VOPRF)
    number, element = voprf.blind(text, Mode.VOPRF)
    evaluated, proof = voprf.blind_evaluate_proven(keys, [element])

    voprf.check_proof(keys.public, [element], evaluated, proof)

    assert voprf.finalize(text, number, evaluated[0]) == voprf.evaluate(keys.secret, text, Mode.VOPRF)


def test_the_same_input_is_never_blinded_alike() -> None:
    assert len({voprf.blind(b"2y|a|b|1990", Mode.VOPRF)[1] for _ in range(20)}) == 20


def forged() -> tuple[voprf.KeyPair, list[bytes], list[bytes], bytes]:
    keys = voprf.derive_key_pair(bytes(32), b"", Mode.VOPRF)
    blinded = [voprf.blind(text, Mode.VOPRF)[1] for text in (b"one", b"two", b"three")]
    return keys, blinded, *voprf.blind_evaluate_proven(keys, blinded)


@pytest.mark.parametrize("place", range(0, voprf.PROOF_BYTES, 7))
def test_a_proof_with_one_bit_changed_is_refused(place: int) -> None:
    keys, blinded, evaluated, proof = forged()
    changed = bytearray(proof)
    changed[place] ^= 1

    with pytest.raises(NotProven):
        voprf.check_proof(keys.public, blinded, evaluated, bytes(changed))


def test_an_answer_of_another_key_is_refused_also_in_one_place_alone() -> None:
    keys, blinded, evaluated, proof = forged()
    other = voprf.derive_key_pair(bytes([1]) * 32, b"", Mode.VOPRF)
    mixed = [*evaluated[:2], *voprf.blind_evaluate(other.secret, blinded[2:])]
    theirs, their_proof = voprf.blind_evaluate_proven(other, blinded)

    for answers, shown in ((mixed, proof), (theirs, their_proof), (theirs, proof), (evaluated[::-1], proof)):
        with pytest.raises(NotProven):
            voprf.check_proof(keys.public, blinded, answers, shown)


def test_an_answer_of_another_length_is_refused() -> None:
    keys, blinded, evaluated, proof = forged()

    for answers, shown in ((evaluated[:2], proof), (evaluated, proof[:-1]), (evaluated, b"")):
        with pytest.raises(NotProven):
            voprf.check_proof(keys.public, blinded, answers, shown)
    with pytest.raises(NotProven):
        voprf.check_proof(keys.public, [], [], proof)


@pytest.mark.parametrize(
    "raw",
    [
        bytes(32),
        POINT[:31],
        POINT + b"\0",
        b"",
        b"\xff" * 32,
        little(reference.P),
        little(1),
        little(reference.P - 1),
        bytes([POINT[0] | 1]) + POINT[1:],
        bytes.fromhex("26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371"),
    ],
    ids=["identity", "short", "long", "nothing", "all ones", "p", "negative", "minus one", "odd", "not square"],
)
def test_what_is_no_element_is_refused_everywhere(raw: bytes) -> None:
    keys, blinded, evaluated, proof = forged()

    with pytest.raises(NotInGroup):
        voprf.blind_evaluate(keys.secret, [*blinded, raw])
    with pytest.raises(NotInGroup):
        voprf.blind_evaluate_proven(keys, [raw])
    with pytest.raises(NotInGroup):
        voprf.finalize(b"one", ristretto.random_scalar(), raw)
    for points in ([*blinded[:2], raw], blinded):
        with pytest.raises(NotInGroup):
            voprf.check_proof(keys.public, points, [*evaluated[:2], raw], proof)
    with pytest.raises(NotInGroup):
        voprf.check_proof(raw, blinded, evaluated, proof)
    with pytest.raises(reference.Refused):
        reference.decode(raw)


def test_a_number_of_the_proof_has_one_form() -> None:
    keys, blinded, evaluated, proof = forged()
    larger = int.from_bytes(proof[32:], "little") + reference.L

    with pytest.raises(NotInGroup):
        voprf.check_proof(keys.public, blinded, evaluated, proof[:32] + little(larger))


@given(number=st.integers(0, 2**512 - 1))
def test_scalars_are_reduced_as_integers_are(number: int) -> None:
    assert ristretto.reduced(number.to_bytes(64, "little")) == little(number % reference.L)


@FEW
@given(uniform=st.binary(min_size=64, max_size=64))
def test_elements_of_chance_bytes_are_those_of_the_document(uniform: bytes) -> None:
    assert ristretto.from_uniform(uniform) == reference.encode(reference.from_uniform(uniform))


def test_a_system_without_the_library_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ristretto, "NAMES", ("no-such-library",))
    ristretto._library.cache_clear()
    try:
        assert not ristretto.is_there()
        with pytest.raises(ristretto.NoLibrary, match="libsodium"):
            voprf.blind(b"one", Mode.VOPRF)
    finally:
        ristretto._library.cache_clear()
