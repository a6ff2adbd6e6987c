"""Anybody asks without a name, a cookie or a trace, also a locked node; the nearest comes first."""

import logging
import math
import re
from datetime import UTC, datetime, time
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.directory.factories import SAFE, placed, texts
from waystation.directory import actions, places, search
from waystation.directory.codes import Act
from waystation.directory.near import EARTH_KM, Point, distance_km, read_point
from waystation.directory.search import Question
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.vault import node as vault_node

NAIROBI_NOON = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def names(html: str) -> list[str]:
    return re.findall(r'class="whole" href="[^"]*"><bdi lang="\w+">([^<]*)', html)


@pytest.fixture
def three(actors: dict[str, Actor]) -> dict[str, Actor]:
    by = actors["caseworker"]
    placed(by, "Far clinic", point="0.30, 34.75")
    placed(by, "Near clinic", point="0.10, 34.75", where={"step_free": True})
    placed(by, "Shut clinic", point="0.09, 34.75", hours=(time(13), time(14)))
    placed(by, "Kitchen", point="0.08, 34.75", kind="food", languages=("ara",))
    return actors


@time_machine.travel(NAIROBI_NOON, tick=False)
def test_open_ones_come_by_distance_and_no_cookie_is_set(three: dict[str, Actor], client: Client) -> None:
    assert client.get("/services/").status_code == 200
    asked = {"kind": "health", "where": "٠٫٠٨، ٣٤٫٧٥", "open": "on"}
    answer = client.post("/services/", asked)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/services/found/?kind=health&near=0.08%2C34.75&open=1"
    answer = client.get(answer.headers["Location"])
    assert names(answer.content.decode()) == ["Near clinic", "Far clinic"]
    shut = client.get("/services/found/?kind=health&near=0.08,34.75")
    assert names(shut.content.decode()) == ["Shut clinic", "Near clinic", "Far clinic"]
    assert "Opens today at 13:00" in shut.content.decode()
    assert not client.cookies
    assert answer.headers["Cache-Control"] == "no-store"


def test_where_somebody_is_stands_in_no_address_to_the_door(three: dict[str, Actor], client: Client) -> None:
    answer = client.post("/services/", {"where": "0.123456, 34.754321"})
    assert "near=0.12%2C34.75" in answer.headers["Location"]


def test_what_is_no_place_comes_back_filled(three: dict[str, Actor], client: Client) -> None:
    answer = client.post("/services/", {"where": "by the lake", "kind": "food"})
    assert answer.status_code == 422
    assert 'value="by the lake"' in answer.content.decode()
    assert not client.cookies


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=food", ["Kitchen"]),
        ("language=ara", ["Kitchen"]),
        ("step_free=1", ["Near clinic"]),
        ("near=town:Kisumu&kind=health", ["Near clinic", "Shut clinic", "Far clinic"]),
        ("kind=nonsense&near=nowhere&language=xx&page=7", ["Far clinic", "Kitchen", "Near clinic", "Shut clinic"]),
    ],
)
def test_each_wish_narrows(three: dict[str, Actor], client: Client, query: str, found: list[str]) -> None:
    assert names(client.get(f"/services/found/?{query}").content.decode()) == found


def test_a_locked_node_answers_too(three: dict[str, Actor], client: Client) -> None:
    row = search.answers(Question(kind="food"), clock.now())[0]
    vault_node.lock("test")
    for path in ("", "found/?kind=food", "sheet/?kind=food", f"{row.service.pk}/", "hsds.json", "hsds.zip"):
        answer = client.get(f"/services/{path}")
        assert answer.status_code == 200, path
        assert not client.cookies, path
    assert names(client.get("/services/found/?kind=food").content.decode()) == ["Kitchen"]


def test_nothing_is_written_of_what_is_asked(
    three: dict[str, Actor], client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="waystation")
    caplog.set_level(logging.DEBUG, logger="django.request")
    with CaptureQueriesContext(connection) as captured:
        client.post("/services/", {"kind": "legal", "where": "0.08, 34.75"})
        client.get("/services/found/?kind=legal&near=0.08,34.75&open=1")
    assert not [query["sql"] for query in captured if not query["sql"].lstrip().upper().startswith("SELECT")]
    assert "34.75" not in caplog.text


def test_arabic_words_are_shown_and_their_absence_is_said(actors: dict[str, Actor], client: Client) -> None:
    by = actors["caseworker"]
    with_words = placed(by, "Clinic by the lake").service_id
    without = placed(by, "Second clinic").service_id
    actions.write_in(by=by, service_id=with_words, texts=texts("عيادة البحيرة", language="ara", bring="ماء"))
    html = client.get("/services/found/?lang=ar").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert names(html) == ["Second clinic", "عيادة البحيرة"]
    assert "lang=ar" in html
    page = client.get(f"/services/{with_words}/?lang=ar").content.decode()
    assert "ماء" in page
    assert client.get(f"/services/{without}/?lang=ar").context["other"]
    assert "Clinic by the lake" in client.get(f"/services/{with_words}/?lang=ar&in=eng").content.decode()
    sheet = client.get("/services/sheet/?lang=ar").content.decode()
    assert 'dir="rtl"' in sheet
    assert "عيادة البحيرة" in sheet
    assert "<svg" in sheet
    assert not client.cookies


def test_the_accepted_language_speaks_where_none_is_chosen(actors: dict[str, Actor], client: Client) -> None:
    assert 'lang="ar" dir="rtl"' in client.get("/services/", headers={"accept-language": "ar"}).content.decode()


def test_closed_for_now_is_never_open(actors: dict[str, Actor]) -> None:
    at = placed(actors["caseworker"])
    assert [line.standing.always for line in search.answers(Question(open_now=True), clock.now())] == [True]
    actions.go_on(by=actors["caseworker"], service_id=at.service_id, act=Act.PAUSE)
    assert search.answers(Question(open_now=True), clock.now()) == []
    assert len(search.answers(Question(), clock.now())) == 1


def test_a_day_off_is_told(actors: dict[str, Actor], client: Client) -> None:
    at = placed(actors["caseworker"])
    places.add_days_off(by=actors["caseworker"], at_id=at.pk, first_day=clock.today(), note="Stocktaking")
    assert "Stocktaking" in client.get(f"/services/{at.service_id}/").content.decode()


def test_what_is_stale_and_what_is_safe_is_said(actors: dict[str, Actor], client: Client) -> None:
    at = placed(actors["caseworker"])
    actions.mark_safe(by=actors["caseworker"], service_id=at.service_id, checks=SAFE)
    page = client.get(f"/services/{at.service_id}/").content.decode()
    assert "Safe to approach" in page
    assert "Not confirmed since" not in page
    with time_machine.travel(clock.now().replace(year=clock.now().year + 1)):
        assert "Not confirmed since" in client.get("/services/found/").content.decode()


def test_an_answer_costs_no_more_queries_for_more_lines(actors: dict[str, Actor], client: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/services/found/?near=0.1,34.75")
        return len(captured)

    placed(actors["caseworker"], "One")
    few = cost()
    for number in range(6):
        placed(actors["caseworker"], f"More {number}")
    assert cost() == few <= 15


def test_hidden_and_wrong_ones_are_not_found(actors: dict[str, Actor], client: Client) -> None:
    at = placed(actors["caseworker"])
    actions.go_on(by=actors["caseworker"], service_id=at.service_id, act=Act.HIDE)
    assert client.get(f"/services/{at.service_id}/").status_code == 404


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("45.07, 7.68", Point(45.07, 7.68)),
        ("geo:45.07,7.68?z=12", Point(45.07, 7.68)),
        ("-1.2921 36.8219", Point(-1.2921, 36.8219)),
        ("٤٥٫٠٧، ٧٫٦٨", Point(45.07, 7.68)),
        ("45.07°, 7.68°", Point(45.07, 7.68)),
    ],
)
def test_points_are_read_as_maps_show_them(text: str, point: Point) -> None:
    assert read_point(text) == point


@pytest.mark.parametrize("text", ["", "45", "here", "91, 0", "0, 181", "1,2,3,4,5x" * 9, "nan, nan"])
def test_what_is_no_point_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_point(text)


latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
points = st.builds(Point, latitudes, longitudes)


@given(one=points, other=points)
def test_distance_is_the_same_both_ways_and_never_beyond_the_other_side(one: Point, other: Point) -> None:
    km = distance_km(one, other)
    assert km == pytest.approx(distance_km(other, one), abs=1e-6)
    assert 0 <= km <= math.pi * EARTH_KM + 1e-6


def test_distances_agree_with_known_ones() -> None:
    paris, london = Point(48.8566, 2.3522), Point(51.5074, -0.1278)
    assert distance_km(paris, london) == pytest.approx(343.6, abs=0.5)
    assert distance_km(Point(0, 179.5), Point(0, -179.5)) == pytest.approx(111.2, abs=0.1)


def test_a_town_on_the_date_line_lies_between_its_places() -> None:
    middle: Any = search._middle([Point(-17, 179.8), Point(-17, -179.8)])
    assert abs(abs(middle.longitude) - 180) < 1e-9
