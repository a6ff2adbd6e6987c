"""The proof of an erasure: nameless words that the person may take, bound to the log's entry."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import translation

from waystation.audit import receipts
from waystation.casework.retention.models import Proof
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text
from waystation.kernel.journal import Detail
from waystation.people.codes import ErasureReason
from waystation.vault import epochs, offline
from waystation.vault.keyring import keyring


def witness(_by: Actor, ids: Sequence[UUID], reason: str, losses: Sequence[tuple[Text, int]]) -> Detail:
    """Keep nameless words about an erasure; the log keeps what they hash to."""
    at, ends = clock.now(), epochs.ends_at()
    with translation.override("en"):
        counts = [[str(label), count] for label, count in losses]
        lines = [
            "Waystation: an erasure",
            f"Node {offline.node_id()}",
            *(f"Record {one}" for one in ids),
            f"Erased {at:%Y-%m-%d %H:%M} UTC. {ErasureReason(reason).label}.",
            *(f"{label}: {count}" for label, count in counts),
            f"No copy of this node opens it once epoch {keyring.current_epoch} ends, {ends:%Y-%m-%d} at the latest.",
            f"Chance {secrets.token_hex(16)}",
        ]
    words = "\n".join(lines)
    # Tomorrow, if the epoch ends in a few hours: a day in words is never earlier than the act.
    day = (ends + timedelta(days=1)).date()
    Proof.objects.create(record=ids[0], at=at, unreadable_on=day, records=len(ids), counts=counts, words=words)
    return {receipts.DETAIL: receipts.digest(words)}
