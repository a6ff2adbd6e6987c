"""A holder that publishes what it likes, with its own hands."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from tests.familylinks.asking import mirror
from waystation.exchange import inbox, wire
from waystation.exchange.models import Incoming, Outgoing
from waystation.familylinks.asking.codes import PART_BYTES, QUERY
from waystation.familylinks.asking.protocol import golomb, questions
from waystation.familylinks.asking.protocol.publication import THREE, Publication
from waystation.familylinks.asking.protocol.voprf import KeyPair
from waystation.kernel import clock
from waystation.kernel.actors import Actor

PEOPLE = 1_000_000


@dataclass(frozen=True)
class Stuffed:
    """A publication with its key, whose guess each tag is, and how its messages ended here."""

    said: Publication
    keys: KeyPair
    meaning: dict[bytes, bytes]
    outcomes: set[str]


def send(far: Far, kind: str, body: dict[str, Any]) -> str:
    """A message comes; how it ended here."""
    message = far.message(f"{kind}/1", body)
    inbox.take(far.sealed(message), "https")
    return Incoming.objects.get(message_id=message.id).outcome


def publish(far: Far, circle: UUID, guesses: Iterable[bytes] = (), **other: Any) -> Stuffed:
    """The far node publishes guesses."""
    keys, guesses = questions.new_keys(), list(guesses)
    tags = questions.tags_of(keys.secret, guesses)
    slots = golomb.slots_for(len(tags))
    raw = golomb.build(golomb.heads_of(tags), slots)
    said = Publication(
        id=uuid4(), node=far.id, circle=circle, key=keys.public, people=PEOPLE, slots=slots, facts=THREE,
        digest=hashlib.sha256(raw).digest(), size=len(raw), at=clock.now(), until=clock.now() + timedelta(days=29),
    )  # fmt: skip
    said = replace(said, **other)
    outcomes = {send(far, "trace.publication", {"file": said.signed(far.signing)})}
    for place, at in enumerate(range(0, len(raw), PART_BYTES)):
        body = {"publication": said.id.bytes, "place": place, "part": raw[at : at + PART_BYTES]}
        outcomes.add(send(far, "trace.part", body))
    return Stuffed(said, keys, dict(zip(tags, guesses, strict=True)), outcomes)


def another(actors: dict[str, Actor]) -> tuple[Far, UUID]:
    """A second holder, and a circle of it and us."""
    made = Far()
    befriend(made, actors)
    return made, mirror.joined(made, actors["coordinator"])


def left(far: Far, seen: set[UUID], kind: str = QUERY) -> Iterator[wire.Message]:
    """What newly left for the far node."""
    for row in Outgoing.objects.filter(peer=far.id, kind=f"{kind}/1").order_by("seq"):
        if row.pk not in seen:
            seen.add(row.pk)
            yield far.opened(bytes(row.envelope.file))
