"""Every page of the room: whose it is, what it costs, how it reads in Arabic."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.people.factories import registered
from tests.people_pages.conftest import at
from waystation.kernel.actors import Actor
from waystation.people.models import Person

OF_ALL_HELPERS = ("person", "correct", "journey", "household", "consent", "notice", "notice-print", "slip", "erase")
OF_SENDERS = ("disclosure",)
OF_FOLLOWERS = ("same-as",)


@pytest.mark.parametrize("name", [*OF_ALL_HELPERS, *OF_SENDERS, *OF_FOLLOWERS])
def test_pages_open_to_those_who_may(caseworker: Client, amina: Person, name: str) -> None:
    assert caseworker.get(at(name, amina)).status_code == 200


@pytest.mark.parametrize("name", [*OF_SENDERS, *OF_FOLLOWERS])
def test_a_volunteer_neither_passes_on_nor_merges(volunteer: Client, amina: Person, name: str) -> None:
    assert volunteer.get(at(name, amina)).status_code == 403


@pytest.mark.parametrize("name", [*OF_ALL_HELPERS, *OF_SENDERS, *OF_FOLLOWERS])
def test_administrators_open_nobody(client_for: Callable[..., Client], amina: Person, name: str) -> None:
    assert client_for("administrator").get(at(name, amina)).status_code == 403


@pytest.mark.parametrize("name", [*OF_ALL_HELPERS, *OF_SENDERS, *OF_FOLLOWERS])
def test_pages_are_mirrored_in_arabic(caseworker: Client, amina: Person, name: str) -> None:
    page = caseworker.get(at(name, amina), headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "Amina" in page or name in {"slip", "notice-print"}


@pytest.mark.parametrize("name", [*OF_ALL_HELPERS, *OF_SENDERS, *OF_FOLLOWERS])
def test_no_page_carries_styles_or_scripts_of_its_own(caseworker: Client, amina: Person, name: str) -> None:
    page = caseworker.get(at(name, amina)).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert " onclick=" not in page


def test_a_name_of_three_hundred_letters_stays_and_is_told(caseworker: Client, worker: Actor) -> None:
    person = registered(worker, "Short").person
    long = "ሰ" * 300
    answer = caseworker.post(
        at("correct", person), {"given_name": long, "sex": "female", "age_band": "25-59", "revision": person.revision}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert long in page
    assert "300 characters" in page


def test_the_list_is_for_helpers(caseworker: Client, client_for: Callable[..., Client]) -> None:
    assert caseworker.get(reverse("people:people")).status_code == 200
    assert client_for("administrator").get(reverse("people:people")).status_code == 403
