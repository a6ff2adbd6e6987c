"""Corrections lose nothing, and one post may keep a record to itself."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.people.factories import family, registered, staff
from waystation.kernel import clock, journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from waystation.organisations.models import Post
from waystation.people import actions, queries
from waystation.people.documents import IdentityDocument
from waystation.people.models import Person


def test_a_correction_is_kept_and_the_card_code_stays(volunteer: Actor, log: list[journal.Entry]) -> None:
    person = registered(volunteer, "Amina").person
    before = queries.identity_of(person, by=volunteer)
    saved = actions.correct(
        by=volunteer,
        person_id=person.pk,
        revision=1,
        changes=replace(before, given_name="Aminata", birth_year=2020, card_code="FORGED"),
        sex="female",
    )
    after = queries.identity_of(Person.objects.get(pk=person.pk), by=volunteer)
    assert (after.given_name, after.card_code) == ("Aminata", before.card_code)
    assert (saved.revision, saved.sex, saved.age_band) == (2, "female", "5-11")
    assert saved.change_number > person.change_number
    told = next(entry for entry in log if entry.action == "people.correct")
    assert told.detail == {"fields": "given_name,birth_year"}


def test_of_two_people_saving_one_record_the_second_is_told_and_the_first_is_kept(
    volunteer: Actor, caseworker: Actor
) -> None:
    person = registered(volunteer, "Amina").person
    actions.correct(by=caseworker, person_id=person.pk, revision=1, changes=IdentityDocument(given_name="Aminata"))
    with pytest.raises(Conflict):
        actions.correct(by=volunteer, person_id=person.pk, revision=1, changes=IdentityDocument(given_name="Amna"))
    assert queries.identity_of(Person.objects.get(pk=person.pk), by=volunteer).given_name == "Aminata"


def test_a_wrong_correction_changes_nothing(volunteer: Actor) -> None:
    person = registered(volunteer, "Amina").person
    with pytest.raises(Invalid) as refusal:
        actions.correct(
            by=volunteer, person_id=person.pk, revision=1, changes=IdentityDocument(phone="none"), sex="robot"
        )
    assert set(refusal.value.fields) == {"phone", "sex"}
    assert Person.objects.get(pk=person.pk).revision == 1


def test_nobody_corrects_whom_they_may_not_see(volunteer: Actor, elsewhere: Actor, administrator: Actor) -> None:
    person = registered(volunteer, "Amina", kept_to_post=True).person
    with pytest.raises(NotFound):
        actions.correct(by=elsewhere, person_id=person.pk, revision=1, changes=IdentityDocument())
    with pytest.raises(NotFound):
        actions.correct(by=volunteer, person_id=uuid4(), revision=1, changes=IdentityDocument())
    with pytest.raises(NotAllowed):
        actions.correct(by=administrator, person_id=person.pk, revision=1, changes=IdentityDocument())


def test_a_lost_slip_gets_a_new_code(volunteer: Actor) -> None:
    done = registered(volunteer, "Amina")
    code = actions.new_card(by=volunteer, person_id=done.person.pk)
    assert code != done.card_code
    after = queries.identity_of(Person.objects.get(pk=done.person.pk), by=volunteer)
    assert after.card_code == code.replace("-", "")
    assert after.given_name == "Amina"


def test_a_record_kept_to_one_post_is_nowhere_for_the_others(volunteer: Actor, elsewhere: Actor) -> None:
    person = registered(volunteer, "Amina").person
    assert queries.get_for(elsewhere, person.pk) == person
    actions.keep_to_post(by=volunteer, person_id=person.pk, kept=True)
    with pytest.raises(NotFound):
        queries.get_for(elsewhere, person.pk)
    assert not queries.visible_to(elsewhere).exists()
    assert queries.get_for(volunteer, person.pk) == person
    actions.keep_to_post(by=volunteer, person_id=person.pk, kept=False)
    assert queries.get_for(elsewhere, person.pk) == person


def test_who_has_no_post_keeps_nothing_and_sees_nothing_kept(volunteer: Actor, node: Post) -> None:
    roaming = staff("coordinator", None)
    person = registered(volunteer, "Amina").person
    with pytest.raises(Invalid):
        actions.keep_to_post(by=roaming, person_id=person.pk, kept=True)
    actions.keep_to_post(by=volunteer, person_id=person.pk, kept=True)
    with pytest.raises(NotFound):
        queries.get_for(roaming, person.pk)


def test_a_kept_member_is_left_out_of_the_household_others_see(volunteer: Actor, elsewhere: Actor) -> None:
    mother, child = family(volunteer, "Amina", "Yusuf")
    actions.keep_to_post(by=volunteer, person_id=child.person.pk, kept=True)
    seen = queries.household_of(mother.person, by=elsewhere)
    assert seen is not None
    assert [member.identity.given_name for member in seen.members] == ["Amina"]


def test_last_met_only_moves_forward(volunteer: Actor, other_post: Post) -> None:
    person = registered(volunteer, "Amina").person
    later = clock.now() + timedelta(hours=1)
    actions.met(person_id=person.pk, post_id=other_post.pk, at=later)
    actions.met(person_id=person.pk, post_id=volunteer.post_id or uuid4(), at=later - timedelta(days=3))
    row = Person.objects.get(pk=person.pk)
    assert (row.last_met_at, row.last_met_post_id) == (later, other_post.pk)
