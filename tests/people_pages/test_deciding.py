"""Joining two records, parting them, erasing."""

from collections.abc import Callable

from django.test import Client

from tests.people.factories import registered
from tests.people_pages.conftest import at
from waystation.accounts.models import Approval
from waystation.kernel.actors import Actor
from waystation.people import actions
from waystation.people.models import Merge, Person
from waystation.people.queries import get_for


def two(by: Actor) -> tuple[Person, Person]:
    return registered(by, "Amina", "Yusuf").person, registered(by, "Aamina", "Yusuf", phone="+254700123456").person


def test_the_other_record_is_found_compared_and_joined(caseworker: Client, worker: Actor) -> None:
    one, other = two(worker)
    assert str(other.pk) in caseworker.post(at("same-as", one), {"q": "Aamina Yusuf"}).content.decode()
    page = caseworker.get(at("merge", one, other.pk)).content.decode()
    for shown in ("Aamina", "+254700123456", "Differs", "can be parted again"):
        assert shown in page
    answers = {"survivor": str(other.pk), "note": "same scar", "sure": "on"}
    answer = caseworker.post(at("merge", one, other.pk), answers)
    assert answer.headers["Location"] == at("person", other)
    assert get_for(worker, one.pk).pk == other.pk
    assert caseworker.get(at("person", one)).status_code == 200, "the other number leads to the same page"


def test_joining_needs_the_tick_and_keeps_the_note(caseworker: Client, worker: Actor) -> None:
    one, other = two(worker)
    answer = caseworker.post(at("merge", one, other.pk), {"survivor": str(one.pk), "note": "same scar"})
    assert answer.status_code == 422
    assert "same scar" in answer.content.decode()
    assert not Merge.objects.exists()


def test_a_third_person_cannot_be_slipped_in_as_survivor(caseworker: Client, worker: Actor) -> None:
    one, other = two(worker)
    third = registered(worker, "Third").person
    answers = {"survivor": str(third.pk), "sure": "on"}
    assert caseworker.post(at("merge", one, other.pk), answers).status_code == 422


def test_a_person_is_not_joined_with_herself(caseworker: Client, worker: Actor) -> None:
    one, _other = two(worker)
    assert caseworker.get(at("merge", one, one.pk)).status_code == 404


def test_a_wrong_merge_is_parted(caseworker: Client, worker: Actor) -> None:
    one, other = two(worker)
    merge = actions.merge(by=worker, survivor_id=one.pk, absorbed_id=other.pk, note="looked alike")
    assert "Part them again" in caseworker.get(at("person", one)).content.decode()
    assert "looked alike" in caseworker.get(at("split", one, merge.pk)).content.decode()
    page = caseworker.post(at("split", one, merge.pk), follow=True).content.decode()
    assert "Two people again" in page
    assert str(other.pk) in page
    assert get_for(worker, other.pk).pk == other.pk
    assert caseworker.get(at("split", one, merge.pk)).status_code == 404, "parted once"


def test_a_coordinator_erases_and_sees_what_was_done(coordinator: Client, amina: Person) -> None:
    page = coordinator.get(at("erase", amina)).content.decode()
    assert "Stops of the road: <bdi>2</bdi>" in page
    answer = coordinator.post(at("erase", amina), {"reason": "person-asked", "sure": "on"}, follow=True)
    assert "become unreadable on" in answer.content.decode()
    assert coordinator.get(at("person", amina)).status_code == 404


def test_erasing_needs_the_tick(coordinator: Client, amina: Person) -> None:
    assert coordinator.post(at("erase", amina), {"reason": "person-asked"}).status_code == 422
    assert coordinator.get(at("person", amina)).status_code == 200


def test_others_ask_a_coordinator(volunteer: Client, amina: Person) -> None:
    answers = {"reason": "person-asked", "note": "She asked me today.", "sure": "on"}
    answer = volunteer.post(at("erase", amina), answers, follow=True)
    assert "A coordinator was asked" in answer.content.decode()
    assert Approval.objects.get().subject == amina.pk
    assert volunteer.get(at("person", amina)).status_code == 200


def test_a_note_that_is_too_long_is_not_lost(volunteer: Client, amina: Person) -> None:
    answer = volunteer.post(at("erase", amina), {"reason": "person-asked", "note": "x" * 20_000, "sure": "on"})
    assert answer.status_code == 422
    assert "x" * 20_000 in answer.content.decode()


def test_a_record_is_kept_to_a_post_and_opened_again(volunteer: Client, amina: Person) -> None:
    volunteer.post(at("keep", amina), {"kept": "yes", "post": str(amina.registered_post_id)})
    page = volunteer.get(at("person", amina)).content.decode()
    assert "Kept to this post" in page
    assert "and nobody else" in page
    volunteer.post(at("keep", amina), {"kept": "no"})
    assert "Kept to this post" not in volunteer.get(at("person", amina)).content.decode()


def test_the_second_officer_sees_whom_an_erasure_is_about_and_says_yes_twice(
    client_for: Callable[..., Client], caseworker: Client, worker: Actor
) -> None:
    person = registered(worker, "Amina", "Yusuf").person
    caseworker.post(at("erase", person), {"reason": "person-asked", "note": "she asked", "sure": "on"})
    approval = Approval.objects.get()
    coordinator = client_for("coordinator")
    page = coordinator.get("/approvals/").content.decode()
    assert "Amina Yusuf" in page
    assert at("person", person) in page
    coordinator.post(f"/approvals/{approval.pk}/", {"answer": "yes"})
    assert Person.objects.get(pk=person.pk).erased_at is None
    coordinator.post(f"/approvals/{approval.pk}/", {"answer": "yes", "sure": "yes"})
    assert Person.objects.get(pk=person.pk).erased_at is not None
