"""Bar: a case goes to another organisation only as the person agreed, and there is one who is responsible."""

from tests.casework.handover.mirror import Road, agreed, other_side
from waystation.casework.cases.models import Case
from waystation.casework.handover import giving, taking
from waystation.kernel.actors import Actor
from waystation.people import queries as people
from waystation.people.models import Disclosure


def test_offer_acceptance_content(by: Actor, case: Case, road: Road) -> None:
    row = agreed(by, case, road.far)
    giving.offer(by=by, handover_id=row.pk)
    assert road.through() == []
    offered = other_side(row)
    assert (offered.state, offered.person_id) == ("offered", None)
    taking.accept(by=by, offered_id=offered.pk)
    assert road.through() == []
    row.refresh_from_db()
    assert row.state == "accepted"
    giving.send(by=by, handover_id=row.pk)
    assert road.through() == []
    row.refresh_from_db()
    case.refresh_from_db()
    offered.refresh_from_db()
    assert (row.state, case.state, case.closing, offered.state) == ("taken", "closed", "handed_over", "taken")
    assert offered.person is not None
    told = people.identity_of(offered.person, by=by)
    assert (told.given_name, told.birth_year, told.languages) == ("Selam", 1994, ("tir",))
    assert offered.case is not None
    assert (offered.case.state, offered.case.risk, offered.case.owner) == ("new", "high", by.account_id)
    assert Disclosure.objects.filter(person=case.person, kind="message").count() == 2
