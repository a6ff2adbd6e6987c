"""What waits for a peer, as files, in bundles; byte for byte the same until its receipt comes."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from waystation.exchange import receipts
from waystation.exchange.codes import OPEN, SENT, SentAct, SentState
from waystation.exchange.models import Envelope, Outgoing, Peer
from waystation.kernel.clock import now


def numbers(peer: Peer, states: Collection[str] = OPEN) -> list[UUID]:
    """The ids of every message to a peer without a receipt, the oldest first."""
    return list(Outgoing.objects.filter(peer=peer, state__in=states).order_by("seq").values_list("pk", flat=True))


def file_of(message_id: UUID) -> bytes:
    """A message's file; empty when its receipt has come meanwhile."""
    file = Envelope.objects.filter(pk=message_id).values_list("file", flat=True).first()
    return bytes(file or b"")


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
        chosen = _next(peer, states, most_files - len(files), most_bytes - sum(map(len, files)))
        if not chosen:
            return [], files
        leaving = Outgoing.objects.filter(peer=peer, state__in=states, seq__lte=chosen[-1][2])
        envelopes = Envelope.objects.filter(message__in=leaving).order_by("message__seq")
        files.extend(bytes(file) for file in envelopes.values_list("file", flat=True))
        _leave(leaving)
        return [number for number, state, _seq in chosen if state == SentState.WAITING], files


def _next(peer: Peer, states: Collection[str], most_files: int, most_bytes: int) -> list[tuple[UUID, str, int]]:
    """Id, state and number of the oldest that fit, locked; at least one where there is any."""
    chosen: list[tuple[UUID, str, int]] = []
    total = 0
    rows = Outgoing.objects.filter(peer=peer, state__in=states).order_by("seq").select_for_update()
    for number, state, seq, size in rows.values_list("pk", "state", "seq", "size")[:most_files]:
        total += size
        if chosen and total > most_bytes:
            break
        chosen.append((number, state, seq))
    return chosen


def left(ids: Iterable[UUID]) -> list[UUID]:
    """They are on the road; whether they came, only a receipt says. Gives those that left for the first time."""
    with transaction.atomic():
        rows = Outgoing.objects.filter(pk__in=list(ids), state__in=OPEN)
        states = dict(rows.select_for_update().values_list("pk", "state"))
        _leave(rows)
    return [number for number, state in states.items() if state == SentState.WAITING]


def _leave(rows: "QuerySet[Outgoing]") -> None:
    moment = now()
    rows.update(
        state=SentState(SENT.after(SentState.WAITING, SentAct.LEAVE)),
        first_left_at=Coalesce(F("first_left_at"), moment),
        last_left_at=moment,
        tries=F("tries") + 1,
    )


def stayed(ids: Iterable[UUID]) -> None:
    """They left for the first time just now, and surely did not: nobody was there, or the stick was full."""
    Outgoing.objects.filter(pk__in=list(ids), state=SentState.LEFT, tries=1).update(
        state=SentState(SENT.after(SentState.LEFT, SentAct.STAY)), first_left_at=None, last_left_at=None, tries=0
    )
