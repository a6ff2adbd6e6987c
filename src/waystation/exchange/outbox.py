"""What waits for a peer, as files, in bundles; byte for byte the same until its receipt comes."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from waystation.exchange import receipts
from waystation.exchange.codes import OPEN, SENT, SentAct, SentState
from waystation.exchange.models import Outgoing, Peer
from waystation.kernel.clock import now


def waiting(peer: Peer, states: Collection[str] = OPEN) -> Iterator[tuple[UUID, bytes]]:
    """Every message to a peer without a receipt, the oldest first, read one by one."""
    rows = Outgoing.objects.filter(peer=peer, state__in=states).order_by("seq")
    for number in list(rows.values_list("pk", flat=True)):
        file = rows.filter(pk=number).values_list("file", flat=True).first()
        if file:
            yield number, bytes(file)


def bundle(
    peer: Peer, *, most_files: int, most_bytes: int, states: Collection[str] = OPEN
) -> tuple[list[UUID], list[bytes]]:
    """The next messages that fit in one body, with their ids; a receipt first, where one is owed. Raises NodeLocked."""
    files = [receipts.made(peer)] if peer.owes or peer.cosigns else []
    ids: list[UUID] = []
    total = sum(map(len, files))
    for number, file in waiting(peer, states):
        total += len(file)
        if len(files) >= most_files or (ids and total > most_bytes):
            break
        ids.append(number)
        files.append(file)
    return ids, files


def taken(peer: Peer, *, most_files: int, most_bytes: int) -> list[bytes]:
    """As `bundle`, for who comes to fetch: it has left."""
    ids, files = bundle(peer, most_files=most_files, most_bytes=most_bytes)
    left(ids)
    return files


def left(ids: Iterable[UUID]) -> None:
    """They are on the road; whether they came, only a receipt says."""
    moment = now()
    with transaction.atomic():
        rows = Outgoing.objects.filter(pk__in=list(ids), state__in=OPEN)
        rows.update(
            state=SentState(SENT.after(SentState.WAITING, SentAct.LEAVE)),
            first_left_at=Coalesce(F("first_left_at"), moment),
            last_left_at=moment,
            tries=F("tries") + 1,
        )
