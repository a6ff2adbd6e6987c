"""Two nodes in one: who asks and who is asked are two tables that share nothing, with the far node as the road."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.casework.handover import mirror
from tests.exchange.far import Far
from tests.people.factories import registered
from waystation.casework.cases import actions as cases
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.requests import answering, asking
from waystation.casework.requests.models import OurRequest, TheirRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.documents import ConsentDocument
from waystation.people.models import Person

PARTS = ("name", "assessment", "plan", "phone", "met")
FIND_BY = ("name", "born", "place")


@dataclass
class Road(mirror.Road):
    """The road of requests."""

    room: str = "request."


def met_here(by: Actor, **said: Any) -> Person:
    """Who wishes that what others know comes here."""
    identity = {"birth_year": 1994, "languages": ("tir",)} | said
    return registered(by, "Selam", "Tesfaye", **identity).person


def met_there(by: Actor, **said: Any) -> Person:
    """The same person in the book of the other side, under another spelling."""
    identity = {"birth_year": 1994, "phone": "+49 170 5550123", "languages": ("tir", "ara")} | said
    person = registered(by, "Sälam", "Tesfai", **identity).person
    draft = cases.CaseDraft(kind="general", risk="low", reason="Threatened on the road", wishes="To reach her sister")
    case = cases.open_case(by=by, person_id=person.pk, draft=draft)
    cases.write(by=by, case_id=case.pk, revision=case.revision, texts={"assessment": "Sleeps badly"})
    cases.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal="A room with a lock"))
    return person


def draft(far: Far, **said: Any) -> asking.Draft:
    """To the far node, until next week."""
    wanted: dict[str, Any] = {
        "peer_id": far.id,
        "recipient_kind": "society",
        "why": "go_on",
        "case_kind": "general",
        "until": clock.today() + timedelta(days=7),
        "parts": PARTS,
        "find_by": FIND_BY,
        "when": str(clock.today().year - 1),
        "place": "Harbour post",
    }
    return asking.Draft(**wanted | said)


def agreed(by: Actor, person: Person, far: Far, **said: Any) -> OurRequest:
    """A request to which the person agreed."""
    row = asking.begin(by=by, person_id=person.pk, draft=draft(far, **said))
    return asking.agree(
        by=by,
        request_id=row.pk,
        document=ConsentDocument(read_back=True, language="tir"),
        expires_on=clock.today() + timedelta(days=30),
    )


def other_side(row: OurRequest) -> TheirRequest:
    """What the same request is at who is asked."""
    return TheirRequest.objects.get(exchange=row.pk)


def asked(by: Actor, person: Person, road: Road, **said: Any) -> OurRequest:
    """A question that has come."""
    row = agreed(by, person, road.far, **said)
    asking.ask(by=by, request_id=row.pk)
    road.through()
    return row


def named(by: Actor, person: Person, road: Road, **said: Any) -> OurRequest:
    """They know whom we mean."""
    row = asked(by, person, road, **said)
    answering.accept(by=by, request_id=other_side(row).pk)
    road.through()
    asking.name(by=by, request_id=row.pk)
    road.through()
    return row


def tell(by: Actor, row: OurRequest, person: Person, **said: Any) -> TheirRequest:
    """The other side tells what was asked, under the consent that we state."""
    wanted: dict[str, Any] = {"parts": PARTS, "under": "stated", "recipient_kind": "society"} | said
    return answering.tell(by=by, request_id=other_side(row).pk, person_id=person.pk, **wanted)
