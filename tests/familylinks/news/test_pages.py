"""The pages: from a person to another office and back, each within its queries, with no word shown to who may not
read it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.casework.handover.test_pages import text
from tests.familylinks.news.offices import WORDS, Office, again, begun, checked, handed_in
from tests.familylinks.news.test_road import word
from tests.familylinks.news.test_well import draft
from tests.people.factories import registered
from waystation.familylinks.news.actions import carrying, well
from waystation.familylinks.news.codes import State
from waystation.familylinks.news.models import ContactSession, RedCrossMessage, SafeAndWell
from waystation.kernel import clock
from waystation.kernel.actors import Actor

Clients = Callable[..., Client]


def test_from_a_person_to_another_office(client_for: Clients, volunteer: Actor, valley: Office) -> None:
    desk, office = client_for("volunteer"), client_for("family-links")
    person = registered(volunteer, "Hawa", "Warsame", languages=("som",)).person
    assert f"/news/of/{person.pk}/" in text(desk, f"/people/{person.pk}/")
    assert "not asked yet" in text(desk, f"/news/of/{person.pk}/")
    assert "Somali" in text(desk, f"/news/of/{person.pk}/write/")
    said: dict[str, Any] = {"words": WORDS, "language": "Somali", "name": "", "office": str(valley.id)}
    wrong = desk.post(f"/news/of/{person.pk}/write/", said)
    assert (wrong.status_code, "Little Yusuf walks" in wrong.content.decode()) == (422, True)
    assert desk.post(f"/news/of/{person.pk}/write/", said | {"name": "Amina", "place": "Mill road"}).status_code == 302
    page = f"/news/{RedCrossMessage.objects.get().pk}/"
    read = text(desk, f"{page}hand-in/")
    assert "Little Yusuf walks" in read
    assert f"{len(WORDS)} of 2000 characters" in read
    assert "Little Yusuf walks" in text(desk, f"{page}write/")
    assert desk.post(f"{page}hand-in/", {"given_by": "self", "expires_on": str(clock.today())}).status_code == 422
    yes = {"given_by": "self", "expires_on": str(clock.today()), "agreed": "on"}
    assert desk.post(f"{page}hand-in/", yes).status_code == 302
    shown = text(desk, page)
    assert "Waits to be checked" in shown
    assert "Yusuf" not in shown
    assert "Amina" not in shown
    assert "Little Yusuf walks" in text(office, f"{page}check/")
    assert page in text(office, "/work/")
    assert office.post(f"{page}check/", {"reason": ""}).status_code == 422
    assert office.post(f"{page}check/", {"reason": "nothing"}).status_code == 302
    assert "Yusuf" not in text(office, page)
    assert "Check it" not in text(office, page)
    assert office.post(f"{page}send/", {"office": str(valley.id)}).status_code == 302
    assert "On its way" in text(office, page)
    valley.hears()
    valley.says("news.state", **word(RedCrossMessage.objects.get(), "delivered", 19))
    assert "Society of the Valley" in text(desk, page)
    assert office.post(f"{page}told/").status_code == 302
    assert office.post(f"{page}told/").status_code == 409
    assert office.post(f"{page}close/").status_code == 302
    assert page not in text(office, "/news/")
    assert page in text(office, "/news/?state=closed")


def test_what_may_not_go_is_read_by_nobody_else(client_for: Clients, volunteer: Actor) -> None:
    checker, other, desk = client_for("family-links"), client_for("family-links"), client_for("volunteer")
    page = f"/news/{handed_in(volunteer, words='The column left at dawn').pk}/"
    wrong = checker.post(f"{page}check/", {"reason": "boring", "note": "About the gate"})
    assert (wrong.status_code, "About the gate" in wrong.content.decode()) == (422, True)
    assert checker.post(f"{page}check/", {"reason": "military", "note": "About the gate"}).status_code == 302
    for reader, reads in ((checker, True), (other, False), (desk, False)):
        shown = text(reader, page)
        assert ("The column left" in shown, "It speaks of military" in shown, "About the gate" in shown) == (reads,) * 3
    assert "Your family message comes back" in text(checker, f"{page}paper/")
    assert other.get(f"{page}paper/").status_code == 404


def test_delivering_printing_and_answering(client_for: Clients, shore: Office) -> None:
    client = client_for("family-links")
    row = shore.brings()
    page = f"/news/{row.pk}/"
    assert "Amina Warsame" in text(client, page)
    assert "Yusuf" not in text(client, page)
    assert client.get(f"{page}paper/").status_code == 404
    assert client.get(f"{page}answer/").status_code == 404
    assert client.post(f"{page}deliver/").status_code == 302
    assert "Yusuf" in text(client, page)
    assert "Yusuf" in text(client, f"{page}paper/")
    receipt = text(client, f"{page}paper/?what=receipt&language=fr")
    assert 'lang="fr"' in receipt
    assert "Yusuf" not in receipt
    assert client.get(f"{page}paper/?what=poster").status_code == 404
    assert client.post(f"{page}not-delivered/", {}).status_code == 422
    assert client.post(f"{page}delivered/").status_code == 302
    assert "Yusuf" in text(client, f"{page}answer/")
    assert client.post(f"{page}answer/", {"words": "", "name": "Hawa"}).status_code == 422
    assert client.post(f"{page}answer/", {"words": "We wait", "name": "Hawa"}).status_code == 302
    answer = RedCrossMessage.objects.get(reply_to=row)
    assert "We wait" in text(client, f"/news/{answer.pk}/hand-in/")
    assert answer.number in text(client, page)


def test_it_could_not_be_delivered(client_for: Clients, shore: Office) -> None:
    client, row = client_for("family-links"), shore.brings()
    client.post(f"/news/{row.pk}/deliver/")
    assert client.post(f"/news/{row.pk}/not-delivered/", {"reason": "moved"}).status_code == 302
    assert "They have moved" in text(client, f"/news/{row.pk}/")


def test_sending_on_offers_the_offices_and_says_what_hinders(
    client_for: Clients, volunteer: Actor, officer: Actor, valley: Office, shore: Office
) -> None:
    client = client_for("family-links")
    row = checked(volunteer, officer, office=valley)
    assert f'value="{valley.id}" selected' in text(client, f"/news/{row.pk}/send/")
    answer = client.post(f"/news/{row.pk}/send/", {"office": str(shore.id)})
    assert (answer.status_code, "agreed to another office" in answer.content.decode()) == (422, True)
    assert client.post(f"/news/{row.pk}/deliver/").status_code == 409
    assert client.get(f"/news/{row.pk}/dance/").status_code == 405
    assert client.post(f"/news/{row.pk}/dance/").status_code == 404


def test_a_draft_is_its_writers_alone(client_for: Clients, volunteer: Actor) -> None:
    row = begun(volunteer)
    for role in ("family-links", "volunteer"):
        client = client_for(role)
        for part in ("write/", "hand-in/"):
            assert client.get(f"/news/{row.pk}/{part}").status_code == 404
        assert "Yusuf" not in text(client, f"/news/{row.pk}/")
        assert client.post(f"/news/{row.pk}/back/").status_code == 409
    assert again(row).state == State.DRAFT


def test_a_long_list_costs_no_more_queries(
    client_for: Clients, volunteer: Actor, officer: Actor, shore: Office
) -> None:
    client = client_for("family-links")
    for _time in range(12):
        handed_in(volunteer)
        shore.brings()
    assert "Check a family message" in text(client, "/news/")


def test_safe_and_well_and_a_relative_who_asks(client_for: Clients, volunteer: Actor) -> None:
    desk, office = client_for("volunteer"), client_for("family-links")
    person = registered(volunteer, "Hawa", "Warsame").person
    said = {
        "audience": "named", "relatives": "Amina Warsame\nHodan", "words": "I am well", "given_by": "self",
        "expires_on": str(clock.today()), "agreed": "on",
    }  # fmt: skip
    text(desk, f"/news/well/of/{person.pk}/")
    wrong = desk.post(f"/news/well/of/{person.pk}/", said | {"relatives": ""})
    assert (wrong.status_code, "I am well" in wrong.content.decode()) == (422, True)
    assert desk.post(f"/news/well/of/{person.pk}/", said).status_code == 302
    page = f"/news/well/{SafeAndWell.objects.get().pk}/"
    assert "Only relatives whom they name" in text(desk, f"/news/of/{person.pk}/")
    assert page in text(office, f"/news/of/{person.pk}/")
    assert page not in text(desk, f"/people/{person.pk}/")
    assert desk.get(page).status_code == 403
    before = text(office, page)
    assert "I am well" not in before
    assert "Hodan" not in before
    asker = {"name": "A neighbour", "relation": "Friend", "known": "knows", "by_way": "spoken"}
    refused = office.post(page, asker).content.decode()
    assert "We cannot say whether we know somebody" in refused
    assert "I am well" not in refused
    told = office.post(page, asker | {"name": "Amina Warsame"}).content.decode()
    assert "I am well" in told
    assert office.post(page, asker | {"known": ""}).status_code == 422
    assert desk.post(f"{page}back/").status_code == 302
    assert "We cannot say whether" in office.post(page, asker | {"name": "Amina Warsame"}).content.decode()


def test_calls_are_counted_on_one_page(client_for: Clients, actors: dict[str, Actor]) -> None:
    client = client_for("volunteer")
    assert "No name is written down" in text(client, "/news/calls/")
    form = {"id": "0190f3f0-0000-7000-8000-000000000001", "kind": "phone", "minutes": "12", "reached": "yes"}
    for _time in range(2):
        assert client.post("/news/calls/", form).status_code == 302
    assert ContactSession.objects.get().minutes == 12
    assert client.post("/news/calls/", form | {"minutes": "999"}).status_code == 422
    assert "<td>12</td>" in text(client, "/news/calls/")


@pytest.mark.parametrize("role", ["coordinator", "caseworker", "health"])
def test_others_see_where_it_stands_and_no_more(client_for: Clients, volunteer: Actor, role: str) -> None:
    row = handed_in(volunteer)
    client = client_for(role)
    shown = text(client, f"/news/{row.pk}/") + text(client, "/news/")
    assert "Waits to be checked" in shown
    assert "Amina" not in shown
    assert "Yusuf" not in shown
    assert client.get(f"/news/{row.pk}/check/").status_code == 403
    assert client.post(f"/news/{row.pk}/send/").status_code == 403
    assert client.post(f"/news/{row.pk}/close/").status_code == 403


def test_the_erasure_and_the_person_page_stay_within_their_queries(
    client_for: Clients, volunteer: Actor, officer: Actor, valley: Office
) -> None:
    row = checked(volunteer, officer, office=valley)
    carrying.send(by=officer, message_id=row.pk, office_id=valley.id)
    assert row.person_id
    well.say(by=volunteer, person_id=row.person_id, draft=draft())
    for role in ("coordinator", "family-links", "caseworker"):
        client = client_for(role)
        links = f"/family/person/{row.person_id}/" if role == "family-links" else f"/news/of/{row.person_id}/"
        assert links in text(client, f"/people/{row.person_id}/")
        assert "News from them" in text(client, links)
        assert "News from them" in text(client, f"/news/of/{row.person_id}/")
