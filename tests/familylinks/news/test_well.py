"""Promise: that somebody is safe and well is told only to whom they said, until when they said, and listed."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests.familylinks.news.offices import Office, again, checked, sent
from tests.people.factories import registered
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.news import queries
from waystation.familylinks.news.actions import well
from waystation.familylinks.news.codes import Audience, State, WellState
from waystation.familylinks.news.documents import WellDocument
from waystation.familylinks.news.models import SafeAndWell
from waystation.familylinks.news.problems import NothingToSay
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.people import actions as people
from waystation.people.documents import ConsentDocument
from waystation.people.models import Disclosure, Person

ASKER = well.Asker(name="Amina Warsame", relation="Sister", known="knows")
YES = ConsentDocument(read_back=True)


def draft(audience: str = "anyone", *, days: int = 30, **changes: Any) -> well.WellDraft:
    """What somebody says of it."""
    document = WellDocument(words="I am well and will call on Sunday.", relatives=("Amina Warsame",))
    said: dict[str, Any] = {
        "audience": audience, "document": document, "expires_on": clock.today() + timedelta(days=days), "consent": YES,
    }  # fmt: skip
    return well.WellDraft(**said | changes)


@pytest.fixture
def person(volunteer: Actor) -> Person:
    """Somebody who wants to be known as well."""
    return registered(volunteer, "Hawa", "Warsame").person


def test_a_relative_is_told_and_it_is_listed(volunteer: Actor, officer: Actor, person: Person) -> None:
    row = well.say(by=volunteer, person_id=person.pk, draft=draft())
    told = well.tell(by=officer, notice_id=row.pk, asker=ASKER)
    assert told.words == "I am well and will call on Sunday."
    left = Disclosure.objects.get()
    assert (left.consent_id, left.recipient_kind) == (row.consent_id, "family")


@pytest.mark.parametrize(("name", "told"), [("Amina Warsame", True), ("Another Cousin", False)])
def test_only_relatives_who_were_named_are_told(
    volunteer: Actor, officer: Actor, person: Person, name: str, told: bool
) -> None:
    row = well.say(by=volunteer, person_id=person.pk, draft=draft("named"))
    asker = well.Asker(name=name, relation="Sister", known="shown")
    if told:
        well.tell(by=officer, notice_id=row.pk, asker=asker)
    else:
        with pytest.raises(NothingToSay):
            well.tell(by=officer, notice_id=row.pk, asker=asker)
    assert Disclosure.objects.exists() is told


def test_nobody_means_nobody_and_its_no_is_recorded(volunteer: Actor, officer: Actor, person: Person) -> None:
    row = well.say(by=volunteer, person_id=person.pk, draft=draft("nobody"))
    assert row.consent
    assert row.consent.state == "refused"
    with pytest.raises(NothingToSay):
        well.tell(by=officer, notice_id=row.pk, asker=ASKER)
    assert queries.standing_notices()[person.pk].audience == Audience.NOBODY


@pytest.mark.parametrize("changes", [{"name": " "}, {"relation": ""}, {"known": ""}, {"known": "trust"}])
def test_nothing_is_told_before_who_asks_was_checked(
    volunteer: Actor, officer: Actor, person: Person, changes: dict[str, str]
) -> None:
    row = well.say(by=volunteer, person_id=person.pk, draft=draft())
    asker = well.Asker(**{"name": "Amina", "relation": "Sister", "known": "knows"} | changes)
    with pytest.raises(Invalid) as problem:
        well.tell(by=officer, notice_id=row.pk, asker=asker)
    assert list(problem.value.fields) == list(changes)
    assert not Disclosure.objects.exists()


def test_only_an_officer_answers(volunteer: Actor, untrained: Actor, person: Person) -> None:
    row = well.say(by=volunteer, person_id=person.pk, draft=draft())
    with pytest.raises(NotAllowed):
        well.tell(by=volunteer, notice_id=row.pk, asker=ASKER)
    assert queries.well_words([row], by=volunteer) == {}
    with pytest.raises(NotFound):
        well.tell(by=untrained, notice_id=row.pk, asker=ASKER)


def test_taken_back_it_ends_at_once_by_either_way(volunteer: Actor, officer: Actor, person: Person) -> None:
    first = well.say(by=volunteer, person_id=person.pk, draft=draft())
    well.take_back(by=volunteer, notice_id=first.pk)
    second = well.say(by=volunteer, person_id=person.pk, draft=draft())
    assert second.consent
    people.withdraw_consent(by=volunteer, consent_id=second.consent.pk)
    for row in (first, second):
        assert SafeAndWell.objects.get(pk=row.pk).state == WellState.WITHDRAWN
        with pytest.raises(NothingToSay):
            well.tell(by=officer, notice_id=row.pk, asker=ASKER)
    assert queries.standing_notices() == {}
    assert not FollowUp.objects.filter(kind="news.again", state="open").exists()


def test_after_its_last_day_nothing_is_told(volunteer: Actor, officer: Actor, person: Person) -> None:
    row = well.say(by=volunteer, person_id=person.pk, draft=draft(days=3))
    with time_machine.travel(clock.now() + timedelta(days=4), tick=False):
        assert queries.standing_notices() == {}
        with pytest.raises(NothingToSay):
            well.tell(by=officer, notice_id=row.pk, asker=ASKER)


def test_said_anew_the_narrower_word_holds(volunteer: Actor, officer: Actor, person: Person) -> None:
    wide = well.say(by=volunteer, person_id=person.pk, draft=draft())
    well.say(by=volunteer, person_id=person.pk, draft=draft("named"))
    assert SafeAndWell.objects.get(pk=wide.pk).state == WellState.REPLACED
    row = queries.notice_of(person, by=officer)
    assert row is not None
    with pytest.raises(NothingToSay):
        well.tell(by=officer, notice_id=row.pk, asker=well.Asker(name="Another", relation="Aunt", known="knows"))
    well.tell(by=officer, notice_id=row.pk, asker=ASKER)


def test_what_was_said_before_tells_nothing(volunteer: Actor, officer: Actor, person: Person) -> None:
    before = well.say(by=volunteer, person_id=person.pk, draft=draft())
    well.say(by=volunteer, person_id=person.pk, draft=draft())
    with pytest.raises(NothingToSay):
        well.tell(by=officer, notice_id=before.pk, asker=ASKER)


def test_saying_it_anew_does_not_stop_a_message(
    volunteer: Actor, officer: Actor, person: Person, valley: Office
) -> None:
    message = sent(volunteer, officer, valley, person=person.pk)
    ours = checked(volunteer, officer, person=person.pk)
    for _time in range(2):
        well.say(by=volunteer, person_id=person.pk, draft=draft())
    assert (again(message).state, again(ours).state) == (State.SENT, State.CHECKED)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"audience": "everybody"}, "audience"),
        ({"audience": "named", "document": WellDocument()}, "relatives"),
        ({"expires_on": None}, "expires_on"),
        ({"days": -1}, "expires_on"),
        ({"days": 800}, "expires_on"),
        ({"consent": ConsentDocument()}, "agreed"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(
    volunteer: Actor, person: Person, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as problem:
        well.say(by=volunteer, person_id=person.pk, draft=draft(**changes))
    assert list(problem.value.fields) == [field]
    assert not SafeAndWell.objects.exists()


def test_a_matcher_finds_notices_of_joined_records(actors: dict[str, Actor], person: Person) -> None:
    by = actors["caseworker"]
    other = registered(by, "Hawa", "W").person
    row = well.say(by=by, person_id=other.pk, draft=draft())
    people.merge(by=by, survivor_id=person.pk, absorbed_id=other.pk)
    assert queries.standing_notices([person.pk])[person.pk].id == row.pk
    assert queries.standing_notices([row.pk]) == {}
