"""Receipts: what came, what was refused, and what the two logs say of each other (EXCHANGE.md sections 2 and 5).

    body = {came_to, later: [[first, last] as two numbers in a row …], last, ids, refused: {id: code},
            checkpoint, size_before, proof, cosigned}

`ids` are messages that came (the newest, or those this receipt answers); `last` is the id of the message numbered
`came_to`, so that a sender whose database was brought back from an older copy sees that numbers were used twice and
does not take another message's receipt for its own.
"""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from waystation.exchange import sealing, witnesses
from waystation.exchange.codes import DONE, OPEN, SENT, SentAct, SentState
from waystation.exchange.counting import Came
from waystation.exchange.giving_way import hurry
from waystation.exchange.kinds import Answered, Field, Kind, Received, find, known, register
from waystation.exchange.models import Envelope, Incoming, Outgoing, Peer
from waystation.kernel.clock import now
from waystation.kernel.errors import Invalid

MOST_IDS, MOST_REFUSED, MOST_LATER = 1000, 300, 400
MOST_AHEAD = 1_000_000
"""How far above our numbers a receipt may reach: no copy of a database that is brought back is older. Whoever names
more makes numbers up, and none would be left for what we have to say, not even that a consent was taken back."""
CODE = re.compile(r"[a-z0-9._-]{1,60}")
"""A refusal is shown to people, where nobody gave it words as it is."""
ENDS = (*OPEN, SentState.GIVEN_UP)
FIELDS = {
    "came_to": Field("number", most=2**53),
    "later": Field("items", fields={"first": Field("number", most=2**53), "last": Field("number", most=2**53)}),
    "last": Field("bytes", most=16),
    "ids": Field("byte_strings", most=MOST_IDS),
    "refused": Field("map", most=MOST_REFUSED),
    **witnesses.FIELDS,
}


def made(peer: Peer, ids: Iterable[UUID] | None = None) -> bytes:
    """A receipt for a trusted peer, sealed; without `ids` for the newest that came.

    Raises NodeLocked, PeerNotTrusted.
    """
    came = Incoming.objects.filter(sender=peer)
    if ids is None:
        ids = came.order_by("-last_at").values_list("message_id", flat=True)[: MOST_IDS // 2]
    last = came.filter(seq=peer.came_to).order_by("pk").values_list("message_id", flat=True).first()
    refused = came.exclude(outcome=DONE).order_by("-last_at").values_list("message_id", "outcome")[:MOST_REFUSED]
    body = {
        "came_to": peer.came_to,
        "later": [{"first": first, "last": end} for first, end in peer.came_later[:MOST_LATER]],
        "last": last.bytes if last else b"",
        "ids": [one.bytes for one in ids],
        "refused": {one.hex: code for one, code in refused},
        **witnesses.told(peer),
    }
    _id, file = sealing.envelope(peer, RECEIPT, body, 0)
    Peer.objects.filter(pk=peer.pk).update(owes=False, cosigns=False)
    return file


def take(received: Received) -> None:
    """Mark what they have, and look at their log. Raises Invalid for a receipt that contradicts itself."""
    peer = Peer.objects.select_for_update().get(pk=received.peer_id)
    hurry()
    body = received.body
    try:
        came = Came.read(body["came_to"], [(one["first"], one["last"]) for one in body["later"]])
        ids = [UUID(bytes=one) for one in body["ids"]]
        refused = {UUID(hex=one): code for one, code in body["refused"].items()}
    except ValueError as problem:
        raise Invalid({}) from problem
    if not all(map(CODE.fullmatch, refused.values())):
        raise Invalid({})
    mine = Outgoing.objects.filter(peer=peer, state__in=ENDS)
    for code in set(refused.values()):
        _end(mine.filter(pk__in=[one for one, why in refused.items() if why == code]), code)
    if _numbers_agree(peer, came, body["last"]):
        _end_by_number(mine, peer, came)
    _end(mine.filter(pk__in=ids), "")
    witnesses.look(peer, body)


def _numbers_agree(peer: Peer, came: Came, last: bytes) -> bool:
    """Whether their numbers name our messages; else number anew, above everything they ever saw.

    Raises Invalid for numbers that are made up.
    """
    highest = max([came.to, *(end for _first, end in came.later)])
    if highest - peer.next_seq > MOST_AHEAD:
        raise Invalid({})
    agrees = highest < peer.next_seq
    if agrees and came.to >= peer.ours_from:
        known = Outgoing.objects.filter(peer=peer, seq=came.to).values_list("pk", flat=True).first()
        agrees = known is not None and known.bytes == last
    if not agrees:
        peer.next_seq = peer.ours_from = max(highest + 1, peer.next_seq)
        peer.save(update_fields=["next_seq", "ours_from"])
    return agrees


def _end_by_number(mine: "QuerySet[Outgoing]", peer: Peer, came: Came) -> None:
    _end(mine.filter(seq__gte=peer.ours_from, seq__lte=came.to), "")
    for first, last in came.later:
        _end(mine.filter(seq__gte=max(first, peer.ours_from), seq__lte=last), "")


def _end(ended: "QuerySet[Outgoing]", reason: str) -> None:
    """They are over, all in the same way; their rooms are told. Those that ended are among `ended` no more."""
    act = SentAct.RECEIVE if reason in {"", "unknown-kind"} else SentAct.REFUSE
    after = {SentState(SENT.after(before, act)) for before in ended.values_list("state", flat=True).distinct()}
    if not after:
        return
    (state,) = after
    asked = [kind.wire for kind in known() if kind.answered is not None]
    rows = list(ended.filter(kind__in=asked).order_by("seq"))
    Envelope.objects.filter(message__in=ended).delete()
    ended.update(state=state, reason=reason[:60], answered_at=now())
    for row in rows:
        row.state, row.reason = state, reason[:60]
        tell(row)


def tell(row: Outgoing) -> None:
    """Tell the room whose message it was how it ended."""
    kind = find(row.kind)
    if kind is not None and kind.answered is not None:
        kind.answered(
            Answered(
                id=row.pk,
                peer_id=row.peer_id,
                kind=kind.code,
                subject=row.subject,
                state=row.state,
                reason=row.reason,
            )
        )


RECEIPT = Kind(
    code="exchange.receipt",
    version=1,
    purpose=_("Say what came, and hold each other's log to what it showed before."),
    legal_basis=_("Accountability: nothing about a person is in it."),
    fields=FIELDS,
    retention_days=0,
    handler=take,
    counted=False,
)
register(RECEIPT)
