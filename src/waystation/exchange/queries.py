"""The only door to rows of the exchange for readers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from waystation.exchange.codes import GAP_OLD, OPEN, PeerState
from waystation.exchange.counting import Came
from waystation.exchange.models import Dropped, Held, Incoming, Outgoing, Peer
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.clock import now
from waystation.kernel.errors import NotFound

SHOWN = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """Messages of a peer that are missing, since when we know it."""

    peer: Peer
    first: int
    last: int
    since: datetime

    @property
    def count(self) -> int:
        """How many."""
        return self.last - self.first + 1


def visible_to(actor: Actor) -> "QuerySet[Peer]":
    """All nodes we know, for whoever may see them."""
    return Peer.objects.filter(policies.rows(actor, "exchange.view"))


def get_for(actor: Actor, peer_id: UUID, *, lock: bool = False) -> Peer:
    """One node. Raises NotFound."""
    rows = visible_to(actor).select_for_update() if lock else visible_to(actor)
    peer = rows.filter(pk=peer_id).first()
    if peer is None:
        raise NotFound
    return peer


def trusted() -> "QuerySet[Peer]":
    """Whom a room may send to, by name: for its own pages, which ask their own permission."""
    return Peer.objects.filter(state=PeerState.TRUSTED)


def sent_about(*subjects: UUID) -> "QuerySet[Outgoing]":
    """What left or waits about things of a room, the newest first: for its own pages and handlers."""
    return Outgoing.objects.filter(subject__in=subjects).order_by("-seq")


def names_of(peer_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What organisations are called, by their nodes."""
    return dict(Peer.objects.filter(pk__in=list(peer_ids)).values_list("pk", "name"))


def with_counts(actor: Actor) -> "QuerySet[Peer]":
    """Nodes with how much waits for each."""
    return visible_to(actor).annotate(waiting=Count("outgoing", filter=Q(outgoing__state__in=OPEN)))


def outgoing(actor: Actor, *, peer: Peer | None = None) -> "QuerySet[Outgoing]":
    """What waits, left or ended, the newest first."""
    rows = Outgoing.objects.filter(policies.rows(actor, "exchange.view")).select_related("peer")
    return (rows.filter(peer=peer) if peer else rows).order_by("-made_at", "-seq")


def incoming(actor: Actor, *, peer: Peer | None = None) -> "QuerySet[Incoming]":
    """What came, the newest first."""
    rows = Incoming.objects.filter(policies.rows(actor, "exchange.view")).defer("kept").select_related("sender")
    return (rows.filter(sender=peer) if peer else rows).order_by("-came_at", "-pk")


def held(actor: Actor) -> "QuerySet[Held]":
    """What could not be taken, the newest first."""
    return Held.objects.filter(policies.rows(actor, "exchange.view"))


def dropped(actor: Actor) -> "QuerySet[Dropped]":
    """How much was let fall, the newest day first."""
    return Dropped.objects.filter(policies.rows(actor, "exchange.view")).order_by("-day")


def gaps(actor: Actor) -> list[Gap]:
    """Messages that are missing, the longest known first. Two queries."""
    return _gaps(visible_to(actor))


def all_old_gaps() -> list[Gap]:
    """What the node itself must make somebody hear of. Two queries."""
    return old_gaps(_gaps(Peer.objects.all()))


def _gaps(peers: "QuerySet[Peer]") -> list[Gap]:
    behind = [peer for peer in peers if peer.came_later]
    edges = {(peer.pk, first) for peer in behind for first, _last in peer.came_later[:SHOWN]}
    noticed = _noticed(edges)
    found = []
    for peer in behind:
        came = Came.read(peer.came_to, peer.came_later)
        for (first, last), (next_one, _end) in zip(came.gaps(), came.later, strict=True):
            since = noticed.get((peer.pk, next_one))
            if since is not None:
                found.append(Gap(peer=peer, first=first, last=last, since=since))
    return sorted(found, key=lambda gap: gap.since)


def old_gaps(found: Sequence[Gap]) -> list[Gap]:
    """Those that a person must hear of: a lost stick is not silent."""
    return [gap for gap in found if gap.since < now() - GAP_OLD]


def _noticed(edges: set[tuple[UUID, int]]) -> dict[tuple[UUID, int], datetime]:
    if not edges:
        return {}
    rows = Incoming.objects.filter(sender__in={peer for peer, _seq in edges}, seq__in={seq for _peer, seq in edges})
    said: dict[tuple[UUID, int], datetime] = {}
    for sender, seq, came_at in rows.order_by("-came_at").values_list("sender_id", "seq", "came_at"):
        said[sender, seq] = came_at
    return said
