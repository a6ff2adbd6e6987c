"""Correcting a person, alone and two at once."""

from typing import Any

from django.test import Client

from tests.people.factories import registered
from tests.people_pages.conftest import at
from waystation.kernel.actors import Actor
from waystation.people import actions, queries
from waystation.people.models import Person


def typed(person: Person, **answers: Any) -> dict[str, Any]:
    """What a browser sends: the answers, what stood in the form before, and the revision it was made from."""
    stood = {"given_name": "Amina", "family_name": "Yusuf", "sex": "female", "age_band": "25-59"}
    return {
        **stood,
        **{f"was-{name}": value for name, value in stood.items()},
        "revision": person.revision,
        **answers,
    }


def someone(by: Actor, **changes: Any) -> Person:
    return registered(by, "Amina", "Yusuf", sex="female", age_band="25-59", **changes).person


def test_what_was_corrected_stands_on_the_page(caseworker: Client, worker: Actor) -> None:
    person = someone(worker)
    answers = typed(person, alias="Mama", language_0="Somali", language_1="العربية", names_as_written="آمنة\nAamina")
    assert caseworker.post(at("correct", person), answers).status_code == 302
    now = queries.identity_of(person.__class__.objects.get(pk=person.pk), by=worker)
    assert (now.alias, now.languages) == ("Mama", ("som", "ara"))
    assert now.names_as_written == ("آمنة", "Aamina")
    page = caseworker.get(at("person", person)).content.decode()
    assert "Mama" in page
    assert "Somali" in page


def test_the_card_code_outlives_a_correction(caseworker: Client, worker: Actor) -> None:
    person = someone(worker)
    code = queries.identity_of(person, by=worker).card_code
    caseworker.post(at("correct", person), typed(person, alias="Mama"))
    assert queries.identity_of(Person.objects.get(pk=person.pk), by=worker).card_code == code


def test_an_unknown_language_stays_typed_and_is_told(caseworker: Client, worker: Actor) -> None:
    person = someone(worker)
    answer = caseworker.post(at("correct", person), typed(person, language_0="Klingonese", alias="kept too"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Klingonese" in page
    assert "kept too" in page
    assert "not in the list" in page


def test_of_two_who_save_at_once_the_second_sees_both_texts(caseworker: Client, worker: Actor) -> None:
    person = someone(worker)
    before = queries.identity_of(person, by=worker)
    theirs = before.__class__(given_name="Aamina", family_name="Yusuf", phone="+254700123456")
    actions.correct(by=worker, person_id=person.pk, revision=1, changes=theirs)
    answer = caseworker.post(at("correct", person), typed(person, given_name="Amiina", alias="Mama"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Aamina" in page, "what they wrote"
    assert 'value="Amiina"' in page, "what I wrote stands in the form"
    assert 'value="Mama"' in page, "what only I wrote too"
    assert 'value="+254700123456"' in page, "and what only they wrote"
    again = typed(person, given_name="Amiina", alias="Mama", phone="+254700123456", revision=2)
    assert caseworker.post(at("correct", person), again).status_code == 302
    now = queries.identity_of(Person.objects.get(pk=person.pk), by=worker)
    assert (now.given_name, now.alias, now.phone) == ("Amiina", "Mama", "+254700123456")


def test_a_revision_that_is_no_number_is_no_error(caseworker: Client, worker: Actor) -> None:
    person = someone(worker)
    assert caseworker.post(at("correct", person), typed(person, revision="٣x")).status_code == 302


def test_birth_dates_that_cannot_be_are_told(caseworker: Client, worker: Actor) -> None:
    person = someone(worker)
    for wrong in ({"birth_year": "2999"}, {"birth_year": "abc"}, {"birth_date": "2020-13-45"}):
        answer = caseworker.post(at("correct", person), typed(person, **wrong))
        assert answer.status_code == 422
        assert next(iter(wrong.values())) in answer.content.decode()
