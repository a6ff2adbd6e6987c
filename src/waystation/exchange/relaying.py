"""Mail for others: kept sealed for nodes whose mail we hold, and given to whoever proves to be one of them by asking.

A node that nobody can reach (behind a router, on the road) sends `exchange.fetch`, sealed and signed like anything
else, and gets back what waits for it: what we hold, and our own messages to it. There is no second way to log in.
"""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from waystation.exchange import bundles, outbox
from waystation.exchange.codes import MOST_RELAYED, MOST_RELAYED_BYTES, PeerState
from waystation.exchange.kinds import Field, Kind, Received, register
from waystation.exchange.models import Peer, Relayed
from waystation.kernel.clock import now

DIGEST_BYTES = 32


def keep(file: bytes, to: UUID) -> bool:
    """Keep a file for a node whose mail we hold; False when we hold nothing for it, or there is no room."""
    if not Peer.objects.filter(pk=to, state=PeerState.TRUSTED, holds_mail=True).exists():
        return False
    digest = hashlib.sha256(file).hexdigest()
    with transaction.atomic():
        if Relayed.objects.filter(digest=digest).exists():
            return True
        mine = Relayed.objects.filter(addressee=to)
        total = mine.aggregate(total=Sum("size"))["total"] or 0
        if mine.count() >= MOST_RELAYED or total + len(file) > MOST_RELAYED_BYTES:
            return False
        Relayed.objects.create(addressee_id=to, file=file, size=len(file), digest=digest, came_at=now())
    return True


def fetched(received: Received) -> list[bytes]:
    """What waits for the node that asks; what it says it has got is let go."""
    got = [one.hex() for one in received.body["got"] if len(one) == DIGEST_BYTES]
    Relayed.objects.filter(addressee=received.peer_id, digest__in=got).delete()
    peer = Peer.objects.get(pk=received.peer_id)
    _first, files = outbox.bundle(peer, most_files=bundles.MOST_FILES // 2, most_bytes=bundles.MOST_BYTES // 2)
    return [*files, *_held_for(peer.pk)]


def held_mail() -> Iterator[bytes]:
    """Every file we hold for others, to be carried on a stick."""
    for number in Relayed.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=500):
        row = Relayed.objects.filter(pk=number).first()
        if row is not None:
            yield bytes(row.file)


def holds_any() -> bool:
    """Whether we hold mail of others."""
    return Relayed.objects.exists()


def _held_for(peer_id: UUID) -> Iterator[bytes]:
    total, count = 0, 0
    for number, size in Relayed.objects.filter(addressee=peer_id).order_by("pk").values_list("pk", "size"):
        total, count = total + size, count + 1
        if total > bundles.MOST_BYTES // 2 or count > bundles.MOST_FILES // 2 - 2:
            return
        yield bytes(Relayed.objects.values_list("file", flat=True).get(pk=number))


def _never(_received: Received) -> None:
    raise RuntimeError("A fetch is answered by the inbox.")


FETCH = Kind(
    code="exchange.fetch",
    version=1,
    purpose=_("Ask for the mail that waits for this node."),
    legal_basis=_("Running the exchange: nothing about a person is in it."),
    fields={"got": Field("byte_strings", most=1000)},
    retention_days=0,
    handler=_never,
    counted=False,
)
register(FETCH)
