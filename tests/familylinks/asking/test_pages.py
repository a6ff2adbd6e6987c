"""The pages of asking the road: who sees them, what they do, and how much they ask of the database."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.familylinks.asking.mirror import Road, asked
from tests.familylinks.factories import requested, searching
from waystation.familylinks.asking import holding
from waystation.familylinks.asking.models import Asking, Claim, OwnPublication, Word
from waystation.kernel.actors import Actor
from waystation.people.models import Person


@pytest.fixture
def officer(client_for: Any) -> Client:
    client: Client = client_for("family-links")
    return client


@pytest.fixture
def claim(by: Actor, circle: UUID, known: Person, road: Road, enquirer: Person) -> Claim:
    holding.begin(by=by, circle_id=circle)
    road.through()
    asked(by, enquirer)
    road.hour()
    return Claim.objects.get()


def test_from_the_button_on_the_request_to_the_sentence(
    officer: Client, by: Actor, enquirer: Person, circle: UUID
) -> None:
    row = searching(by, enquirer, may_ask=("nodes",))
    request = reverse("tracing:request", args=[row.pk])
    address = reverse("asking:ask", args=[row.pk])
    assert address in officer.get(request).content.decode()

    assert officer.post(address, {"checked_by": ""}).status_code == 422
    assert not Asking.objects.exists()
    page = officer.post(address, {"checked_by": "known"}, follow=True).content.decode()

    assert "Asked. If someone knows this person and the person agrees, you will hear." in page
    assert "Asked. If someone knows this person" in officer.get(request).content.decode()
    officer.post(reverse("asking:stop-asking", args=[row.pk]))
    assert Asking.objects.get().state == "stopped"


def test_without_the_enquirer_s_word_or_with_too_little_known_nothing_is_asked(
    officer: Client, by: Actor, enquirer: Person
) -> None:
    silent, vague = searching(by, enquirer), searching(by, enquirer, may_ask=("nodes",), birth_year=None, country="")
    early = requested(by, enquirer, may_ask=("nodes",))
    assert "Ask the enquirer." in officer.get(reverse("asking:ask", args=[silent.pk])).content.decode()
    assert "Take the request up first" in officer.get(reverse("asking:ask", args=[early.pk])).content.decode()
    for row in (silent, vague):
        answer = officer.post(reverse("asking:ask", args=[row.pk]), {"checked_by": "known"})
        assert answer.status_code == 422
    assert officer.post(reverse("asking:ask", args=[early.pk]), {"checked_by": "known"}).status_code == 409
    assert not Asking.objects.exists()


def test_an_officer_hears_who_asks_and_sends_the_person_s_words(officer: Client, claim: Claim, road: Road) -> None:
    page = officer.get(reverse("asking:claims")).content.decode()
    assert reverse("asking:claim", args=[claim.pk]) in page
    assert "Mikael" in page
    page = officer.get(reverse("asking:claim", args=[claim.pk])).content.decode()
    assert "Society of the Far Shore" in page
    assert "Brother" in page
    assert "By a document with a photo" in page

    officer.post(reverse("asking:go-on", args=[claim.pk]), {"act": "ask", "note": "Sara asks him tomorrow."})
    assert officer.post(reverse("asking:agree", args=[claim.pk]), {"words": ""}).status_code == 422
    officer.post(reverse("asking:agree", args=[claim.pk]), {"words": "I am well.", "read_back": "on"})
    claim.refresh_from_db()
    assert claim.state == "agreed"
    assert "Sara asks him tomorrow." in officer.get(reverse("asking:claim", args=[claim.pk])).content.decode()

    road.through()
    word = Word.objects.get()
    assert "I am well." in officer.get(reverse("asking:word", args=[word.pk])).content.decode()
    officer.post(reverse("asking:word", args=[word.pk]), {"how": "face", "on": str(word.came_at.date())})
    word.refresh_from_db()
    assert word.told_at is not None


def test_declined_on_the_page_it_is_over(officer: Client, claim: Claim) -> None:
    address = reverse("asking:decline", args=[claim.pk])
    assert officer.get(address).status_code == 200
    assert officer.post(address, {"never": ""}).status_code == 422
    officer.post(address, {"never": "asker", "note": "No."})

    claim.refresh_from_db()
    assert claim.state == "declined"
    assert officer.get(address).status_code == 404
    assert officer.post(reverse("asking:go-on", args=[claim.pk]), {"act": "ask"}).status_code == 409


def test_a_coordinator_publishes_and_stops(client_for: Any, circle: UUID, known: Person) -> None:
    coordinator, published = client_for("coordinator"), reverse("asking:published")
    assert "Nobody can be found here" in coordinator.get(published).content.decode()

    coordinator.post(reverse("asking:publish", args=[circle]))
    assert "13 people can be found." in coordinator.get(published).content.decode()

    coordinator.post(reverse("asking:stop", args=[circle]))
    assert "Nobody can be found here" in coordinator.get(published).content.decode()
    assert OwnPublication.objects.get().ended_at is not None


def test_a_suspended_node_is_let_ask_again(client_for: Any, circle: UUID, far: Any) -> None:
    from waystation.familylinks.asking.models import Suspended
    from waystation.kernel import clock

    Suspended.objects.create(peer_id=far.id, why="at-quota", at=clock.now())
    coordinator, address = client_for("coordinator"), reverse("asking:suspect", args=[far.id])
    assert address in coordinator.get(reverse("asking:published")).content.decode()
    coordinator.post(address)
    assert Suspended.objects.get().lifted_at is not None


@pytest.mark.parametrize("role", ["volunteer", "health", "caseworker", "detention", "administrator"])
def test_all_others_find_no_such_page(client_for: Any, claim: Claim, role: str) -> None:
    client = client_for(role)

    for address in (
        reverse("asking:claims"),
        reverse("asking:claim", args=[claim.pk]),
        reverse("asking:published"),
        reverse("asking:ask", args=[Asking.objects.get().request_id]),
    ):
        assert client.get(address).status_code in {403, 404}


def test_pages_of_many_claims_ask_no_more_of_the_database(
    officer: Client, by: Actor, claim: Claim, django_assert_max_num_queries: Any
) -> None:
    from tests.people.factories import registered
    from waystation.familylinks.asking.documents import ClaimDocument
    from waystation.kernel import clock
    from waystation.vault import new_person_key, seal

    for number in range(8):
        row = Claim(
            case=claim.case,
            answered=claim.answered, peer=claim.peer, person=registered(by, f"Yonas {number}", "X").person,
            state_at=clock.now(), came_at=clock.now(),
        )  # fmt: skip
        new_person_key(row.pk)
        seal(row, "sealed", ClaimDocument(relation="son", checked_by="known"))
        row.save(force_insert=True)
    for address in (reverse("asking:claims"), reverse("asking:claim", args=[claim.pk]), reverse("asking:published")):
        officer.get(address)
        with django_assert_max_num_queries(15):
            officer.get(address)
