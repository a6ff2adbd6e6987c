"""A legal hold stands against erasing and sealing, says so in words, and forgets no wish."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.casework.retention.conftest import long_gone
from tests.people.factories import registered
from waystation.accounts import approvals
from waystation.casework import clocks
from waystation.casework.followups.models import FollowUp
from waystation.casework.retention import actions, housekeeping, own_clocks, queries
from waystation.casework.retention.actions.sealing import StillNeeded
from waystation.casework.retention.models import Hold, Wish
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.people import actions as people
from waystation.people.erasure import HeldBack
from waystation.people.models import Person
from waystation.people.queries import visible_to


def soon() -> date:
    return clock.today() + timedelta(days=30)


def held(by: Actor, person: Person) -> Hold:
    return actions.request_hold(by=by, person_id=person.pk, until=soon(), reason="Witness in a trial")


def wished(by: Actor) -> set[Person]:
    one = clocks.get(own_clocks.WISH)
    assert one is not None
    return set(queries.due_people(by, one, 0))


def test_a_person_on_hold_who_asks_to_be_erased_is_told_why_and_the_wish_is_noted(
    coordinator: Actor, decide: Callable[..., None]
) -> None:
    person = registered(coordinator, "Amina").person
    hold = held(coordinator, person)
    decide()
    with pytest.raises(HeldBack, match="legal hold stands on this record until"):
        people.erase(by=coordinator, person_id=person.pk, reason="person-asked")
    assert set(visible_to(coordinator)) == {person}
    assert Wish.objects.get().person == person, "the refusal keeps the wish, though nothing else was written"
    assert wished(coordinator) == set(), "not while the hold stands"
    actions.lift_hold(by=coordinator, hold_id=hold.pk, reason="The trial is over")
    assert wished(coordinator) == {person}
    (to_do,) = FollowUp.objects.filter(kind="retention.wish", state="open")
    assert to_do.person == person
    people.erase(by=coordinator, person_id=person.pk, reason="person-asked")
    assert not visible_to(coordinator).exists()
    assert not Wish.objects.exists()
    assert not Hold.objects.exists()


def test_who_changes_their_mind_stays_and_nothing_is_to_be_done_any_more(coordinator: Actor) -> None:
    person = registered(coordinator, "Amina").person
    hold = held(coordinator, person)
    with pytest.raises(HeldBack):
        people.erase(by=coordinator, person_id=person.pk, reason="person-asked")
    actions.lift_hold(by=coordinator, hold_id=hold.pk, reason="By mistake")
    actions.drop_wish(by=coordinator, person_id=person.pk)
    assert wished(coordinator) == set()
    assert not FollowUp.objects.filter(state="open").exists()
    with pytest.raises(NotFound):
        actions.drop_wish(by=coordinator, person_id=person.pk)


def test_the_wish_of_whoever_asks_through_a_volunteer_is_noted_too(coordinator: Actor, volunteer: Actor) -> None:
    person = registered(coordinator, "Amina").person
    held(coordinator, person)
    with pytest.raises(HeldBack):
        people.request_erasure(by=volunteer, person_id=person.pk, reason="person-asked")
    assert Wish.objects.get().by == volunteer.account_id


def test_a_hold_that_came_while_a_coordinator_was_asked_keeps_the_record_and_the_wish(
    coordinator: Actor, volunteer: Actor, second: Actor
) -> None:
    person = registered(coordinator, "Amina").person
    people.request_erasure(by=volunteer, person_id=person.pk, reason="person-asked")
    (question,) = approvals.waiting_for(second)
    held(coordinator, person)
    with pytest.raises(HeldBack):
        approvals.approve(by=second, approval_id=question.pk)
    assert set(visible_to(coordinator)) == {person}
    assert Wish.objects.exists()


def test_who_did_not_ask_themself_has_no_wish(coordinator: Actor) -> None:
    person = registered(coordinator, "Amina").person
    held(coordinator, person)
    with pytest.raises(HeldBack):
        people.erase(by=coordinator, person_id=person.pk, reason="registered-in-error")
    assert not Wish.objects.exists()


def test_it_holds_from_the_asking_and_a_refusal_ends_it(coordinator: Actor, decide: Callable[..., None]) -> None:
    person = registered(coordinator, "Amina").person
    held(coordinator, person)
    with pytest.raises(HeldBack):
        people.erase(by=coordinator, person_id=person.pk, reason="registered-in-error")
    decide(yes=False)
    people.erase(by=coordinator, person_id=person.pk, reason="registered-in-error")


def test_it_also_holds_a_record_joined_with_the_one_it_was_put_on(coordinator: Actor) -> None:
    person, double = registered(coordinator, "Amina").person, registered(coordinator, "Amine").person
    held(coordinator, double)
    people.merge(by=coordinator, survivor_id=person.pk, absorbed_id=double.pk)
    with pytest.raises(HeldBack):
        people.erase(by=coordinator, person_id=person.pk, reason="person-asked")


def test_who_is_held_is_neither_sealed_nor_due(
    coordinator: Actor, offline_key: object, decide: Callable[..., None]
) -> None:
    person, other = long_gone(coordinator), long_gone(coordinator, "Idris")
    held(coordinator, person)
    with pytest.raises(StillNeeded, match="legal hold"):
        actions.seal_away(by=coordinator, person_ids=[other.pk, person.pk])
    assert set(visible_to(coordinator)) == {person, other}, "all or none"
    one = clocks.get(own_clocks.OVER)
    assert one is not None
    assert set(queries.due_people(coordinator, one, one.days)) == {other}


def test_on_its_day_it_ends_by_itself(coordinator: Actor, decide: Callable[..., None]) -> None:
    person = registered(coordinator, "Amina").person
    held(coordinator, person)
    decide()
    Hold.objects.update(until=clock.today())
    housekeeping.tidy()
    people.erase(by=coordinator, person_id=person.pk, reason="person-asked")


def test_one_at_a_time_with_a_reason_and_a_day(coordinator: Actor, volunteer: Actor) -> None:
    person = registered(coordinator, "Amina").person
    with pytest.raises(Invalid) as refused:
        actions.request_hold(by=coordinator, person_id=person.pk, until=clock.today(), reason="")
    assert set(refused.value.fields) == {"until", "reason"}
    with pytest.raises(NotAllowed):
        actions.request_hold(by=volunteer, person_id=person.pk, until=soon(), reason="x")
    hold = held(coordinator, person)
    with pytest.raises(Invalid):
        held(coordinator, person)
    with pytest.raises(Invalid):
        actions.lift_hold(by=coordinator, hold_id=hold.pk, reason="")
    actions.lift_hold(by=coordinator, hold_id=hold.pk, reason="By mistake")
    assert not approvals.waiting_for(coordinator).exists()
    with pytest.raises(NotFound):
        actions.lift_hold(by=coordinator, hold_id=hold.pk, reason="Again")


def test_why_it_stood_and_why_it_was_lifted_are_sealed_with_the_person(coordinator: Actor) -> None:
    person = registered(coordinator, "Amina").person
    hold = held(coordinator, person)
    actions.lift_hold(by=coordinator, hold_id=hold.pk, reason="Trial over")
    blob = bytes(Hold.objects.get().sealed or b"")
    assert blob
    assert b"Witness" not in blob
    assert b"Trial" not in blob
