"""Messages of neighbours as they come, for the same handlers that real ones meet: their keys were forgotten when the
demo was made."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from waystation.exchange.kinds import Received
from waystation.kernel import clock

A_WHILE = timedelta(hours=5)


def came(peer: UUID, kind: str, body: dict[str, Any], *, ago: timedelta = A_WHILE) -> Received:
    """A message that a neighbour wrote a while ago and that came on a stick just now."""
    now = clock.now()
    return Received(id=uuid4(), peer_id=peer, kind=kind, version=1, at=now - ago, came_at=now, road="stick", body=body)
