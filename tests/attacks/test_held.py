"""A legal hold stands against every way in which what is held could go."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.people.factories import registered, staff
from waystation.accounts import approvals
from waystation.casework import clocks
from waystation.casework.files import actions as files
from waystation.casework.files.models import FileDocument, StoredFile
from waystation.casework.retention import actions, own_clocks
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.organisations.models import Post
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument
from waystation.people.erasure import HeldBack
from waystation.people.models import Person
from waystation.people.queries import consents_of


@pytest.fixture
def lead(node: Post) -> Actor:
    return staff("coordinator", node)


def held(by: Actor, person: Person) -> None:
    until = clock.today() + timedelta(days=700)
    actions.request_hold(by=by, person_id=person.pk, until=until, reason="Witness in a trial")
    second = staff("coordinator", Post.objects.get())
    for question in list(approvals.waiting_for(second)):
        approvals.approve(by=second, approval_id=question.pk)


def test_a_held_record_is_not_parted_to_be_erased(lead: Actor) -> None:
    one, other = registered(lead, "Amal").person, registered(lead, "Amaal").person
    merged = people.merge(by=lead, survivor_id=one.pk, absorbed_id=other.pk)
    held(lead, one)
    with pytest.raises(HeldBack):
        people.split(by=lead, merge_id=merged.pk)
    with pytest.raises(HeldBack):
        people.erase(by=lead, person_id=other.pk, reason="registered-in-error")
    assert Person.objects.filter(erased_at__isnull=True).count() == 2


def test_no_file_of_a_held_person_is_erased(lead: Actor, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "files"
    person = registered(lead, "Amal").person
    row = files.begin(by=lead, person_id=person.pk, size=3)
    files.put_part(by=lead, file_id=row.pk, number=0, plain=b"abc")
    files.finish(by=lead, file_id=row.pk, compartment="basic", document=FileDocument(name="Letter", kind="letter"))
    held(lead, person)
    with pytest.raises(HeldBack):
        files.erase(by=lead, file_id=row.pk)
    assert StoredFile.objects.exists()


def test_no_clock_takes_the_words_of_a_held_persons_consents(lead: Actor) -> None:
    person = registered(lead, "Amal").person
    consent = people.give_consent(
        by=lead, person_id=person.pk, purpose="services", recipient_kind="ngo",
        document=ConsentDocument(read_back=True, note="Only by telephone"), expires_on=clock.today(),
    )  # fmt: skip
    people.withdraw_consent(by=lead, consent_id=consent.pk)
    held(lead, person)
    with time_machine.travel(clock.now() + timedelta(days=500), tick=False):
        for code in ("consent.withdrawn", "consent.expired"):
            one = clocks.get(code)
            assert one is not None
            own_clocks.run(one, 30)
        (kept,) = consents_of(person, by=lead)
    assert kept.document.note == "Only by telephone"


def test_no_clock_takes_what_an_authority_asked_about_a_held_person(lead: Actor) -> None:
    from waystation.casework.retention.models import AuthorityRequest, RequestDocument

    person = registered(lead, "Amal").person
    actions.record_request(
        by=lead, authority="police", asked_for="person", document=RequestDocument(who="N."), person_id=person.pk
    )
    held(lead, person)
    with time_machine.travel(clock.now() + timedelta(days=500), tick=False):
        one = clocks.get("authority.request")
        assert one is not None
        own_clocks.run(one, 30)
    assert AuthorityRequest.objects.filter(person=person, sealed__isnull=False).exists()
