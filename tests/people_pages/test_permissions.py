"""What was asked, allowed, taken back and passed on; the notice."""

from typing import Any

import pytest
from django.test import Client

from tests.people.factories import registered
from tests.people_pages.conftest import at
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.codes import USUAL_CONSENT
from waystation.people.models import Consent, Disclosure, NoticeReading, Person

YES = {
    "purpose": "referral",
    "recipient_kind": "health",
    "answer": "given",
    "given_by": "self",
    "read_back": "on",
    "expires_on": str(clock.today() + USUAL_CONSENT),
}
PASSED_ON = {
    "purpose": "referral",
    "recipient_kind": "health",
    "recipient": "Lakeside clinic",
    "fields_told": "name\nwhat is needed",
    "kind": "paper",
}


@pytest.fixture
def person(worker: Actor) -> Person:
    return registered(worker, "Amina", languages=("som",)).person


def test_an_answer_is_recorded_and_taken_back(caseworker: Client, person: Person) -> None:
    assert caseworker.post(at("consent", person), {**YES, "language": "Somali"}).status_code == 302
    consent = Consent.objects.get(person=person)
    assert consent.state == "given"
    caseworker.post(at("withdraw", person, consent.pk))
    consent.refresh_from_db()
    assert consent.state == "withdrawn"
    assert "taken back" in caseworker.get(at("person", person)).content.decode()


def test_a_no_is_recorded_as_a_no(volunteer: Client, person: Person) -> None:
    volunteer.post(at("consent", person), {**YES, "answer": "refused"})
    assert Consent.objects.get(person=person).state == "refused"


def test_an_answer_without_a_question_keeps_what_was_typed(volunteer: Client, person: Person) -> None:
    answer = volunteer.post(at("consent", person), {"note": "she hesitated", "recipients": "Clinic A\nClinic B"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "she hesitated" in page
    assert "Clinic A\nClinic B" in page
    assert not Consent.objects.exists()


def test_without_consent_nothing_is_passed_on_and_nothing_typed_is_lost(caseworker: Client, person: Person) -> None:
    answer = caseworker.post(at("disclosure", person), PASSED_ON)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "has not allowed this" in page
    assert "Lakeside clinic" in page
    assert not Disclosure.objects.exists()
    assert page.index("Write it down</button>") < page.index('name="vital"'), "the Enter key takes the first button"


def test_with_consent_it_is_listed_with_the_day_it_was_allowed(caseworker: Client, person: Person) -> None:
    caseworker.post(at("consent", person), YES)
    assert caseworker.post(at("disclosure", person), PASSED_ON).status_code == 302
    page = caseworker.get(at("person", person)).content.decode()
    for shown in ("Lakeside clinic", "what is needed", "Handed over on paper", "Referral to a named agency, allowed"):
        assert shown in page


def test_when_a_life_depends_on_it_a_second_officer_is_asked(caseworker: Client, person: Person) -> None:
    told = {**PASSED_ON, "vital": "yes"}
    assert "Say why" in caseworker.post(at("disclosure", person), told).content.decode()
    assert caseworker.post(at("disclosure", person), {**told, "why": "She is bleeding."}).status_code == 302
    assert Disclosure.objects.get().sent_at is None
    assert "Waits for a second officer" in caseworker.get(at("person", person)).content.decode()


def notice_answers(**changes: str) -> dict[str, Any]:
    return {"back_who": "yes", "back_never": "yes", "back_free": "yes", "back_gone": "yes", "via": "printed"} | changes


def test_the_notice_comes_in_the_language_asked_for(volunteer: Client, person: Person) -> None:
    page = volunteer.get(at("notice", person) + "?lang=ar").content.decode()
    assert '<article class="notice" lang="ar" dir="rtl">' in page
    assert '<html lang="en" dir="ltr">' in page, "the page around it stays the reader's"


def test_the_notice_comes_in_the_persons_language_if_it_is_written_in_it(volunteer: Client, worker: Actor) -> None:
    french = registered(worker, "Fatou", languages=("wol", "fra")).person
    assert '<article class="notice" lang="fr"' in volunteer.get(at("notice", french)).content.decode()


def test_a_language_nobody_wrote_it_in_calls_for_an_interpreter(volunteer: Client, person: Person) -> None:
    page = volunteer.get(at("notice", person)).content.decode()
    assert "speaks Somali" in page
    assert "interpreter" in page


def test_the_notice_names_who_sees_and_who_never_does(volunteer: Client, person: Person) -> None:
    page = volunteer.get(at("notice", person)).content.decode()
    for told in ("Lake District Aid Society", "police", "never ask for papers", "tell us nothing", "erased"):
        assert told in page


def test_read_back_is_recorded_and_leads_to_the_slip(volunteer: Client, person: Person) -> None:
    answer = volunteer.post(at("notice", person) + "?lang=es", notice_answers())
    assert answer.headers["Location"] == at("slip", person)
    reading = NoticeReading.objects.get(person=person)
    assert (reading.understood, reading.language, reading.via) == (True, "spa", "printed")


def test_what_was_not_understood_is_to_be_explained_again(volunteer: Client, person: Person) -> None:
    answer = volunteer.post(at("notice", person), notice_answers(back_gone="again"), follow=True)
    assert "Explain again" in answer.content.decode()
    assert not NoticeReading.objects.get(person=person).understood


def test_an_unanswered_question_is_told_and_the_rest_stays(volunteer: Client, person: Person) -> None:
    answer = volunteer.post(at("notice", person), {"back_who": "yes"})
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == 1
    assert not NoticeReading.objects.exists()


def test_the_notice_prints_the_persons_language_first(volunteer: Client, worker: Actor) -> None:
    french = registered(worker, "Fatou", languages=("fra",)).person
    page = volunteer.get(at("notice-print", french)).content.decode()
    assert page.index('lang="fr"') < page.index('lang="en" dir="ltr"', page.index("<article"))
