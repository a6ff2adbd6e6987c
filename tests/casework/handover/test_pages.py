"""The pages: from a case to another organisation and back, each within its queries, saying who is responsible."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.handover.mirror import Road, agreed, other_side
from tests.casework.handover.test_consent import handed
from tests.casework.handover.test_ends import change, offered
from waystation.casework.cases.models import Case
from waystation.casework.handover import giving, taking
from waystation.casework.handover.models import Given
from waystation.kernel import clock
from waystation.kernel.actors import Actor

Clients = Callable[..., Client]
CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
MOST = 15


def text(client: Client, page: str) -> str:
    """A page, within its queries (as `tests/house` counts them: who is opened today was opened before)."""
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
    asked = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(CONTROL)]
    assert len(asked) <= MOST, (
        page,
        len(asked),
        "\n".join(one[:20] + " ... " + one[one.find("FROM") :][:60] for one in asked),
    )
    return str(answer.content.decode())


def test_from_the_case_to_the_other_organisation(client_for: Clients, case: Case, road: Road) -> None:
    client = client_for("caseworker")
    assert f"/handover/of/{case.pk}/" in text(client, f"/cases/{case.pk}/")
    assert client.get(f"/handover/of-person/{case.person_id}/").headers["Location"] == f"/handover/of/{case.pk}/"
    text(client, f"/handover/of/{case.pk}/")
    wrong = client.post(f"/handover/of/{case.pk}/", {"recipient_kind": "society"})
    assert wrong.status_code == 422
    told: dict[str, Any] = {
        "peer": str(road.far.id),
        "recipient_kind": "society",
        "until": str(clock.today()),
        "fields_told": ["name", "reason"],
        "asked": ["shelter"],
    }
    assert client.post(f"/handover/of/{case.pk}/", told).status_code == 302
    row = Given.objects.get()
    page = f"/handover/{row.pk}/"
    asked = text(client, f"{page}agree/")
    assert "Selam" in asked
    assert "5550123" not in asked
    yes = {"given_by": "self", "expires_on": str(clock.today()), "agreed": "on", "tell_back": "on"}
    assert client.post(f"{page}agree/", yes).status_code == 302
    assert "Under the consent of" in text(client, page)
    assert client.post(f"{page}go-on/", {"act": "offer"}).status_code == 302
    road.through()
    assert "until they accept" in text(client, page)
    accepted = client.post(f"/handover/offered/{other_side(row).pk}/accept/")
    assert accepted.status_code == 302
    road.through()
    assert client.post(f"{page}go-on/", {"act": "send"}).status_code == 302
    road.through()
    assert "They are responsible now" in text(client, page)
    assert "They are responsible now" in text(client, f"/cases/{case.pk}/")
    assert "They are responsible now" in text(client, f"/people/{case.person_id}/")
    assert "Selam" in text(client, f"/handover/offered/{other_side(row).pk}/")
    assert "We are responsible now" in text(client, f"/cases/{other_side(row).case_id}/")
    assert "Selam" in text(client, "/handover/ours/")


def test_what_speaks_against_it_is_said_on_the_page(
    actors: dict[str, Actor], client_for: Clients, by: Actor, case: Case, road: Road
) -> None:
    row = agreed(by, case, road.far)
    case.reviews.update(used=True)
    answer = client_for("caseworker").post(f"/handover/{row.pk}/go-on/", {"act": "offer"}, follow=True)
    assert answer.redirect_chain == [(f"/handover/{row.pk}/", 302)], "a page that can be read again"
    assert "A supervisor has not approved the closing" in answer.content.decode()


def test_offered_to_us(client_for: Clients, by: Actor, case: Case, road: Road) -> None:
    row, client = offered(by, case, road), client_for("caseworker")
    number = other_side(row).pk
    assert f"/handover/offered/{number}/" in text(client, "/handover/")
    shown = text(client, f"/handover/offered/{number}/")
    assert "Tigrinya" in shown
    assert "Selam" not in shown
    assert client.post(f"/handover/offered/{number}/ask/", {"words": "Does she walk?"}).status_code == 302
    road.through()
    assert "Does she walk?" in text(client, f"/handover/{row.pk}/reply/")
    named = client.post(f"/handover/{row.pk}/reply/", {"words": "Selam walks"})
    assert (named.status_code, "Selam walks" in named.content.decode()) == (422, True)
    assert client.post(f"/handover/{row.pk}/reply/", {"words": "Slowly"}).status_code == 302
    road.through()
    assert "Slowly" in text(client, f"/handover/offered/{number}/")
    assert client.post(f"/handover/offered/{number}/refuse/", {}).status_code == 422
    assert client.post(f"/handover/offered/{number}/refuse/", {"reason": "full"}).status_code == 302
    road.through()
    assert "No place or no time" in text(client, f"/handover/{row.pk}/")
    assert client.get(f"/handover/offered/{number}/sing/").status_code == 404
    assert "Name not given" not in text(client, "/handover/?which=all")


def test_corrections_news_and_giving_back(client_for: Clients, by: Actor, case: Case, road: Road) -> None:
    row, client = handed(by, case, road), client_for("caseworker")
    number = other_side(row).pk
    change(by, case.person_id, phone="+49 170 5550199")
    assert client.post(f"/handover/{row.pk}/go-on/", {"act": "correct"}).status_code == 302
    road.through()
    shown = text(client, f"/handover/offered/{number}/")
    assert "5550199" in shown
    assert "5550123" in shown
    correction = other_side(row).corrections.get()
    assert client.post(f"/handover/corrections/{correction.pk}/", {"act": "use"}).status_code == 302
    assert client.post(f"/handover/offered/{number}/news/", {"news": "arrived"}).status_code == 302
    assert client.post(f"/handover/offered/{number}/give-back/", {"reason": "wish"}).status_code == 302
    road.through()
    page = text(client, f"/handover/{row.pk}/")
    assert "We are responsible again" in page
    assert "The person has arrived" in page


def test_what_is_owed_stands_on_today(client_for: Clients, by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    shown = text(client_for("coordinator"), "/work/?whose=team")
    assert f"/handover/offered/{other_side(row).pk}/" in shown
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    assert f"/handover/{row.pk}/" in text(client_for("coordinator"), "/work/?whose=team")


@pytest.mark.parametrize("role", ["volunteer", "administrator"])
def test_who_has_no_part_in_it_is_refused(client_for: Clients, by: Actor, case: Case, road: Road, role: str) -> None:
    row = agreed(by, case, road.far)
    client = client_for(role)
    assert client.get(f"/handover/{row.pk}/").status_code == 403
    assert client.post(f"/handover/{row.pk}/go-on/", {"act": "offer"}).status_code == 403


def test_withdrawn_by_hand(client_for: Clients, by: Actor, case: Case, road: Road) -> None:
    row, client = offered(by, case, road), client_for("caseworker")
    assert client.post(f"/handover/{row.pk}/go-on/", {"act": "withdraw"}).status_code == 302
    assert client.post(f"/handover/{row.pk}/go-on/", {"act": "dance"}).status_code == 404
    again = client.post(f"/handover/{row.pk}/go-on/", {"act": "send"}, follow=True)
    assert "not possible in the present state" in again.content.decode()
    assert giving.was_given_up(row) is False
