"""Who may begin what with whom, by the circles that this node has joined: one rule, for sending and for taking."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from waystation.exchange import identity
from waystation.exchange.circles import documents
from waystation.exchange.circles.documents import Circle
from waystation.exchange.codes import CircleState
from waystation.exchange.kinds import Kind
from waystation.exchange.models import KnownCircle
from waystation.kernel.clock import now


def allows(kind: Kind, *, sender: UUID, receiver: UUID) -> bool:
    """Whether a message of a kind may go from one node to another: what begins nothing always may."""
    return not kind.begins or documents.may_begin(joined(), kind.code, sender=sender, receiver=receiver, at=now())


def open_to(code: str, receivers: Iterable[UUID]) -> set[UUID]:
    """With which of several nodes this one may begin something of a kind now. One query where no circle binds."""
    circles, moment = list(joined()), now()
    if not circles:
        return set(receivers)
    us = identity.node_id()
    return {one for one in receivers if documents.may_begin(circles, code, sender=us, receiver=one, at=moment)}


def joined() -> Iterator[Circle]:
    """The circles that bind this node, as their newest version that holds says."""
    rows = KnownCircle.objects.filter(state=CircleState.JOINED, number__gt=0)
    for file in rows.values_list("file", flat=True):
        yield documents.stored(bytes(file)).circle
