"""The pages: from a person to another organisation and back, each within its queries, in every role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.casework.handover.test_pages import text
from tests.casework.requests.mirror import Road, agreed, asked, named, other_side, tell
from waystation.casework.requests import answering
from waystation.casework.requests.models import Found, OurRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument
from waystation.people.models import Person

Clients = Callable[..., Client]


def test_from_the_person_to_the_other_organisation_and_back(
    client_for: Clients, by: Actor, person: Person, known: Person, road: Road
) -> None:
    client = client_for("caseworker")
    assert f"/requests/of/{person.pk}/" in text(client, f"/people/{person.pk}/")
    text(client, f"/requests/of/{person.pk}/")
    told: dict[str, Any] = {
        "peer": str(road.far.id),
        "recipient_kind": "society",
        "why": "go_on",
        "case_kind": "general",
        "until": str(clock.today()),
        "parts": ["phone", "plan", "met"],
        "find_by": ["name"],
        "when": "someday",
    }
    wrong = client.post(f"/requests/of/{person.pk}/", told)
    assert (wrong.status_code, "someday" in wrong.content.decode()) == (422, True)
    assert client.post(f"/requests/of/{person.pk}/", told | {"when": "2024"}).status_code == 302
    row = OurRequest.objects.get()
    page = f"/requests/{row.pk}/"
    reading = text(client, f"{page}agree/")
    assert "Selam" in reading
    assert "1994" not in reading
    assert client.post(f"{page}agree/", {"given_by": "self"}).status_code == 422
    yes = {"given_by": "self", "expires_on": str(clock.today()), "agreed": "on"}
    assert client.post(f"{page}agree/", yes).status_code == 302
    assert "Under the consent of" in text(client, page)
    assert client.post(f"{page}go-on/", {"act": "ask"}).status_code == 302
    road.through()
    theirs = f"/requests/theirs/{other_side(row).pk}/"
    shown = text(client, theirs)
    assert "Selam" not in shown
    assert client.post(f"{theirs}go-on/", {"act": "accept"}).status_code == 302
    assert client.get(f"{theirs}find/").status_code == 404
    road.through()
    assert "They will look" in text(client, page)
    assert client.post(f"{page}go-on/", {"act": "name"}).status_code == 302
    road.through()
    assert "Selam" in text(client, theirs)
    looked = client.post(f"{theirs}find/", {"q": "Sälam"})
    assert f"{theirs}tell/{known.pk}/" in looked.content.decode()
    text(client, f"{theirs}find/")
    choosing = text(client, f"{theirs}tell/{known.pk}/")
    assert "5550123" in choosing
    assert "Threatened" not in choosing
    said = {"parts": ["phone", "met"], "under": "stated", "recipient_kind": "society"}
    assert client.post(f"{theirs}tell/{known.pk}/", said | {"parts": ["name"]}).status_code == 422
    assert client.post(f"{theirs}tell/{known.pk}/", said | {"parts": []}).status_code == 422
    assert client.post(f"{theirs}tell/{known.pk}/", said).status_code == 302
    road.through()
    came = text(client, page)
    assert "5550123" in came
    assert "A room with a lock" not in came
    phone = Found.objects.get(name="phone")
    assert client.post(f"/requests/found/{phone.pk}/", {"act": "use", "revision": "99"}).status_code == 409
    assert client.post(f"/requests/found/{phone.pk}/", {"act": "use", "revision": "1"}).status_code == 302
    assert "Written in" in text(client, page)
    assert f"/requests/{row.pk}/" in text(client, f"/requests/of/{person.pk}/")
    assert "Selam" in text(client, "/requests/ours/")


def test_asked_of_us(client_for: Clients, by: Actor, person: Person, road: Road) -> None:
    row, client = asked(by, person, road), client_for("caseworker")
    theirs = f"/requests/theirs/{other_side(row).pk}/"
    assert theirs in text(client, "/requests/")
    assert client.post(f"{theirs}ask/", {"words": ""}).status_code == 422
    assert client.post(f"{theirs}ask/", {"words": "At which post?"}).status_code == 302
    road.through()
    assert "At which post?" in text(client, f"/requests/{row.pk}/reply/")
    wrong = client.post(f"/requests/{row.pk}/reply/", {"words": "Selam was at the harbour"})
    assert (wrong.status_code, "Selam was" in wrong.content.decode()) == (422, True)
    assert client.post(f"/requests/{row.pk}/reply/", {"words": "The harbour"}).status_code == 302
    road.through()
    assert "The harbour" in text(client, theirs)
    assert client.post(f"{theirs}refuse/", {}).status_code == 422
    assert client.post(f"{theirs}refuse/", {"reason": "not_kept"}).status_code == 302
    road.through()
    assert "We keep nothing from that time" in text(client, f"/requests/{row.pk}/")
    assert client.get(f"{theirs}sing/").status_code == 404
    assert client.post(f"{theirs}go-on/", {"act": "sing"}).status_code == 404
    assert client.post(f"/requests/{row.pk}/go-on/", {"act": "sing"}).status_code == 404
    assert theirs in text(client, "/requests/?which=all")
    assert f"/requests/{row.pk}/" in text(client, "/requests/ours/?which=all")


def test_nothing_to_tell_says_nothing_of_who_is_known(
    client_for: Clients, by: Actor, person: Person, road: Road
) -> None:
    row, client = named(by, person, road), client_for("caseworker")
    theirs = f"/requests/theirs/{other_side(row).pk}/"
    assert client.post(f"{theirs}go-on/", {"act": "nothing"}).status_code == 302
    road.through()
    assert "does not say whether they know the person" in text(client, f"/requests/{row.pk}/")
    assert "Selam" not in text(client, theirs)
    assert client.post(f"/requests/{row.pk}/go-on/", {"act": "seen-to"}).status_code == 302


def test_what_does_not_fit_any_more_is_said(client_for: Clients, by: Actor, person: Person, road: Road) -> None:
    row, client = agreed(by, person, road.far), client_for("caseworker")
    assert client.post(f"/requests/{row.pk}/go-on/", {"act": "withdraw"}).status_code == 302
    again = client.post(f"/requests/{row.pk}/go-on/", {"act": "ask"})
    assert (again.status_code, "This could not be done" in again.content.decode()) == (409, True)
    theirs = other_side(named(by, person, road))
    answering.nothing(by=by, request_id=theirs.pk)
    assert client.post(f"/requests/theirs/{theirs.pk}/go-on/", {"act": "nothing"}).status_code == 409


def test_what_is_owed_stands_on_today(
    client_for: Clients, by: Actor, person: Person, known: Person, road: Road
) -> None:
    client, row = client_for("coordinator"), asked(by, person, road)
    page, theirs = f"/requests/{row.pk}/", f"/requests/theirs/{other_side(row).pk}/"
    assert theirs in text(client, "/work/?whose=team")
    answering.accept(by=by, request_id=other_side(row).pk)
    road.through()
    assert page in text(client, "/work/?whose=team")
    second = named(by, person, road)
    tell(by, second, known)
    road.through()
    assert f"/requests/{second.pk}/" in text(client, "/work/?whose=team")


@pytest.mark.parametrize("role", ["volunteer", "administrator"])
def test_who_has_no_part_in_it_is_refused(
    client_for: Clients, by: Actor, person: Person, road: Road, role: str
) -> None:
    row, client = asked(by, person, road), client_for(role)
    theirs = f"/requests/theirs/{other_side(row).pk}/"
    for page in (f"/requests/{row.pk}/", f"/requests/of/{person.pk}/", theirs, "/requests/", "/requests/ours/"):
        assert client.get(page).status_code == 403
    assert client.post(f"/requests/{row.pk}/go-on/", {"act": "ask"}).status_code == 403
    assert client.post(f"{theirs}go-on/", {"act": "accept"}).status_code == 403


@pytest.mark.parametrize("role", ["health", "detention", "family-links"])
def test_another_field_is_not_theirs_to_see(
    client_for: Clients, by: Actor, person: Person, road: Road, role: str
) -> None:
    row, client = asked(by, person, road), client_for(role)
    assert client.get(f"/requests/{row.pk}/").status_code == 404
    assert client.get(f"/requests/theirs/{other_side(row).pk}/").status_code == 404
    assert client.get("/requests/").status_code == 200


def test_under_a_consent_given_here_its_words_are_read_first(
    client_for: Clients, by: Actor, person: Person, known: Person, road: Road
) -> None:
    row, client = named(by, person, road), client_for("caseworker")
    people.give_consent(
        by=by,
        person_id=known.pk,
        purpose="referral",
        recipient_kind="society",
        document=ConsentDocument(read_back=True, note="Only my name"),
        expires_on=clock.today(),
    )
    page = f"/requests/theirs/{other_side(row).pk}/tell/{known.pk}/"
    assert "Only my name" in text(client, page)
    said = {"parts": ["name"], "under": "ours", "recipient_kind": "society"}
    assert client.post(page, said).status_code == 302
    assert "Sälam" in text(client, f"/requests/theirs/{other_side(row).pk}/")
