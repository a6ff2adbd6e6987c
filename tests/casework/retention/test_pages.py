"""The pages of this room: what they cost, whose they are, and that a whole road can be walked on them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.casework.retention.conftest import long_gone
from tests.house.test_page_budgets import CONTROL, MOST_QUERIES
from tests.people.factories import registered
from waystation.accounts.models import Approval
from waystation.casework.retention import actions, own_clocks
from waystation.casework.retention.models import AuthorityRequest, Hold, Kept, Proof, RequestDocument, SealedRecord
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people import actions as people
from waystation.people.models import Person
from waystation.vault.offline_keys import OfflineKey, Request

SOON = str(clock.today() + timedelta(days=40))


@pytest.fixture
def client(client_for: Callable[..., Client]) -> Client:
    return client_for("coordinator")


@pytest.fixture
def other(client_for: Callable[..., Client]) -> Client:
    return client_for("coordinator")


@pytest.fixture
def yes(other: Client) -> Callable[[], None]:
    """The second officer's own page says yes to everything."""

    def decide() -> None:
        for question in Approval.objects.filter(state="asked"):
            other.post(reverse("accounts:decide", args=[question.pk]), {"answer": "yes", "sure": "yes"})

    return decide


def text(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"retention:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def review(client: Client, people_: list[Person], **answers: str) -> Any:
    told = {"people": [str(person.pk) for person in people_], **answers}
    return client.post(reverse("retention:due") + f"?clock={own_clocks.OVER}", told, follow=True)


def test_the_review_says_who_why_and_since_when(client: Client, coordinator: Actor) -> None:
    person = long_gone(coordinator)
    page = text(client, "due")
    assert "Amina Tesfay" in page
    assert "5 years after the last meeting" in page
    assert str(person.registered_at.year) in page


def test_ticked_people_are_kept_until_a_day(client: Client, coordinator: Actor) -> None:
    one, two = long_gone(coordinator), long_gone(coordinator, "Idris")
    page = review(client, [one], act="keep", until=SOON, reason="Claims wages")
    assert Kept.objects.get().person == one
    assert "Idris" in page.content.decode()
    assert set(Kept.objects.values_list("person", flat=True)) == {one.pk}
    assert two.pk != one.pk


def test_what_does_not_fit_keeps_ticks_and_words(client: Client, coordinator: Actor) -> None:
    one, two = long_gone(coordinator), long_gone(coordinator, "Idris")
    answer = review(client, [one], act="keep", until="2001-01-01", reason="Claims wages")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'value="{one.pk}" checked', page)
    assert not re.search(rf'value="{two.pk}" checked', page)
    assert "Claims wages" in page
    assert not Kept.objects.exists()


def test_erasing_and_sealing_want_a_second_look(client: Client, coordinator: Actor, offline_key: OfflineKey) -> None:
    person = long_gone(coordinator)
    for act in ("erase", "seal"):
        assert review(client, [person], act=act).status_code == 422
    assert not Approval.objects.filter(state="asked").exists()
    assert not SealedRecord.objects.exists()


def test_a_reviewed_person_is_erased_by_two_officers_and_the_proof_is_printed(
    client: Client, other: Client, coordinator: Actor, yes: Callable[[], None]
) -> None:
    person = long_gone(coordinator)
    review(client, [person], act="erase", sure="on")
    assert Person.objects.filter(erased_at=None).exists()
    waiting = other.get("/approvals/").content.decode()
    assert "1 person: see who" in waiting
    batch = re.search(r'href="(/keeping/batches/[^"]+)"', waiting)
    assert batch is not None
    assert "Amina Tesfay" in other.get(batch[1]).content.decode()
    yes()
    assert not Person.objects.filter(erased_at=None).exists()
    proof = Proof.objects.get()
    page = text(client, "proof", proof.pk)
    assert "Proof of erasure" in page
    assert "Amina" not in page
    file = client.get(reverse("retention:receipt", args=[proof.pk]))
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_the_whole_road_of_a_sealed_record_on_pages(
    client: Client, coordinator: Actor, yes: Callable[[], None]
) -> None:
    key = OfflineKey.new()
    made = registered(coordinator, "Amina", "Tesfay")
    person = made.person
    seal = reverse("retention:seal", args=[person.pk])
    assert "no offline key yet" in client.get(seal).content.decode()
    client.post(reverse("retention:offline-key"), {"public": key.to_text("today").split("\n")[-2]})
    yes()
    assert client.post(seal, {"sure": ""}).status_code == 422
    client.post(seal, {"sure": "on"})
    record = SealedRecord.objects.get()
    for page in ("/people/", reverse("retention:away")):
        assert "Amina" not in client.get(page).content.decode()
    assert client.get(f"/people/{person.pk}/").status_code == 404
    found = client.post(reverse("retention:away"), {"card": made.card_code})
    assert found.headers["Location"] == reverse("retention:sealed", args=[record.pk])
    at = found.headers["Location"]
    client.post(at, {"act": "ask", "reason": "She is here"})
    assert client.get(reverse("retention:question", args=[record.pk])).status_code == 404
    yes()
    asked = client.get(reverse("retention:question", args=[record.pk])).content.decode()
    answer = key.answer(Request.from_text(asked)).encode()
    wrong = client.post(at, {"act": "answer", "answer": SimpleUploadedFile("a.json", b"{}")}, follow=True)
    assert "not the answer of the offline key" in wrong.content.decode()
    back = client.post(at, {"act": "answer", "answer": SimpleUploadedFile("a.json", answer)}, follow=True)
    assert "Amina Tesfay" in back.content.decode()


def test_a_private_half_typed_into_the_page_is_refused_and_not_shown_again(client: Client) -> None:
    key = OfflineKey.new()
    answer = client.post(reverse("retention:offline-key"), {"public": key.to_text("today")})
    assert answer.status_code == 422
    assert key.written() not in answer.content.decode()
    assert key.written()[:14] not in answer.content.decode()


def test_the_person_page_tells_of_a_hold_and_the_erase_page_says_why(
    client: Client, coordinator: Actor, client_for: Callable[..., Client]
) -> None:
    person = registered(coordinator, "Amina").person
    client.post(reverse("retention:hold", args=[person.pk]), {"until": SOON, "reason": "Witness in a trial"})
    volunteer = client_for("volunteer")
    for page in (f"/people/{person.pk}/before/", reverse("retention:sheet", args=[person.pk])):
        shown = volunteer.get(page).content.decode()
        assert "neither erased nor sealed away" in shown, page
        assert "Witness in a trial" in shown, page
    assert "comes up as soon as the hold ends" in volunteer.get(f"/people/{person.pk}/erase/").content.decode()
    answer = client.post(f"/people/{person.pk}/erase/", {"reason": "person-asked", "sure": "on"}, follow=True)
    assert "that is noted" in answer.content.decode()
    hold = Hold.objects.get()
    assert client.post(reverse("retention:lift", args=[hold.pk]), {"reason": ""}).status_code == 302
    assert Hold.objects.get().state == "asked"
    client.post(reverse("retention:lift", args=[hold.pk]), {"reason": "Over"})
    assert "asked to be erased while a legal hold stood" in text(client, "due")


def test_a_volunteer_writes_down_a_request_and_a_coordinator_reads_prints_and_counts_it(
    client: Client, client_for: Callable[..., Client], coordinator: Actor
) -> None:
    told = {
        "authority": "police",
        "asked_for": "list",
        "paper_shown": "no",
        "who": "=Station 4",
        "about": "Everyone from the boat",
        "asked_on": str(clock.today()),
    }
    volunteer = client_for("volunteer")
    page = volunteer.post(reverse("retention:add-request"), told, follow=True).content.decode()
    assert "Written down as refused" in page
    assert volunteer.get(reverse("retention:requests")).status_code == 403
    row = AuthorityRequest.objects.get()
    assert "Everyone from the boat" in text(client, "request", row.pk)
    assert "Police" in text(client, "requests")
    printed = text(client, "requests-print")
    assert "Station" not in printed
    assert re.search(r"Police</td><td>Refused</td><td>1<", printed)
    table = client.post(reverse("retention:requests-table")).content.decode()
    assert "police,list,no,refused,nobody" in table
    assert "Station" not in table
    client.post(reverse("retention:request", args=[row.pk]), {"told": "unreached"})
    assert AuthorityRequest.objects.get().told == "unreached"


def test_an_unfinished_request_keeps_what_was_typed(client: Client) -> None:
    answer = client.post(reverse("retention:add-request"), {"who": "Station 4", "about": "The man with the scar"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Station 4" in page
    assert "The man with the scar" in page


def test_an_answer_under_a_court_order_takes_two_pages_of_two_officers(
    client: Client, coordinator: Actor, yes: Callable[[], None]
) -> None:
    person = registered(coordinator, "Amina").person
    row = actions.record_request(
        by=coordinator,
        authority="court",
        asked_for="person",
        paper="order",
        document=RequestDocument(who="Court of Lodwar"),
        person_id=person.pk,
    )
    at = reverse("retention:request", args=[row.pk])
    assert client.post(at, {"order": "17/26", "fields_given": ""}).status_code == 422
    assert client.post(at, {"order": "17/26", "fields_given": "day of the last meeting"}).status_code == 302
    assert "Would be given, exactly" in client.get(at).content.decode()
    yes()
    assert "day of the last meeting" in client.get(f"/people/{person.pk}/").content.decode()
    assert "Given under a court order" in client.get(f"/people/{person.pk}/before/").content.decode()


def test_a_clock_is_shortened_on_its_page(client: Client) -> None:
    at = reverse("retention:period", args=["person-dormant"])
    assert client.post(at, {"days": "99999"}).status_code == 422
    client.post(at, {"days": "365"})
    assert "1 year<" in text(client, "clocks")
    assert client.get(reverse("retention:period", args=["vault-epoch"])).status_code == 404


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_with_something_on_it_stays_within_fifteen_queries(
    client: Client, coordinator: Actor, offline_key: OfflineKey, yes: Callable[[], None], language: str
) -> None:
    due = [long_gone(coordinator, f"Amina {number}") for number in range(30)]
    people.erase(by=coordinator, person_id=due.pop().pk, reason="person-asked")
    actions.seal_away(by=coordinator, person_ids=[due.pop().pk])
    held = due.pop()
    actions.request_hold(by=coordinator, person_id=held.pk, until=clock.today() + timedelta(days=9), reason="claim")
    kept = clock.today() + timedelta(days=9)
    actions.keep(by=coordinator, person_ids=[due[0].pk], clock_code=own_clocks.OVER, until=kept, reason="x")
    batch = actions.ask_erasure(by=coordinator, person_ids=[due[1].pk, due[2].pk], clock_code=own_clocks.OVER)
    for person in (None, held):
        actions.record_request(
            by=coordinator,
            authority="police",
            asked_for="person",
            document=RequestDocument(who="x"),
            person_id=person.pk if person else None,
        )
    record, proof = SealedRecord.objects.get(), Proof.objects.get()
    request = AuthorityRequest.objects.get(person=held)
    pages = [reverse(f"retention:{name}") for name in ("due", "clocks", "away", "offline-key", "proofs", "requests")]
    pages += [reverse("retention:requests-print"), reverse("retention:add-request") + f"?person={held.pk}"]
    pages += [reverse(f"retention:{name}", args=[held.pk]) for name in ("hold", "sheet", "seal")]
    pages += [
        reverse("retention:sealed", args=[record.pk]),
        reverse("retention:proof", args=[proof.pk]),
        reverse("retention:request", args=[request.pk]),
        reverse("retention:batch", args=[batch.pk]),
        reverse("retention:period", args=["person-dormant"]),
        f"/people/{held.pk}/before/",
        f"/people/{held.pk}/erase/",
    ]
    over = {}
    for page in pages:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(page, headers={"accept-language": language})
        assert answer.status_code == 200, page
        assert f'lang="{language}"' in answer.content.decode()
        asked = [query["sql"] for query in captured.captured_queries if not CONTROL.match(query["sql"])]
        if len(asked) > MOST_QUERIES:
            over[page] = [sql[:110] for sql in asked]
    assert over == {}, "\n".join(line for page in over for line in (page, *over[page]))
