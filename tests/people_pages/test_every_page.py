"""Every page of the room: whose it is, what it costs, how it reads in Arabic."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.house.test_page_budgets import CONTROL, MOST_QUERIES
from tests.people.factories import registered
from tests.people_pages.conftest import at
from waystation.kernel.actors import Actor
from waystation.people import actions, queries
from waystation.people.models import JourneyStop, Person

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


def test_pages_about_one_part_stay_within_fifteen_queries_too(caseworker: Client, worker: Actor, amina: Person) -> None:
    other = registered(worker, "Aamina").person
    third = registered(worker, "Amiina").person
    merged = actions.merge(by=worker, survivor_id=amina.pk, absorbed_id=third.pk)
    view = queries.household_of(amina, by=worker)
    assert view is not None
    pages = [
        at("stop", amina, JourneyStop.objects.filter(person=amina)[0].pk),
        at("relation", amina, view.members[1].membership.pk),
        at("merge", amina, other.pk),
        at("split", amina, merged.pk),
        at("parted", amina, other.pk),
        at("notice-print", amina),
        at("disclosure", amina),
        at("person", amina),
    ]
    over = {}
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            assert caseworker.get(page).status_code == 200, page
        asked = [query for query in captured.captured_queries if not CONTROL.match(query["sql"])]
        if len(asked) > MOST_QUERIES:
            over[page] = [query["sql"][:90] for query in asked]
    assert over == {}
