"""A version of a circle as its page shows it: who signed, what is missing, what each member may begin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.exchange import descriptors, identity
from waystation.exchange.circles import documents
from waystation.exchange.circles.documents import Circle, Signed, Steward
from waystation.exchange.circles.drafting import can_be_begun
from waystation.exchange.codes import CircleState, PeerState
from waystation.exchange.models import KnownCircle, Peer
from waystation.kernel.clock import now
from waystation.kernel.errors import Text

PARTS: dict[str, Text] = {
    "name": _("the name"),
    "purpose": _("what it is for"),
    "agreement": _("what all agree to"),
    "until": _("until when"),
    "members": _("members, or what they may begin"),
    "stewards": _("stewards"),
    "k": _("how many must sign"),
}


class Known(TextChoices):
    """How a steward's key stands to what we know of its node."""

    OURS = "ours", _("this node")
    AGREES = "agrees", _("the key is the one we trust")
    OTHER = "other", _("another key than the one we know")
    UNKNOWN = "unknown", _("a node that is not trusted here: nobody compared its words")


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardLine:
    """A steward, whether it signed, and how its key stands to what we know."""

    name: str
    signed: bool
    known: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """A member, and what it may begin, in words."""

    node: UUID
    name: str
    begins: Sequence[Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A version: `own` and `before` are how many signatures are missing, its own and those of the one before."""

    circle: Circle
    holds: bool
    ended: bool
    own: int
    before: int
    stewards: Sequence[StewardLine]
    earlier: Sequence[StewardLine]
    members: Sequence[MemberLine]
    otherwise: Sequence[Text]
    """What is not as in the version that holds."""
    bare: bool
    """Nobody has signed it yet."""
    after_missing: bool
    """The version before it is not here."""
    may_be_signed: bool


def waiting_for_us() -> dict[UUID, datetime]:
    """Circles that somebody here may sign, or has not joined, and since when that stands. Raises NodeLocked."""
    found: dict[UUID, datetime] = {}
    for row in KnownCircle.objects.prefetch_related("drafts"):
        held = documents.stored(bytes(row.file)) if row.number else None
        waiting = [draft.came_at for draft in row.drafts.all() if _may_sign(documents.stored(bytes(draft.file)), held)]
        if held is not None and row.state == CircleState.APART and row.until > now():
            waiting.append(row.met_at)
        if waiting:
            found[row.pk] = max(waiting)
    return found


def _may_sign(signed: Signed, held: Signed | None) -> bool:
    (version,) = shown([signed], held)
    return version.may_be_signed


def names_of(circle_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What circles are called."""
    return dict(KnownCircle.objects.filter(pk__in=list(circle_ids)).values_list("pk", "name"))


def shown(versions: Sequence[Signed], held: Signed | None) -> list[Shown]:
    """Versions for their page. Raises NodeLocked."""
    us = descriptors.read(bytes(identity.required().descriptor))
    nodes = frozenset[UUID]().union(*(signed.circle.nodes for signed in [*versions, *([held] if held else [])]))
    trusted = Peer.objects.filter(pk__in=nodes, state=PeerState.TRUSTED).values_list("pk", "signing")
    known = {node: bytes(key) for node, key in trusted}
    return [_shown(signed, held, us, known) for signed in versions]


def _shown(signed: Signed, held: Signed | None, us: descriptors.Descriptor, known: Mapping[UUID, bytes]) -> Shown:
    circle, holds = signed.circle, held is not None and signed.circle.raw == held.circle.raw
    before = held.circle if held is not None and not holds else None
    lacks = signed.lacks(before)
    purposes = can_be_begun(circle)
    may_sign = circle.keys | (before.keys if before else frozenset())
    ended = circle.until <= now()

    def lines(stewards: Sequence[Steward], names: Circle) -> list[StewardLine]:
        named = {one.node: one.name for one in names.members}
        return [
            StewardLine(name=named[one.node], signed=one.key in signed.signatures, known=_known(one, us, known))
            for one in stewards
        ]

    return Shown(
        circle=circle,
        holds=holds,
        ended=ended,
        own=lacks.own,
        before=lacks.before,
        stewards=lines(circle.stewards, circle),
        earlier=lines(before.stewards, before) if before is not None else [],
        members=[
            MemberLine(node=one.node, name=one.name, begins=[purposes[code] for code in one.begins])
            for one in circle.members
        ],
        otherwise=[says for name, says in PARTS.items() if before and getattr(before, name) != getattr(circle, name)],
        bare=not signed.signatures,
        after_missing=_after_missing(circle, held),
        may_be_signed=us.signing in may_sign - signed.signatures.keys() and not ended,
    )


def _after_missing(circle: Circle, held: Signed | None) -> bool:
    return circle.number > (held.circle.number if held is not None else 0) + 1


def _known(steward: Steward, us: descriptors.Descriptor, known: Mapping[UUID, bytes]) -> Known:
    if steward.node == us.node:
        return Known.OURS if steward.key == us.signing else Known.OTHER
    if steward.node not in known:
        return Known.UNKNOWN
    return Known.AGREES if known[steward.node] == steward.key else Known.OTHER
