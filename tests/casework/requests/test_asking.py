"""Bar: what is known elsewhere comes here only as the person agreed, and nothing here is overwritten by it."""

import json

from tests.casework.requests.mirror import Road, agreed, named, other_side, tell
from waystation.casework.requests import answering, asking, queries
from waystation.kernel.actors import Actor
from waystation.people import queries as people
from waystation.people.models import Disclosure, Person


def test_question_acceptance_name_answer(by: Actor, person: Person, known: Person, road: Road) -> None:
    row = agreed(by, person, road.far)
    asking.ask(by=by, request_id=row.pk)
    assert road.through() == []
    theirs = other_side(row)
    assert (theirs.state, theirs.case_kind, theirs.age_band) == ("asked", "general", person.age_band)
    answering.accept(by=by, request_id=theirs.pk)
    assert road.through() == []
    asking.name(by=by, request_id=row.pk)
    assert road.through() == []
    theirs.refresh_from_db()
    assert theirs.state == "named"
    who = {part.name: json.loads(part.value) for part in queries.said_by(theirs, by=by).who}
    assert (who["given_name"], who["place"], who["consent_read_back"]) == ("Selam", "Harbour post", True)
    assert "phone" not in who
    tell(by, row, known)
    assert road.through() == []
    row.refresh_from_db()
    theirs.refresh_from_db()
    assert (row.state, theirs.state, theirs.sealed) == ("told", "told", None)
    came = {one.name: value for one, value in queries.found_of(row, by=by)}
    assert came["given_name"] == "Sälam"
    assert came["assessment"] == "Sleeps badly"
    assert came["plan"] == ["A room with a lock"]
    assert "reason" not in came
    identity = people.identity_of(person, by=by)
    assert (identity.given_name, identity.phone) == ("Selam", ""), "nothing is written in by itself"
    assert Disclosure.objects.filter(person=person, kind="message").count() == 2
    assert Disclosure.objects.filter(person=known, kind="message").count() == 1


def test_each_field_is_taken_over_or_left_by_hand(by: Actor, person: Person, known: Person, road: Road) -> None:
    row = named(by, person, road)
    tell(by, row, known)
    road.through()
    found = {one.name: one for one, _value in queries.found_of(row, by=by)}
    asking.decide(by=by, found_id=found["phone"].pk, act="use")
    asking.decide(by=by, found_id=found["given_name"].pk, act="leave")
    identity = people.identity_of(people.get_for(by, person.pk), by=by)
    assert (identity.given_name, identity.phone) == ("Selam", "+491705550123")
