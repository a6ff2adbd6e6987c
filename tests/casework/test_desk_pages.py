"""The desk's forms: what is added begins empty, what is empty is not written, what was typed goes where it belongs."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.people.factories import registered
from waystation.casework.actions import HelpDraft, NeedDraft, attach_encounter, record_help, record_urgent
from waystation.casework.models import Encounter, Need, Unnamed
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotFound
from waystation.organisations.models import Post
from waystation.people import actions as people_actions
from waystation.people.models import Membership, Person
from waystation.people.queries import household_of
from waystation.people.search import as_told

FIRST = {"begun": "yes", "given_name": "Hawa", "sex": "female", "age_band": "25-59", "severity": "medium"}


def block(place: int, **answers: str) -> dict[str, str]:
    return {f"member-{place}-{name}": value for name, value in answers.items()}


def test_an_added_child_begins_as_a_child_with_nothing_to_mend(client_for: Callable[..., Client]) -> None:
    page = client_for("volunteer").post("/register/", {**FIRST, "members": "", "another": "yes"}).content.decode()
    assert "need mending" not in page
    assert 'value="Hawa"' in page
    assert re.search(r'<option value="child" selected>', page)
    assert re.search(r'name="member-0-sex" value="not-known"[^>]* checked', page)
    assert "data-just-added" in page
    assert '#member-1"' in page, "the next one is asked for at its own place"


def test_a_block_is_taken_out_and_the_others_keep_what_was_typed(client_for: Callable[..., Client]) -> None:
    answers = {**FIRST, "members": "0,1", "without": "0"}
    answers |= block(0, given_name="Wrong", relation="child", sex="male", age_band="0-4")
    answers |= block(1, given_name="Liya", relation="sibling", sex="female", age_band="5-11")
    page = client_for("volunteer").post("/register/", answers).content.decode()
    assert 'name="members" value="1"' in page
    assert 'value="Wrong"' not in page
    assert 'value="Liya"' in page
    assert not Person.objects.exists()


def test_relations_are_written_as_they_were_said(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    answers = {**FIRST, "members": "0,2"}
    answers |= block(0, given_name="Abel", relation="child", sex="male", age_band="5-11")
    answers |= block(2, given_name="Musa", relation="sibling", sex="male", age_band="25-59")
    assert client_for("volunteer").post("/register/", answers).status_code == 302
    assert Membership.objects.count() == 3
    first = Person.objects.order_by("registered_at", "pk").first()
    assert first
    assert "child" in str(household_of(first, by=actors["volunteer"]))


@pytest.mark.parametrize("nothing", [{}, {"given_name": "  "}])
def test_a_form_with_nothing_in_it_registers_nobody(client_for: Callable[..., Client], nothing: dict[str, str]) -> None:
    empty = {"begun": "yes", "members": "", "sex": "not-known", "age_band": "not-known", "severity": "medium"}
    answer = client_for("volunteer").post("/register/", {**empty, **nothing})
    assert "Nothing is told yet" in answer.content.decode()
    assert not Person.objects.exists()


def test_an_empty_visit_is_not_recorded(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    person = registered(actors["volunteer"], "Hawa").person
    page = client_for("volunteer").post(f"/help/{person.pk}/", {"severity": "medium"}).content.decode()
    assert "Tick at least one thing" in page
    assert not Encounter.objects.exists()


def test_urgent_help_is_said_to_be_of_someone_already_here(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    person = registered(actors["volunteer"], "Fatoumata", "Camara").person
    client = client_for("volunteer")
    answer = client.post("/urgent/", {"needs": ["hiv"], "severity": "high", "sex": "female", "age_band": "25-59"})
    encounter = Encounter.objects.get()
    assert answer.headers["Location"] == f"/urgent/{encounter.pk}/", "also where its maker may not see the need"
    page = client.post(f"/urgent/{encounter.pk}/", {"q": "Fatoumata"}).content.decode()
    assert "It was this person" in page
    assert client.post(f"/urgent/{encounter.pk}/", {"person": str(person.pk)}).status_code == 302
    assert Need.objects.get().person_id == person.pk
    assert client.get(f"/urgent/{encounter.pk}/").status_code == 404, "it is someone's now"


def test_urgent_help_with_hidden_needs_is_hidden_from_colleagues(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    encounter = record_urgent(by=actors["volunteer"], draft=HelpDraft(needs=[NeedDraft(code="hiv")], kind="urgent"))
    assert client_for("volunteer").get(f"/urgent/{encounter.pk}/").status_code == 404
    assert client_for("health").get(f"/urgent/{encounter.pk}/").status_code == 200


def test_registering_says_whose_urgent_help_is_meant(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    encounter = record_urgent(by=actors["health"], draft=HelpDraft(needs=[NeedDraft(code="health")], kind="urgent"))
    page = client_for("volunteer").post("/register/", {"encounter": str(encounter.pk)}).content.decode()
    assert "Health problem" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Maria Lopez Garcia", {"given_name": "Maria", "family_name": "Lopez Garcia"}),
        ("+39 351 234 567", {"phone": "+39 351 234 567"}),
        ("AE5D-YMHP", {}),
        ("ae5d ymhp-", {}),
        ("Selam", {"given_name": "Selam", "family_name": ""}),
        ("", {"given_name": "", "family_name": ""}),
    ],
)
def test_what_was_searched_becomes_the_right_answer(typed: str, told: dict[str, str]) -> None:
    assert as_told(typed) == told


def test_a_code_with_a_character_missing_is_said_to_be_one(client_for: Callable[..., Client]) -> None:
    page = client_for("volunteer").post("/", {"q": "AE5D-YMHP"}).content.decode()
    assert "looks like a card code" in page
    assert "Register someone" in page


def test_a_tap_answers_with_counts_and_leaves_the_buttons_alone(client_for: Callable[..., Client]) -> None:
    client = client_for("volunteer")
    page = client.post("/count/", {"who": "female:5-11"}, headers={"HX-Request": "true"}).content.decode()
    assert '<button name="who"' not in page
    assert 'hx-swap-oob="true">1</span>' in page
    assert Unnamed.objects.count() == 1


def test_today_does_not_name_whom_another_post_keeps_through_a_joined_record(
    client_for: Callable[..., Client], actors: dict[str, Actor]
) -> None:
    worker = actors["caseworker"]
    kept, other = (registered(worker, name, "Zuzanka").person for name in ("Kept", "Second"))
    record_help(by=worker, person_id=other.pk, draft=HelpDraft(needs=[NeedDraft(code="food")], kind="visit"))
    people_actions.merge(by=worker, survivor_id=kept.pk, absorbed_id=other.pk)
    people_actions.keep_to_post(by=worker, person_id=kept.pk, kept=True)
    elsewhere = client_for("volunteer", post=Post.objects.create(name="Pier"))
    assert "Zuzanka" not in elsewhere.get("/today/").content.decode()
    assert "Zuzanka" in client_for("health").get("/today/").content.decode()


def test_urgent_help_of_someone_erased_is_nobodys_for_good(actors: dict[str, Actor]) -> None:
    by = actors["coordinator"]
    encounter = record_urgent(by=by, draft=HelpDraft(needs=[NeedDraft(code="food")], kind="urgent"))
    person = registered(by, "Vanisha").person
    attach_encounter(by=by, encounter_id=encounter.pk, person_id=person.pk)
    people_actions.erase(by=by, person_id=person.pk, reason="person-asked")
    other = registered(by, "Hawa").person
    with pytest.raises(NotFound):
        attach_encounter(by=by, encounter_id=encounter.pk, person_id=other.pk)
