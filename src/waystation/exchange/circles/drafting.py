"""Writing a version of a circle from the nodes we know: who can be in it, and the document of what was chosen."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from waystation.exchange import descriptors, identity, kinds, queries
from waystation.exchange.circles.documents import Circle, Member, Steward
from waystation.kernel import clock
from waystation.kernel.errors import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A node that can be in a circle, its signing key, and what it may do by the version before."""

    node: UUID
    name: str
    key: bytes
    begins: tuple[str, ...] = ()
    is_member: bool = False
    is_steward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a node is to be in a circle."""

    steward: bool = False
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What was written in the form; `parts` by node."""

    name: str
    purpose: str
    agreement: str
    until: date
    k: int
    parts: Mapping[UUID, Part]


def candidates(before: Circle | None) -> list[Candidate]:
    """This node, those that are trusted here, and whoever was in it before, by name. Raises NodeLocked."""
    own = descriptors.read(bytes(identity.required().descriptor))
    known = {own.node: (own.name, own.signing)}
    known |= {peer.pk: (peer.name, bytes(peer.signing)) for peer in queries.trusted()}
    keys = {one.node: one.key for one in before.stewards} if before else {}
    for member in before.members if before else ():
        known.setdefault(member.node, (member.name, keys.get(member.node, b"")))
    return [
        Candidate(
            node=node,
            name=name,
            key=key,
            begins=before.begins(node) if before else (),
            is_member=before is not None and node in before.nodes,
            is_steward=node in keys,
        )
        for node, (name, key) in known.items()
    ]


def can_be_begun(before: Circle | None) -> dict[str, Text]:
    """The codes of what may be allowed, with what each is for; one that nobody here knows says its code."""
    said: dict[str, Text] = {kind.code: kind.purpose for kind in kinds.beginning()}
    for member in before.members if before else ():
        for code in member.begins:
            said.setdefault(code, _("something that this node does not know yet: %(code)s") % {"code": code})
    return said


def made(chosen: Chosen, before: Circle | None) -> Circle:
    """The version that was written; after one that holds, the next. Raises NodeLocked."""
    known = {one.node: one for one in candidates(before)}
    parts = chosen.parts.items()
    return Circle(
        id=before.id if before else UUID(bytes=secrets.token_bytes(16)),
        number=before.number + 1 if before else 1,
        at=clock.now(),
        name=chosen.name,
        purpose=chosen.purpose,
        agreement=chosen.agreement,
        until=end_of(chosen.until),
        k=chosen.k,
        stewards=tuple(Steward(node=node, key=known[node].key) for node, part in parts if part.steward),
        members=tuple(Member(node=node, name=known[node].name, begins=part.begins) for node, part in parts),
    )


def end_of(day: date) -> datetime:
    """The last second of a day, here."""
    return clock.end_of(day).replace(microsecond=0)
