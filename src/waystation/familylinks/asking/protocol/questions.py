"""A question and its answer, as both sides compute them: 32 hidden elements there, 32 elements and one proof back."""

import secrets
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import TypeVar

from waystation.familylinks.asking.protocol import ristretto, voprf
from waystation.familylinks.asking.protocol.golomb import TAG_BYTES, TagSet
from waystation.familylinks.asking.protocol.ristretto import NotInGroup
from waystation.familylinks.asking.protocol.tokens import ASKED, ENOUGH_HITS
from waystation.familylinks.asking.protocol.voprf import KeyPair, Mode

KEY_INFO = b"waystation/trace/1"
DUMMY = b""
"""Stands for a token that asks nothing."""
MOST_MEANT = 3
"""When more people than these fit a claim equally well, it is too vague, and nobody is asked."""
P = TypeVar("P", bound=Hashable)


class NotAQuestion(ValueError):  # noqa: N818 - said of what came
    """Not 32 different elements."""

    def __init__(self) -> None:
        super().__init__("This is not a question of 32 different elements.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the asker keeps, sealed, until the answer: each token with the scalar that hides it, in the order sent."""

    tokens: tuple[bytes, ...]
    blinds: tuple[bytes, ...]
    elements: tuple[bytes, ...]


def new_keys() -> KeyPair:
    """Fresh keys for one publication."""
    return voprf.derive_key_pair(secrets.token_bytes(voprf.SEED_BYTES), KEY_INFO, Mode.VOPRF)


def tag_of(output: bytes) -> bytes:
    """What of an output stands in a set."""
    return output[:TAG_BYTES]


def tags_of(secret: bytes, tokens: Sequence[bytes]) -> list[bytes]:
    """The tags of tokens that the holder of the key knows itself."""
    return [tag_of(voprf.evaluate(secret, token, Mode.VOPRF)) for token in tokens]


def ask(tokens: Sequence[bytes]) -> Asked:
    """Hide tokens among dummies: always 32, in an order that says nothing. Raises ValueError for more than 32."""
    if len(tokens) > ASKED:
        raise ValueError("A question has 32 tokens at most.")
    every = [*tokens, *[DUMMY] * (ASKED - len(tokens))]
    SystemRandom().shuffle(every)
    hidden = [voprf.blind(token or secrets.token_bytes(TAG_BYTES), Mode.VOPRF) for token in every]
    return Asked(tuple(every), tuple(number for number, _ in hidden), tuple(element for _, element in hidden))


def check(elements: Sequence[bytes]) -> None:
    """Raise NotAQuestion unless it is 32 different elements."""
    if len(elements) != ASKED or len(set(elements)) != ASKED:
        raise NotAQuestion
    try:
        for one in elements:
            ristretto.element(one)
    except NotInGroup as problem:
        raise NotAQuestion from problem


def answer(keys: KeyPair, elements: Sequence[bytes]) -> tuple[list[bytes], bytes]:
    """32 elements and one proof. Raises NotAQuestion."""
    check(elements)
    return voprf.blind_evaluate_proven(keys, elements)


def hits(asked: Asked, public: bytes, evaluated: Sequence[bytes], proof: bytes, tags: TagSet) -> list[bytes]:
    """The tags that are in the set, when they are two or more; else none: a single one is mostly chance.

    Every token and every dummy is worked on alike. Raises NotProven, NotInGroup.
    """
    voprf.check_proof(public, asked.elements, evaluated, proof)
    found = []
    for token, number, element in zip(asked.tokens, asked.blinds, evaluated, strict=True):
        tag = tag_of(voprf.finalize(token, number, element))
        if tags.has(tag) and token != DUMMY:
            found.append(tag)
    return found if len(found) >= ENOUGH_HITS else []


def meant(people_by_tag: Iterable[Iterable[P]]) -> list[P]:
    """Whom a claim means: of those with two of its tags or more whoever has most; nobody when too many have as many."""
    fitting = Counter(person for people in people_by_tag for person in people)
    most = max(fitting.values(), default=0)
    best = [person for person, count in fitting.items() if count == most]
    return best if most >= ENOUGH_HITS and len(best) <= MOST_MEANT else []
