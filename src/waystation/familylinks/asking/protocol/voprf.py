"""Oblivious pseudorandom functions of RFC 9497, modes OPRF and VOPRF, suite ristretto255-SHA512.

Who holds the key evaluates what it cannot see; who asks learns the output for its inputs and nothing of the key. In
mode VOPRF one proof for the whole batch shows that the same key was used that was published.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from waystation.familylinks.asking.protocol import ristretto
from waystation.familylinks.asking.protocol.ristretto import NotInGroup

SUITE = b"ristretto255-SHA512"
PROOF_BYTES, SEED_BYTES, OUTPUT_BYTES = 64, 32, 64
MOST_INPUT = 2**16 - 1
_HASH_BLOCK = 128
_ZERO_BLOCK = hashlib.sha512(bytes(_HASH_BLOCK))


class Mode(IntEnum):
    """Without and with a proof."""

    OPRF = 0
    VOPRF = 1


class NotProven(ValueError):  # noqa: N818 - said of an answer
    """The answer was not made with the key that was published."""

    def __init__(self) -> None:
        super().__init__("The answer was not made with the key that was published.")


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A secret scalar and the element that publishes it."""

    secret: bytes = field(repr=False)
    public: bytes


@lru_cache(maxsize=8)
def _tag(use: bytes, mode: Mode) -> bytes:
    """The domain separation tag of one use in one mode."""
    return use + b"OPRFV1-" + bytes([mode]) + b"-" + SUITE


def _long(raw: bytes) -> bytes:
    """Bytes with their length before them."""
    return len(raw).to_bytes(2, "big") + raw


def _expanded(message: bytes, tag: bytes) -> bytes:
    """64 even-handed bytes: expand_message_xmd of RFC 9380 with SHA-512."""
    ending = tag + bytes([len(tag)])
    first = _ZERO_BLOCK.copy()
    first.update(message + b"\0\x40\0" + ending)
    return hashlib.sha512(first.digest() + b"\x01" + ending).digest()


def hash_to_scalar(message: bytes, mode: Mode, use: bytes = b"HashToScalar-") -> bytes:
    """The scalar of a message."""
    return ristretto.reduced(_expanded(message, _tag(use, mode)))


def hash_to_group(message: bytes, mode: Mode) -> bytes:
    """The element of a message, of which nobody knows how many times the base it is. Raises NotInGroup."""
    return ristretto.element(ristretto.from_uniform(_expanded(message, _tag(b"HashToGroup-", mode))))


def derive_key_pair(seed: bytes, info: bytes, mode: Mode) -> KeyPair:
    """The keys of a seed that nobody else may know. Raises NotInGroup once in 2^252 seeds."""
    message = seed + _long(info)
    for counter in range(256):
        secret = hash_to_scalar(message + bytes([counter]), mode, b"DeriveKeyPair")
        if any(secret):
            return KeyPair(secret, ristretto.multiply_base(secret))
    raise NotInGroup


def blind(text: bytes, mode: Mode, number: bytes = b"") -> tuple[bytes, bytes]:
    """A fresh scalar (or the one given) and the input hidden by it."""
    number = number or ristretto.random_scalar()
    return number, ristretto.multiply(number, hash_to_group(text, mode))


def blind_evaluate(secret: bytes, blinded: Sequence[bytes]) -> list[bytes]:
    """What the key makes of elements it cannot see into. Raises NotInGroup for what is none."""
    return [ristretto.multiply(secret, ristretto.element(one)) for one in blinded]


def blind_evaluate_proven(keys: KeyPair, blinded: Sequence[bytes], random: bytes = b"") -> tuple[list[bytes], bytes]:
    """The same with one proof for all. Raises NotInGroup."""
    evaluated = blind_evaluate(keys.secret, blinded)
    summed, _ = _composites(keys.public, blinded, evaluated)
    proven = ristretto.multiply(keys.secret, summed)
    random = random or ristretto.random_scalar()
    challenge = _challenge(
        keys.public, summed, proven, ristretto.multiply_base(random), ristretto.multiply(random, summed)
    )
    response = ristretto.scalar_difference(random, ristretto.scalar_product(challenge, keys.secret))
    return evaluated, challenge + response


def check_proof(public: bytes, blinded: Sequence[bytes], evaluated: Sequence[bytes], proof: bytes) -> None:
    """Raise NotProven unless all were evaluated with the key of `public`; NotInGroup for what is no element."""
    if len(proof) != PROOF_BYTES or not blinded or len(blinded) != len(evaluated):
        raise NotProven
    for one in (public, *blinded, *evaluated):
        ristretto.element(one)
    challenge, response = ristretto.scalar(proof[:32]), ristretto.scalar(proof[32:])
    summed, proven = _composites(public, blinded, evaluated)
    try:
        base = ristretto.add(ristretto.multiply_base(response), ristretto.multiply(challenge, public))
        both = ristretto.add(ristretto.multiply(response, summed), ristretto.multiply(challenge, proven))
    except NotInGroup as problem:
        raise NotProven from problem
    if not hmac.compare_digest(_challenge(public, summed, proven, base, both), challenge):
        raise NotProven


def finalize(text: bytes, number: bytes, evaluated: bytes) -> bytes:
    """The output for an input, with its blinding taken off. Raises NotInGroup."""
    return _output(text, ristretto.multiply(ristretto.inverse(number), ristretto.element(evaluated)))


def evaluate(secret: bytes, text: bytes, mode: Mode) -> bytes:
    """The output for an input that the holder of the key knows itself."""
    return _output(text, ristretto.multiply(secret, hash_to_group(text, mode)))


def _output(text: bytes, point: bytes) -> bytes:
    return hashlib.sha512(_long(text) + _long(point) + b"Finalize").digest()


def _composites(public: bytes, blinded: Sequence[bytes], evaluated: Sequence[bytes]) -> tuple[bytes, bytes]:
    """All questions as one element, all answers as another, by weights nobody chooses. Raises NotInGroup."""
    seed = hashlib.sha512(_long(public) + _long(_tag(b"Seed-", Mode.VOPRF))).digest()
    questions, answers = ristretto.IDENTITY, ristretto.IDENTITY
    for place, (question, answer) in enumerate(zip(blinded, evaluated, strict=True)):
        message = _long(seed) + place.to_bytes(2, "big") + _long(question) + _long(answer) + b"Composite"
        weight = hash_to_scalar(message, Mode.VOPRF)
        questions = ristretto.add(ristretto.multiply(weight, question), questions)
        answers = ristretto.add(ristretto.multiply(weight, answer), answers)
    return questions, answers


def _challenge(*points: bytes) -> bytes:
    return hash_to_scalar(b"".join(map(_long, points)) + b"Challenge", Mode.VOPRF)
