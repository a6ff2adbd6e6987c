"""Requests of the demo: one asked of a neighbour, and one that the neighbour asks of us about somebody known here."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from waystation.casework.requests import answering, asking, hearing
from waystation.casework.requests.models import TheirRequest
from waystation.demo.coming import came
from waystation.exchange import queries as exchange
from waystation.exchange.models import Peer
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument

DAY = timedelta(days=1)


def asked_and_answered(people: Mapping[str, UUID], by: Actor) -> None:
    """What the pages of requests show."""
    peer = exchange.trusted().first()
    if peer is None:
        return
    ours = asking.begin(
        by=by,
        person_id=people["Yurany"],
        draft=asking.Draft(
            peer_id=peer.pk,
            recipient_kind="society",
            why="go_on",
            case_kind="general",
            until=clock.today() + timedelta(days=14),
            parts=("assessment", "plan", "met"),
            find_by=("name", "born", "place"),
            when=str(clock.today().year - 1),
            place="Harbour post",
        ),
    )
    asking.agree(
        by=by,
        request_id=ours.pk,
        document=ConsentDocument(read_back=True, language="spa", explained_by="Interpreter by telephone"),
        expires_on=clock.today() + timedelta(days=90),
    )
    asking.ask(by=by, request_id=ours.pk)
    _asked_of_us(peer, by)


def _asked_of_us(peer: Peer, by: Actor) -> None:
    """As it comes from a node whose keys were forgotten when the demo was made: through the same handlers."""
    number, today = uuid4().bytes, clock.today()
    question = {
        "case_kind": "general",
        "why": "safety",
        "age_band": "25-59",
        "sex": "male",
        "languages": ["wol", "fra"],
        "when": str(today.year),
        "parts": ["name", "languages", "reason", "plan", "met"],
        "until": (today + timedelta(days=10)).isoformat(),
    }
    hearing.ask(came(peer.pk, "request.ask", {"exchange": number, **question}, ago=DAY))
    answering.accept(by=by, request_id=TheirRequest.objects.get(exchange=UUID(bytes=number)).pk)
    who = {
        "given_name": "Usman",
        "family_name": "Njie",
        "place": "The post at the bridge",
        "consent_on": (today - timedelta(days=3)).isoformat(),
        "consent_until": (today + timedelta(days=87)).isoformat(),
        "consent_given_by": "self",
        "consent_language": "wol",
        "consent_read_back": True,
    }
    hearing.who(came(peer.pk, "request.who", {"exchange": number, **who}, ago=DAY))
