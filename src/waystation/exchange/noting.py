"""What the log says of messages: one entry for one, and one for several of a kind that left or came together."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from waystation.exchange.codes import DONE
from waystation.exchange.models import Incoming
from waystation.kernel.journal import Entry


def noted(action: str, kind: str, ids: Sequence[UUID], reason: str = "") -> Entry:
    """One message is the entry's subject; which several were is said by the SHA-256 over their ids in rising order."""
    if len(ids) == 1:
        return Entry(action=action, subject=ids[0], reason=reason, detail={"kind": kind})
    digest = hashlib.sha256(b"".join(sorted(one.bytes for one in ids))).hexdigest()
    return Entry(action=action, reason=reason, detail={"kind": kind, "messages": len(ids), "ids": digest})


def came(rows: Iterable[Incoming]) -> list[Entry]:
    """What the log says of messages that came."""
    alike: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for row in rows:
        alike[row.kind, "" if row.outcome == DONE else row.outcome].append(row.message_id)
    return [noted("exchange.take", kind, ids, reason) for (kind, reason), ids in alike.items()]
