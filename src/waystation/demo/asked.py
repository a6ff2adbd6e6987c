"""Referrals of the demo between nodes: a neighbour would help somebody of ours, and asks us to help two of theirs."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from waystation.casework.asked import answering, hearing
from waystation.casework.asked.models import Asked
from waystation.casework.referrals import actions as referrals
from waystation.casework.referrals import hearing as asking
from waystation.casework.referrals.models import ReferralDocument
from waystation.demo.coming import came
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
    _ours(people["Фирдавс"], by, peer)
    asked = {"service": "social", "priority": "normal", "age_band": "18-24", "sex": "female", "languages": ["som"]}
    until = (clock.today() + timedelta(days=20)).isoformat()
    hearing.offer(_said(peer, "referral.offer", uuid4(), **asked, needed_by=until))
    _helped(by, peer)


def _ours(person_id: UUID, by: Actor, peer: Peer) -> None:
    """Asked without a name; they have a question, and would help."""
    document = ReferralDocument(
        fields=("name", "age", "sex", "languages", "contact", "reason", "special"),
        reason="Has a cousin in the valley and would like to sleep near him.",
        special="Wakes at night; a room with a lamp.",
    )
    wanted = referrals.ReferralDraft(
        service="shelter", priority="urgent", peer_id=peer.pk, node_kind="society", document=document
    )
    made = referrals.draft(by=by, person_id=person_id, draft=wanted)
    referrals.agree(
        by=by,
        referral_id=made.pk,
        document=ConsentDocument(read_back=True, explained_by="Interpreter by telephone"),
        expires_on=clock.today() + timedelta(days=60),
        tell_back=True,
    )
    referrals.send(by=by, referral_id=made.pk, way="node")
    asking.answer(_said(peer, "referral.answer", made.pk, answer="ask", words="Is a room up some stairs all right?"))
    asking.answer(_said(peer, "referral.answer", made.pk, answer="accept"))


def _helped(by: Actor, peer: Peer) -> None:
    """Somebody whom we said we would help, and of whom we were told."""
    number = uuid4()
    asked = {"service": "food", "priority": "urgent", "age_band": "60+", "sex": "male", "languages": ["fra"]}
    hearing.offer(_said(peer, "referral.offer", number, **asked))
    answering.accept(by=by, asked_id=Asked.objects.get(exchange=number).pk)
    told = {"given_name": "Émile", "age": 71, "age_band": "60+", "sex": "male", "languages": ["fra"], "household": 2}
    reason = "Cannot cook where he sleeps. His grandson is with him."
    hearing.content(_said(peer, "referral.content", number, feedback=True, reason=reason, **told))


def _said(peer: Peer, kind: str, number: UUID, **body: Any) -> Received:
    return came(peer.pk, kind, {"exchange": number.bytes, **body})
