"""A person's history page: who opened or changed this record, in words, for who may open her."""

from collections.abc import Callable

from django.test import Client

from tests.people.factories import registered
from waystation.kernel.actors import Actor
from waystation.people import queries


def test_the_history_of_a_person_tells_who_opened_what(client_for: Callable[..., Client], volunteer: Actor) -> None:
    person = registered(volunteer, "Amina").person
    queries.identity_of(person, by=volunteer)
    client = client_for("caseworker")
    client.get(f"/people/{person.pk}/history/")
    page = client.get(f"/people/{person.pk}/history/").content.decode()
    for words in ("Registered a person", "Opened a record", "name, origin and how to reach", "caseworker-"):
        assert words in page


def test_a_place_in_the_history_that_is_no_number_is_not_found(
    client_for: Callable[..., Client], volunteer: Actor
) -> None:
    person = registered(volunteer, "Amina").person
    assert client_for("caseworker").get(f"/people/{person.pk}/history/?before=x").status_code == 404
