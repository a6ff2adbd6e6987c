"""The list of people: filters, order, pages, cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.people.factories import registered, staff
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.organisations.models import Post
from waystation.people import queries
from waystation.people.forms.listing import ORDERS


def names(client: Client, **asked: Any) -> list[str]:
    answer = client.get(reverse("people:people"), asked)
    assert answer.status_code == 200
    return [line["identity"].given_name for line in answer.context["lines"]]


def test_filters_narrow_by_coarse_facts(volunteer: Client, worker: Actor, other_post: Post) -> None:
    registered(worker, "Amina", sex="female", age_band="25-59")
    registered(worker, "Yusuf", sex="male", age_band="5-11")
    registered(staff("volunteer", other_post), "Hodan", sex="female", age_band="5-11")
    assert set(names(volunteer)) == {"Amina", "Yusuf", "Hodan"}
    assert set(names(volunteer, sex="female")) == {"Amina", "Hodan"}
    assert names(volunteer, sex="female", age_band="5-11") == ["Hodan"]
    assert names(volunteer, post=str(other_post.pk)) == ["Hodan"]
    assert names(volunteer, since="2999-01-01") == []


def test_order_is_by_meeting_or_by_registration(volunteer: Client, worker: Actor) -> None:
    for name in ("First", "Second", "Third"):
        registered(worker, name)
    assert names(volunteer, order="registered-first") == ["First", "Second", "Third"]
    assert names(volunteer, order="met") == ["Third", "Second", "First"]


def test_nonsense_in_the_address_filters_nothing(volunteer: Client, worker: Actor) -> None:
    registered(worker, "Amina")
    assert names(volunteer, sex="dragon", age_band="<b>", post="x", since="yesterday", order="-", page="many") == [
        "Amina"
    ]


def test_people_kept_to_another_post_are_not_listed(volunteer: Client, other_post: Post) -> None:
    registered(staff("volunteer", other_post), "Hidden", kept_to_post=True)
    assert names(volunteer) == []


def test_pages_are_turned_and_the_filter_stays(volunteer: Client, worker: Actor) -> None:
    for number in range(27):
        registered(worker, f"Name{number}", sex="female")
    assert len(names(volunteer, sex="female")) == 25
    assert len(names(volunteer, sex="female", page=2)) == 2
    page = volunteer.get(reverse("people:people"), {"sex": "female"}).content.decode()
    assert "?sex=female&amp;page=2" in page


def test_thirty_rows_cost_no_more_queries_than_three(
    volunteer: Client, worker: Actor, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        registered(worker, f"Name{number}")
    with django_assert_max_num_queries(15) as few:
        names(volunteer)
    for number in range(27):
        registered(worker, f"More{number}")
    with django_assert_max_num_queries(len(few)):
        names(volunteer)


def test_an_empty_list_says_what_to_do(volunteer: Client) -> None:
    assert "Register someone" in volunteer.get(reverse("people:people")).content.decode()
    assert "Show everyone" in volunteer.get(reverse("people:people"), {"sex": "male"}).content.decode()


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_is_read_from_an_index_and_not_sorted(worker: Actor, order: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("needs SQLite: on few rows PostgreSQL sorts whatever the index")
    plan = queries.visible_to(worker).order_by(*ORDERS[order])[:25].explain()
    assert "TEMP B-TREE" not in plan
    assert "USING INDEX" in plan


def test_met_since_counts_the_whole_day(volunteer: Client, worker: Actor) -> None:
    registered(worker, "Today")
    today = clock.today()
    assert names(volunteer, since=today.isoformat()) == ["Today"]
    assert names(volunteer, since=(today + timedelta(days=1)).isoformat()) == []
