"""Pages of procedures: quick, and what leaves them on paper or as a file names nobody."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.casework.procedures.factories import (
    begun,
    day_says,
    with_day,
)
from tests.casework.referrals.factories import drafted
from tests.people.factories import registered
from waystation.casework.cases import actions as cases
from waystation.casework.procedures import actions
from waystation.kernel.actors import Actor


def test_every_page_stays_within_fifteen_queries_and_shows_what_it_must(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    by = actors["caseworker"]
    person = registered(by, "Miriam", "Tekle").person
    case = cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="legal", risk="low"))
    rows = [
        actions.open_procedure(by=by, person_id=person.pk, draft=actions.ProcedureDraft(kind="leave"), case_id=case.pk)
        for _number in range(3)
    ]
    days = [with_day(by, row, days=number + 1, place="Room 4") for row in rows for number in range(4)]
    client = client_for("caseworker")
    one = f"/procedures/{rows[0].pk}/"
    of_person, sheet = f"/procedures/of/{person.pk}/", f"/procedures/sheet/{person.pk}/"
    parts = ("", "write/", "step/lodge/", "back/", "represent/", "interpret/", "hand/", "day/")
    pages = ["/procedures/", "/procedures/?whose=none&within=30&order=latest", of_person, f"{of_person}begin/", sheet]
    pages += [f"/people/{person.pk}/", f"/cases/{case.pk}/", *(one + part for part in parts)]
    pages += [f"/procedures/days/{days[0].pk}/{part}" for part in ("move/", "came/keep/")]
    over = {}
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(page)
        assert answer.status_code == 200, page
        words = [query["sql"].split()[0] for query in captured.captured_queries]
        asked = [word for word in words if word in {"SELECT", "UPDATE", "INSERT"}]
        if len(asked) > 15:
            over[page] = len(asked)
    assert over == {}
    assert "Room 4" in client.get(one).content.decode()
    paper = client.get(f"/procedures/sheet/{person.pk}/?lang=en").content.decode()
    assert "My dates" in paper
    assert "Miriam" not in paper
    assert "Appeal against an order to leave" not in paper


def test_the_file_holds_no_name_and_no_place(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    with_day(by, begun(by), days=3, kind="hearing", at="09:30", place="Room 4")
    text = client_for("caseworker").get("/procedures/file/?within=7").content.decode()
    assert "Hearing" in text
    assert "09:30" in text
    assert "Miriam" not in text
    assert "Room 4" not in text


def test_a_referral_to_a_lawyer_begins_with_the_last_day_to_appeal_and_shows_the_days(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    by = actors["caseworker"]
    referral = drafted(by, service="legal")
    row = begun(by, referral.person)
    with_day(by, row, days=3, kind="hearing")
    last = day_says(by, with_day(by, row, days=9)).day
    client, coordinator = client_for("caseworker"), client_for("coordinator")
    begin = f"/referrals/of/{referral.person_id}/"
    form = client.get(f"{begin}?service=legal").content.decode()
    assert f'value="{last}"' in form
    assert "Last day to appeal" in form
    assert f'value="{last}"' not in client.get(f"{begin}?service=food").content.decode()
    assert f'value="{last}"' not in coordinator.get(f"{begin}?service=legal").content.decode()
    assert "Hearing" in client.get(f"/referrals/{referral.pk}/").content.decode()
    other = drafted(by, service="food")
    assert "Days that must not be missed" not in client.get(f"/referrals/{other.pk}/").content.decode()
