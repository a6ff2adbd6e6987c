"""The pages: from the person to the other organisation and back, each within its queries, saying who is responsible."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.casework.asked.mirror import Road, drafted, other_side, sent
from tests.casework.asked.test_referring_by_message import told, willing
from tests.casework.handover.test_pages import text
from tests.people.factories import registered
from waystation.casework.asked import answering
from waystation.casework.referrals.models import Referral
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people

Clients = Callable[..., Client]


def test_from_the_person_to_the_other_organisation(client_for: Clients, by: Actor, road: Road) -> None:
    client, person = client_for("caseworker"), registered(by, "Selam", "Tesfaye", phone="+49 170 5550123").person
    assert "Society of the Far Shore" in text(client, f"/referrals/of/{person.pk}/")
    told_in_form: dict[str, Any] = {
        "service": "shelter",
        "to": f"node:{road.far.id}",
        "priority": "urgent",
        "fields_told": ["name", "reason"],
        "reason": "No place to sleep",
    }
    wrong = client.post(f"/referrals/of/{person.pk}/", told_in_form)
    assert (wrong.status_code, "No place to sleep" in wrong.content.decode()) == (422, True)
    assert client.post(f"/referrals/of/{person.pk}/", told_in_form | {"node_kind": "society"}).status_code == 302
    row = Referral.objects.get()
    page = f"/referrals/{row.pk}/"
    asked = text(client, f"{page}agree/")
    assert "By a sealed message: first, without a name" in asked
    assert "5550123" not in asked
    yes = {"given_by": "self", "expires_on": str(clock.today()), "agreed": "on", "tell_back": "on"}
    assert client.post(f"{page}agree/", yes).status_code == 302
    assert "By a sealed message" in text(client, f"{page}send/")
    assert client.post(f"{page}send/", {"way": "node"}).status_code == 302
    road.through()
    shown = text(client, page)
    assert "We stay responsible for this person" in shown
    assert "What leaves once you tell them" in shown
    assert "They accept<" not in shown
    assert client.get(f"{page}paper/").status_code == 409
    answering.accept(by=by, asked_id=other_side(row).pk)
    road.through()
    assert f"{page}tell/" in text(client, page)
    assert client.post(f"{page}tell/").status_code == 302
    assert client.post(f"{page}tell/").status_code == 409
    road.through()
    assert "They were told what the person agreed to" in text(client, page)
    assert "Society of the Far Shore" in text(client, "/referrals/")
    assert "Referral of Society of the Far Shore" in text(client, f"/people/{other_side(row).person_id}/")


def test_referred_to_us(client_for: Clients, by: Actor, road: Road) -> None:
    row, client = sent(by, road.far), client_for("caseworker")
    road.through()
    number = other_side(row).pk
    page = f"/asked/{number}/"
    assert page in text(client, "/asked/")
    assert page in text(client_for("coordinator"), "/work/?whose=team")
    shown = text(client, page)
    assert "Tigrinya" in shown
    assert "They stay responsible for the person" in shown
    assert "Selam" not in shown
    assert client.post(f"{page}ask/", {"words": ""}).status_code == 422
    assert client.post(f"{page}ask/", {"words": "Does she walk?"}).status_code == 302
    road.through()
    ours = f"/referrals/{row.pk}/"
    assert "Does she walk?" in text(client, f"{ours}reply/")
    named = client.post(f"{ours}reply/", {"words": "Selam walks"})
    assert (named.status_code, "Selam walks" in named.content.decode()) == (422, True)
    assert client.post(f"{ours}reply/", {"words": "Slowly"}).status_code == 302
    road.through()
    assert "Slowly" in text(client, page)
    assert client.post(f"{page}go-on/", {"act": "start"}).status_code == 409
    assert client.post(f"{page}go-on/", {"act": "dance"}).status_code == 404
    assert client.get(f"{page}sing/").status_code == 404
    assert client.post(f"{page}decline/", {}).status_code == 422
    assert client.post(f"{page}decline/", {"declined": "full"}).status_code == 302
    road.through()
    assert "No place or no time" in text(client, ours)
    assert page in text(client, "/asked/?which=all")


def test_what_comes_of_it(client_for: Clients, by: Actor, road: Road) -> None:
    row, client = willing(by, road), client_for("caseworker")
    page, ours = f"/asked/{other_side(row).pk}/", f"/referrals/{row.pk}/"
    client.post(f"{ours}tell/")
    road.through()
    shown = text(client, page)
    assert "No place to sleep" in shown
    assert "Selam" in shown
    assert client.post(f"{page}go-on/", {"act": "start"}).status_code == 302
    assert "In words" in text(client, f"{page}complete/")
    assert client.post(f"{page}complete/", {"words": "A room for six weeks"}).status_code == 302
    assert client.post(f"{page}feedback/", {"words": "Good"}).status_code == 422
    assert client.post(f"{page}feedback/", {"verdict": "helped", "words": "She sleeps"}).status_code == 302
    road.through()
    shown = text(client, ours)
    assert "A room for six weeks" in shown
    assert "She sleeps" in shown
    assert "A room for six weeks" in text(client, page)


def test_what_was_taken_back(client_for: Clients, by: Actor, road: Road) -> None:
    row, client = told(by, road), client_for("caseworker")
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.through()
    assert "Their node was told to stop" in text(client, f"/referrals/{row.pk}/")
    page = f"/asked/{other_side(row).pk}/"
    shown = text(client, page)
    assert "No place to sleep" not in shown
    assert "I have looked at it" in shown
    assert client.post(f"{page}go-on/", {"act": "seen-to"}).status_code == 302
    assert "I have looked at it" not in text(client, page)


@pytest.mark.parametrize("role", ["volunteer", "administrator"])
def test_who_has_no_part_in_it_is_refused(client_for: Clients, by: Actor, road: Road, role: str) -> None:
    row = drafted(by, road.far)
    client = client_for(role)
    for page in ("/asked/", f"/asked/{row.pk}/", f"/referrals/{row.pk}/reply/"):
        assert client.get(page).status_code == 403
    assert client.post(f"/referrals/{row.pk}/tell/").status_code == 403
