"""What waits for a peer, as files, in bundles; byte for byte the same until its receipt comes."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from waystation.exchange import receipts
from waystation.exchange.codes import OPEN, SENT, SentAct, SentState
from waystation.exchange.models import Outgoing, Peer
from waystation.kernel.clock import now


def numbers(peer: Peer, states: Collection[str] = OPEN) -> list[UUID]:
    """The ids of every message to a peer without a receipt, the oldest first."""
    return list(Outgoing.objects.filter(peer=peer, state__in=states).order_by("seq").values_list("pk", flat=True))


def file_of(message_id: UUID) -> bytes:
    """A message's file; empty when its receipt has come meanwhile."""
    file = Outgoing.objects.filter(pk=message_id).values_list("file", flat=True).first()
    return bytes(file or b"")


def files_of(ids: Collection[UUID]) -> list[bytes]:
    """Files of messages, the oldest first; none for those whose receipt has come meanwhile."""
    rows = Outgoing.objects.filter(pk__in=ids).order_by("seq").values_list("file", flat=True)
    return [bytes(file) for file in rows if file]


def bundle(
    peer: Peer, *, most_files: int, most_bytes: int, states: Collection[str] = OPEN
) -> tuple[list[UUID], list[bytes]]:
    """The next messages that fit in one body, a receipt first where one is owed; they count as left.

    Gives the files, and the ids of those that leave for the first time. Counted before they go, with the peer locked:
    what may have left is never taken back as if it had not. Raises NodeLocked.
    """
    with transaction.atomic():
        peer = Peer.objects.select_for_update().get(pk=peer.pk)
        files = [receipts.made(peer)] if peer.owes or peer.cosigns else []
        ids: list[UUID] = []
        total = sum(map(len, files))
        waiting = Outgoing.objects.filter(peer=peer, state__in=states).order_by("seq").values_list("pk", "size")
        for number, size in waiting[: most_files - len(files)]:
            total += size
            if ids and total > most_bytes:
                break
            ids.append(number)
        files.extend(files_of(ids))
        return left(ids), files


def left(ids: Iterable[UUID]) -> list[UUID]:
    """They are on the road; whether they came, only a receipt says. Gives those that left for the first time."""
    moment = now()
    with transaction.atomic():
        rows = Outgoing.objects.filter(pk__in=list(ids), state__in=OPEN).select_for_update()
        states = dict(rows.values_list("pk", "state"))
        Outgoing.objects.filter(pk__in=states).update(
            state=SentState(SENT.after(SentState.WAITING, SentAct.LEAVE)),
            first_left_at=Coalesce(F("first_left_at"), moment),
            last_left_at=moment,
            tries=F("tries") + 1,
        )
    return [number for number, state in states.items() if state == SentState.WAITING]


def stayed(ids: Iterable[UUID]) -> None:
    """They left for the first time just now, and surely did not: nobody was there, or the stick was full."""
    Outgoing.objects.filter(pk__in=list(ids), state=SentState.LEFT, tries=1).update(
        state=SentState(SENT.after(SentState.LEFT, SentAct.STAY)), first_left_at=None, last_left_at=None, tries=0
    )
