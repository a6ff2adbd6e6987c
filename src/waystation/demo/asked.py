"""Referrals of the demo between nodes: one asked of a neighbour without a name, one that a neighbour asks of us."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from waystation.casework.asked import hearing
from waystation.casework.referrals import actions as referrals
from waystation.casework.referrals.models import ReferralDocument
from waystation.exchange import queries as exchange
from waystation.exchange.kinds import Received
from waystation.exchange.models import Peer
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument


def referred_by_message(people: Mapping[str, UUID], by: Actor) -> None:
    """What the pages of such referrals show."""
    peer = exchange.trusted().first()
    if peer is None:
        return
    document = ReferralDocument(
        fields=("name", "age", "sex", "languages", "contact", "reason", "special"),
        reason="Has a cousin in the valley and would like to sleep near him.",
        special="Wakes at night; a room with a lamp.",
    )
    wanted = referrals.ReferralDraft(
        service="shelter", priority="urgent", peer_id=peer.pk, node_kind="society", document=document
    )
    made = referrals.draft(by=by, person_id=people["ዳዊት"], draft=wanted)
    referrals.agree(
        by=by,
        referral_id=made.pk,
        document=ConsentDocument(read_back=True, explained_by="Interpreter by telephone"),
        expires_on=clock.today() + timedelta(days=60),
        tell_back=True,
    )
    referrals.send(by=by, referral_id=made.pk, way="node")
    _asked(peer)


def _asked(peer: Peer) -> None:
    """As it comes from a node whose keys were forgotten when the demo was made: through the same handler."""
    now = clock.now()
    body = {
        "exchange": uuid4().bytes,
        "service": "social",
        "priority": "normal",
        "age_band": "18-24",
        "sex": "female",
        "languages": ["som"],
        "needed_by": (clock.today() + timedelta(days=20)).isoformat(),
    }
    hearing.offer(
        Received(
            id=uuid4(),
            peer_id=peer.pk,
            kind="referral.offer",
            version=1,
            at=now - timedelta(hours=5),
            came_at=now,
            road="stick",
            body=body,
        )
    )
