"""Two people whose names are written in letters the reader cannot read can be told apart wherever they are listed."""

import pytest
from django.test import Client

from tests.people.factories import registered
from tests.people_pages.conftest import at
from waystation.kernel.actors import Actor
from waystation.people.models import Person


@pytest.fixture
def layla(worker: Actor) -> Person:
    return registered(worker, "ليلى", "حسن").person


def test_the_list_the_search_and_the_page_say_the_name_in_latin_letters(
    volunteer: Client, worker: Actor, layla: Person
) -> None:
    registered(worker, "يوسف", "حسن")
    for listed in (volunteer.get("/people/"), volunteer.post("/", {"q": "Hassan"})):
        assert "Lyla Hsn" in listed.content.decode()
        assert "Ywsf Hsn" in listed.content.decode()
    for name in ("person", "correct", "household"):
        page = volunteer.get(at(name, layla)).content.decode()
        assert "In Latin letters:" in page
        assert "Lyla Hsn" in page


def test_a_latin_name_and_no_name_are_not_told_twice(volunteer: Client, worker: Actor) -> None:
    registered(worker, "José", "Ábalos")
    registered(worker)
    assert "In Latin letters" not in volunteer.get("/people/").content.decode()
