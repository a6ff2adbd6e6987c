"""Every page of health: who opens it, what it costs, and a road along its forms."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.health.factories import asked, called, gone_on, leaving, someone, with_lines
from tests.house.test_page_budgets import CONTROL, MOST_QUERIES
from waystation.casework.health import actions
from waystation.casework.health.models import (
    Call,
    CallDocument,
    Contact,
    ContactDocument,
    DiseaseScreening,
    Lent,
    LentDocument,
    Session,
    SessionDocument,
)
from waystation.kernel import clock
from waystation.kernel.actors import Actor


@pytest.fixture
def everywhere(actors: dict[str, Actor]) -> dict[str, str]:
    """Addresses of every page of this room, about somebody with something of everything."""
    by = actors["health"]
    person = with_lines(by, someone(by))
    draft = actions.ContactDraft(colour="red", document=ContactDocument(words="Cannot walk"), again_on=clock.today())
    talk = SessionDocument(topics=("stress",))
    actions.record_contact(by=by, person_id=person.pk, draft=draft)
    for day in (clock.today(), None):
        one = actions.SessionDraft(person_id=person.pk, minutes=45, document=talk, next_on=day)
        group = actions.SessionDraft(people_count=12, minutes=45, document=talk, next_on=day)
        actions.record_session(by=by, draft=one)
        actions.record_session(by=by, draft=group)
    actions.lend(by=by, person_id=person.pk, document=LentDocument(thing="crutches"), keeps=False)
    row = gone_on(by, asked(by, person), "positive", "treat")
    received = actions.keep_received(
        by=by, person_id=person.pk, raw=actions.hand_over(by=by, person_id=person.pk, what=leaving())
    )
    call = called(actors["volunteer"], person, words="Afraid")
    actions.see(by=by, call_id=call.pk)
    actions.plan(by=by, call_id=call.pk, document=CallDocument(help="Rima"))
    of = f"/health/of/{person.pk}/"
    parts = ("", "support/", "contact/", "thing/", "session/", "screening/", "line/", "hand-over/", "read/")
    pages = {part or "person": of + part for part in parts}
    screening = f"/health/screenings/{row.pk}/"
    called_page = f"/health/calls/{call.pk}/"
    return pages | {
        "desk": "/health/",
        "group": "/health/group/",
        "coverage": "/health/coverage/",
        "case": f"/people/{person.pk}/",
        "screening-page": screening,
        "step": f"{screening}pass_on/",
        "called": called_page,
        "plan": f"{called_page}plan/",
        "close": f"{called_page}close/",
        "received": f"/health/received/{received.pk}/",
        "call": f"/health/call/{person.pk}/",
    }


def test_every_page_stays_within_fifteen_queries_and_asks_nobody_else(
    client_for: Callable[..., Client], everywhere: dict[str, str]
) -> None:
    client, over = client_for("health"), {}
    for name, page in everywhere.items():
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(page)
        assert answer.status_code == 200, page
        many = [query for query in captured.captured_queries if not CONTROL.match(query["sql"])]
        if len(many) > MOST_QUERIES:
            over[name] = len(many)
        text = answer.content.decode()
        assert "style=" not in text, page
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), page
    assert over == {}


@pytest.mark.parametrize("role", ["volunteer", "caseworker", "coordinator"])
def test_who_does_not_open_health_sees_the_call_and_nothing_more(
    client_for: Callable[..., Client], everywhere: dict[str, str], role: str
) -> None:
    client = client_for(role)
    open_to_all = {"case", "call", *(["coverage"] if role == "coordinator" else [])}
    for name, page in everywhere.items():
        assert (client.get(page).status_code == 200) is (name in open_to_all), name
    person = client.get(everywhere["case"]).content.decode()
    assert "Call health staff now" in person
    for word in ("Tuberculosis", "Penicillin", "Health page", "Rima"):
        assert word not in person


def test_one_tap_on_a_persons_page_calls(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    person = someone(actors["volunteer"])
    client = client_for("volunteer")
    answer = client.post(f"/health/call/{person.pk}/", follow=True)
    assert "Stay with the person" in answer.content.decode()
    assert Call.objects.get().state == "raised"
    client.post(f"/health/call/{person.pk}/", {"words": "Said goodbye to everyone"})
    assert Call.objects.count() == 1
    assert "goodbye" not in client.get(f"/health/call/{person.pk}/").content.decode()


FORMS: list[tuple[str, dict[str, Any], type[Any]]] = [
    ("contact/", {"colour": "green", "complaints": ["feet"]}, Contact),
    ("thing/", {"thing": "stick", "keeps": "lent"}, Lent),
    ("session/", {"topics": ["grief"], "minutes": 30}, Session),
    (
        "screening/",
        {"disease": "tb", "place": "reception", "act": "agree", "agreed_by": "self"},
        DiseaseScreening,
    ),
]


@pytest.mark.parametrize(("part", "answers", "model"), FORMS)
def test_a_form_keeps_what_is_fit_and_gives_back_the_rest(
    client_for: Callable[..., Client], actors: dict[str, Actor], part: str, answers: dict[str, Any], model: Any
) -> None:
    person = someone(actors["health"])
    client = client_for("health")
    page = f"/health/of/{person.pk}/{part}"
    wrong = client.post(page, {"words": "Kept as typed"})
    assert wrong.status_code == 422
    assert "Kept as typed" in wrong.content.decode()
    assert not model.objects.exists()
    assert client.post(page, answers).status_code == 302
    assert model.objects.count() == 1


def test_what_is_to_do_leads_to_where_it_is_done(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = someone(by)
    draft = actions.ContactDraft(colour="red", document=ContactDocument(words="x"), again_on=clock.today())
    actions.record_contact(by=by, person_id=person.pk, draft=draft)
    lent = actions.lend(by=by, person_id=person.pk, document=LentDocument(thing="stick"), keeps=False)
    group = actions.record_session(
        by=by, draft=actions.SessionDraft(people_count=5, minutes=9, document=SessionDocument(topics=("play",)))
    )
    call = called(by, person)
    client = client_for("health")
    leads = {
        person.pk: f"/health/of/{person.pk}/",
        lent.pk: f"/health/of/{person.pk}/support/",
        group.pk: f"/health/group/?after={group.pk}",
        call.pk: f"/health/calls/{call.pk}/",
    }
    for subject, page in leads.items():
        assert client.get(f"/health/found/{subject}/").headers["Location"] == page


def test_the_file_leaves_as_a_file_with_its_yes(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = with_lines(by, someone(by))
    client = client_for("health")
    page = f"/health/of/{person.pk}/hand-over/"
    answers = {"to": "helper", "recipient_kind": "health", "kind": "paper", "given_by": "self"}
    answers["expires_on"] = clock.today().isoformat()
    refused = client.post(page, answers)
    assert refused.status_code == 422
    for field in ("recipient", "agreed"):
        assert f'id="id_{field}_error"' in refused.content.decode()
    answer = client.post(page, {**answers, "recipient": "Harbour clinic", "agreed": "on"})
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["type"] == "document"
