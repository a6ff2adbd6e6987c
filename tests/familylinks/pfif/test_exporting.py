"""What leaves as PFIF: only who allowed it, each listed as told; and once it is over only a number without a name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.people.factories import registered
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.pfif import exporting, keeping, queries
from waystation.familylinks.pfif.codes import PfifClock, Told
from waystation.familylinks.pfif.models import PfifRecord
from waystation.familylinks.pfif.reading import read
from waystation.familylinks.pfif.records import Person
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.people import actions as people
from waystation.people.codes import AgeBand
from waystation.people.documents import ConsentDocument
from waystation.people.models import Disclosure
from waystation.people.models import Person as Someone

REGISTRY = "Registry of the coast"


@pytest.fixture
def officer(actors: dict[str, Actor]) -> Actor:
    return actors["family-links"]


def draft(**changes: Any) -> exporting.FileDraft:
    told: dict[str, Any] = {
        "recipient_kind": "society",
        "recipient": REGISTRY,
        "domain": "relief.example.org",
        "until": clock.today() + timedelta(days=60),
        "fields": tuple(Told.values),
    }
    return exporting.FileDraft(**told | changes)


def allowing(by: Actor, given: str = "Hodan", *, days: int = 30, kind: str = "society", **changes: Any) -> Someone:
    """Somebody who allows that a registry is told."""
    told = {"sex": "female", "birth_year": 1998, "origin": "SO", "names_as_written": ("هودن",), **changes}
    person = registered(by, given, "Cali", **told).person
    people.give_consent(
        by=by,
        person_id=person.pk,
        purpose="tracing",
        recipient_kind=kind,
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=days),
    )
    return person


def people_of(data: bytes) -> list[Person]:
    found = read(data)
    assert found.faults == ()
    return [one.person for one in found.people]


def test_who_allowed_it_leaves_as_valid_pfif_and_is_listed_as_told(officer: Actor) -> None:
    person = allowing(officer)
    registered(officer, "Never", "Asked")
    (one,) = people_of(exporting.write_file(by=officer, draft=draft()))
    assert (one.full_name, one.given_name, one.family_name) == ("Hodan Cali", "Hodan", "Cali")
    assert (one.sex, one.date_of_birth, one.home_country, one.alternate_names) == ("female", "1998", "SO", "هودن")
    assert one.expiry_date == f"{clock.today() + timedelta(days=30)}T00:00:00Z"
    assert one.person_record_id.startswith("relief.example.org/person.")
    assert (one.notes[0].status, one.photo_url) == ("believed_alive", "")
    disclosure = Disclosure.objects.get(person=person)
    assert (disclosure.purpose, disclosure.recipient_kind) == ("tracing", "society")


def test_only_what_was_chosen_is_told(officer: Actor) -> None:
    allowing(officer)
    (one,) = people_of(exporting.write_file(by=officer, draft=draft(fields=(), until=clock.today())))
    assert one.full_name == "Hodan Cali"
    assert (one.sex, one.date_of_birth, one.home_country, one.alternate_names, one.notes) == ("", "", "", "", ())
    assert one.expiry_date == f"{clock.today()}T00:00:00Z"


def test_told_again_a_record_keeps_its_number(officer: Actor) -> None:
    allowing(officer)
    first, again = (people_of(exporting.write_file(by=officer, draft=draft()))[0] for _time in range(2))
    assert first.person_record_id == again.person_record_id
    other = people_of(exporting.write_file(by=officer, draft=draft(recipient="Another registry")))[0]
    assert other.person_record_id != first.person_record_id


def test_children_are_never_named_in_public(officer: Actor) -> None:
    allowing(officer, "Child", kind="public", birth_year=clock.today().year - 9)
    allowing(officer, "Grown", kind="public")
    found = exporting.chosen(officer, draft(recipient_kind="public"))
    assert found.children == 1
    assert [identity.given_name for _person, identity, _until in found.people] == ["Grown"]
    assert Someone.objects.filter(age_band=AgeBand.CHILD).count() == 1
    assert len(people_of(exporting.write_file(by=officer, draft=draft(recipient_kind="public")))) == 1


def test_the_day_after_its_last_day_only_a_placeholder_is_left(officer: Actor) -> None:
    allowing(officer)
    (first,) = people_of(exporting.write_file(by=officer, draft=draft()))
    with time_machine.travel(clock.now() + timedelta(days=30)):
        assert keeping.end_records(clock.now() - timedelta(days=1)) == 0
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert keeping.end_records(clock.now() - timedelta(days=1)) == 1
        row = PfifRecord.objects.get()
        assert (row.person, row.consent) == (None, None)
        (one,) = people_of(exporting.write_over(by=officer, recipient_kind="society", recipient=REGISTRY))
    assert one.is_placeholder
    assert (one.person_record_id, one.expiry_date) == (first.person_record_id, first.expiry_date)
    assert one.source_date > first.source_date


def test_a_consent_taken_back_ends_the_record_at_once_and_the_registry_is_owed_word(officer: Actor) -> None:
    person = allowing(officer)
    (first,) = people_of(exporting.write_file(by=officer, draft=draft()))
    people.withdraw_consent(by=officer, consent_id=person.consents.get().pk)
    assert PfifRecord.objects.get().over_at is not None
    assert FollowUp.objects.get(kind=PfifClock.OVER).state == "open"
    assert [row.untold for row in queries.by_recipient(officer)] == [1]
    (one,) = people_of(exporting.write_file(by=officer, draft=draft()))
    assert one.is_placeholder
    assert one.person_record_id == first.person_record_id
    assert one.expiry_date < f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    assert FollowUp.objects.get(kind=PfifClock.OVER).state == "done"
    assert [row.untold for row in queries.by_recipient(officer)] == [0]


def test_an_erased_person_leaves_a_number_that_leads_to_nobody(officer: Actor, actors: dict[str, Actor]) -> None:
    person = allowing(officer)
    exporting.write_file(by=officer, draft=draft())
    assert keeping.losses([person.pk])[0].rows.count() == 1
    people.erase(by=actors["coordinator"], person_id=person.pk, reason="person-asked")
    row = PfifRecord.objects.get()
    assert (row.person, row.consent) == (None, None)
    assert people_of(exporting.write_over(by=officer, recipient_kind="society", recipient=REGISTRY))[0].is_placeholder


def test_what_is_long_over_and_told_is_forgotten(officer: Actor) -> None:
    person = allowing(officer)
    exporting.write_file(by=officer, draft=draft())
    keeping.erase([person.pk])
    with time_machine.travel(clock.now() + timedelta(days=800)):
        assert keeping.forget_over(clock.now() - timedelta(days=365)) == 0
    exporting.write_over(by=officer, recipient_kind="society", recipient=REGISTRY)
    with time_machine.travel(clock.now() + timedelta(days=366)):
        assert keeping.forget_over(clock.now() - timedelta(days=365)) == 1


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("recipient_kind", {"recipient_kind": "authority"}), ("recipient_kind", {"recipient_kind": "x"}),
        ("recipient", {"recipient": " "}), ("domain", {"domain": "no domain"}), ("domain", {"domain": "x"}),
        ("fields", {"fields": ("status",)}), ("until", {"until": datetime(2020, 1, 1, tzinfo=UTC).date()}),
    ],
)  # fmt: skip
def test_what_is_told_of_a_file_is_judged(officer: Actor, field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as problem:
        exporting.write_file(by=officer, draft=replace(draft(), **changes))
    assert list(problem.value.fields) == [field]


def test_nothing_leaves_when_nobody_allows_it(officer: Actor, actors: dict[str, Actor]) -> None:
    registered(officer, "Never", "Asked")
    with pytest.raises(Invalid):
        exporting.write_file(by=officer, draft=draft())
    with pytest.raises(Invalid):
        exporting.write_over(by=officer, recipient_kind="society", recipient=REGISTRY)
    with pytest.raises(NotAllowed):
        exporting.write_file(by=actors["caseworker"], draft=draft())


def test_the_page_shows_who_allows_it_before_anything_leaves(client_for: Callable[..., Client], officer: Actor) -> None:
    allowing(officer)
    client = client_for("family-links")
    told = {
        "recipient_kind": "society", "recipient": REGISTRY, "domain": "relief.example.org",
        "until": (clock.today() + timedelta(days=9)).isoformat(), "fields_told": ["sex"], "why": "",
    }  # fmt: skip
    page = client.post("/registries/write/", told).content.decode()
    assert "1 person allows this today." in page
    assert "Hodan Cali" in page
    assert not Disclosure.objects.exists()
    answer = client.post("/registries/write/", {**told, "write": "yes"})
    assert answer["Content-Type"] == "application/xml"
    assert len(people_of(answer.content)) == 1
    assert REGISTRY in client.get("/registries/").content.decode()
    assert client.post("/registries/write/", {**told, "domain": "?"}).status_code == 422
    assert client.post("/registries/over/", {"recipient": "x"}).status_code == 302
