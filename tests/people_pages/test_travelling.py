"""The road and the household."""

from django.test import Client

from tests.people.factories import registered
from tests.people_pages.conftest import at
from waystation.kernel.actors import Actor
from waystation.people import actions, queries
from waystation.people.documents import StopDocument
from waystation.people.models import JourneyStop, Person


def places(person: Person, by: Actor) -> list[str]:
    return [stop.document.place or stop.document.country for stop in queries.journey_of(person, by=by)]


def test_a_stop_is_added_moved_changed_and_removed(volunteer: Client, worker: Actor, amina: Person) -> None:
    added = {"stage": "destination", "country": "SE", "place": "Malmö", "when": "2026"}
    assert volunteer.post(at("journey", amina), added).status_code == 302
    assert places(amina, worker) == ["Kismaayo", "KE", "Malmö"]
    last = JourneyStop.objects.get(person=amina, position=2)
    volunteer.post(at("move-stop", amina, last.pk), {"position": "0"})
    assert places(amina, worker) == ["Malmö", "Kismaayo", "KE"]
    changed = {"stage": "destination", "country": "SE", "place": "Lund", "when": ""}
    assert volunteer.post(at("stop", amina, last.pk), changed).status_code == 302
    assert places(amina, worker) == ["Lund", "Kismaayo", "KE"]
    volunteer.post(at("remove-stop", amina, last.pk))
    assert places(amina, worker) == ["Kismaayo", "KE"]


def test_a_stop_that_needs_mending_keeps_what_was_typed(volunteer: Client, amina: Person) -> None:
    answer = volunteer.post(at("journey", amina), {"stage": "transit", "place": "Agadez", "when": "last spring"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Agadez" in page
    assert "last spring" in page


def test_a_stop_of_someone_else_is_not_found(volunteer: Client, worker: Actor, amina: Person) -> None:
    other = registered(worker, "Other").person
    stop = actions.add_stop(by=worker, person_id=other.pk, stage="origin", stop=StopDocument(country="SO"))
    assert volunteer.get(at("stop", amina, stop.pk)).status_code == 404
    assert volunteer.post(at("move-stop", amina, stop.pk), {"position": "-1"}).status_code == 404


def test_someone_found_joins_the_household_and_leaves_again(volunteer: Client, worker: Actor, amina: Person) -> None:
    brother = registered(worker, "Bashir", "Warsame").person
    found = volunteer.post(at("household", amina), {"q": "Bashir Warsame"}).content.decode()
    assert "Bashir" in found
    assert str(brother.pk) in found
    volunteer.post(at("join", amina), {"person_id": brother.pk, "relation": "sibling"})
    assert "Brother or sister" in volunteer.get(at("person", amina)).content.decode()
    view = queries.household_of(brother, by=worker)
    assert view is not None
    own = next(member.membership for member in view.members if member.person.pk == brother.pk)
    volunteer.post(at("relation", amina, own.pk), {"relation": "cousin", "note": "by marriage"})
    assert "Cousin" in volunteer.get(at("household", amina)).content.decode()
    volunteer.post(at("leave", amina, own.pk))
    assert "Bashir" not in volunteer.get(at("person", amina)).content.decode()


def test_with_nobody_yet_joining_begins_a_household(volunteer: Client, worker: Actor) -> None:
    mother, child = registered(worker, "Hodan").person, registered(worker, "Ayaan").person
    volunteer.post(at("join", mother), {"person_id": child.pk, "relation": "child"})
    assert "Ayaan" in volunteer.get(at("person", mother)).content.decode()
    assert "Hodan" in volunteer.get(at("person", child)).content.decode()


def test_who_already_travels_along_cannot_join_twice(volunteer: Client, worker: Actor, amina: Person) -> None:
    view = queries.household_of(amina, by=worker)
    assert view is not None
    child = next(member.person for member in view.members if not member.is_self)
    answer = volunteer.post(at("join", amina), {"person_id": child.pk, "relation": "child"}, follow=True)
    assert "already in a household" in answer.content.decode()


def test_no_name_that_is_searched_stands_in_an_address(volunteer: Client, amina: Person) -> None:
    page = volunteer.get(at("household", amina)).content.decode()
    assert '<form method="post" role="search"' in page
