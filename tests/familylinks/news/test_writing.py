"""Promise: a message goes only with its writer's wish, two people see to it, and on its way nobody reads it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.familylinks.news.offices import TO, WORDS, Office, again, begun, checked, handed_in, sent, wished
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.news import queries
from waystation.familylinks.news.actions import carrying, writing
from waystation.familylinks.news.codes import LONGEST_WORDS, TABLE, Act, State
from waystation.familylinks.news.documents import AddressDocument, WordsDocument
from waystation.familylinks.news.models import RedCrossMessage
from waystation.familylinks.news.problems import SameHand
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import queries as people
from waystation.people.codes import Purpose
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Disclosure
from waystation.vault import open_document


def test_the_wish_is_a_consent_to_exactly_that_office(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = handed_in(volunteer, office=valley)
    assert row.person
    (consent,) = people.consents_of(row.person, by=officer)
    assert (consent.row.purpose, consent.row.recipient_kind) == (Purpose.TRACING, "society")
    assert consent.document.recipients == ("Society of the Far Shore",)
    assert consent.document.note == row.number
    assert row.consent_id == consent.row.pk


def test_without_being_read_back_it_is_not_handed_in(volunteer: Actor, valley: Office) -> None:
    row = begun(volunteer, office=valley)
    with pytest.raises(Invalid):
        writing.hand_in(by=volunteer, message_id=row.pk, document=ConsentDocument(), expires_on=clock.today())
    assert again(row).state == State.DRAFT
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * (LONGEST_WORDS + 1)}, "words"),
        ({"address": AddressDocument(place="Mill road")}, "name"),
        ({"address": AddressDocument(name="A", phone="call me")}, "phone"),
        ({"language": "xxx"}, "language"),
        ({"office_id": uuid4()}, "office"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(volunteer: Actor, changes: dict[str, Any], field: str) -> None:
    row = begun(volunteer)
    said: dict[str, Any] = {"words": WORDS, "address": TO}
    draft = writing.Draft(**said | changes)
    with pytest.raises(Invalid) as problem:
        writing.rewrite(by=volunteer, message_id=row.pk, draft=draft)
    assert list(problem.value.fields) == [field]


def test_only_who_writes_it_down_reads_and_changes_a_draft(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = begun(volunteer, office=valley)
    said = queries.words_of(row, by=volunteer)
    assert said is not None
    assert (said.words, said.writer) == (WORDS, "Hawa Warsame")
    assert queries.words_of(row, by=officer) is None
    assert queries.address_of(row, by=officer).name == ""
    with pytest.raises(WrongState):
        writing.rewrite(by=officer, message_id=row.pk, draft=writing.Draft(words="Else", address=TO))


def test_who_wrote_it_down_does_not_check_it(officer: Actor, second: Actor) -> None:
    row = handed_in(officer)
    for act in (carrying.check, carrying.give_back):
        with pytest.raises(SameHand):
            act(by=officer, message_id=row.pk, **({"reason": "political"} if act is carrying.give_back else {}))
    assert again(row).state == State.WRITTEN
    assert carrying.check(by=second, message_id=row.pk).state == State.CHECKED
    with pytest.raises(IntegrityError), transaction.atomic():
        RedCrossMessage.objects.filter(pk=row.pk).update(checked_by=officer.account_id)


def test_a_volunteer_reads_nothing_once_it_is_handed_in(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = handed_in(volunteer, office=valley)
    assert queries.words_of(row, by=volunteer) is None
    assert queries.address_of(row, by=volunteer).name == ""
    for document in (WordsDocument, AddressDocument):
        with pytest.raises(NotAllowed):
            open_document(row, document, by=volunteer)
    said = queries.words_of(row, by=officer)
    assert said is not None
    assert said.words == WORDS
    with pytest.raises(NotAllowed):
        carrying.check(by=volunteer, message_id=row.pk)


def test_what_may_not_be_carried_goes_back_unread_by_others(volunteer: Actor, officer: Actor, second: Actor) -> None:
    row = handed_in(volunteer, words="The column left the east gate at dawn.")
    back = again(carrying.give_back(by=officer, message_id=row.pk, reason="military", note="Leave out the gate"))
    assert back.state == State.RETURNED
    said = queries.words_of(back, by=officer)
    assert said is not None
    assert (said.reason, said.note) == ("military", "Leave out the gate")
    assert queries.words_of(back, by=second) is None
    assert queries.words_of(back, by=volunteer) is None
    plain = {field.name: getattr(back, field.attname) for field in back._meta.concrete_fields}
    assert "military" not in {str(value) for value in plain.values()}
    (owed,) = FollowUp.objects.filter(subject=row.pk, state="open")
    assert (owed.kind, owed.owner) == ("news.tell", officer.account_id)
    with pytest.raises(WrongState):
        carrying.send(by=officer, message_id=row.pk, office_id=uuid4())
    with pytest.raises(WrongState):
        carrying.deliver(by=officer, message_id=row.pk)
    carrying.tell_writer(by=officer, message_id=row.pk)
    carrying.close(by=officer, message_id=row.pk)
    assert again(row).words is None


@pytest.mark.parametrize("reason", ["", "boring"])
def test_a_message_goes_back_only_for_a_reason_of_the_list(volunteer: Actor, officer: Actor, reason: str) -> None:
    row = handed_in(volunteer)
    with pytest.raises(Invalid):
        carrying.give_back(by=officer, message_id=row.pk, reason=reason)
    assert again(row).state == State.WRITTEN


def test_nobody_reads_it_once_it_was_checked(volunteer: Actor, officer: Actor, second: Actor, valley: Office) -> None:
    for row in (checked(volunteer, officer, office=valley), sent(volunteer, officer, valley)):
        assert [queries.words_of(again(row), by=one) for one in (volunteer, officer, second)] == [None] * 3
        assert queries.address_of(again(row), by=second).name == TO.name


def test_it_leaves_only_to_the_office_agreed_and_stands_on_the_list(
    volunteer: Actor, officer: Actor, valley: Office, shore: Office
) -> None:
    row = checked(volunteer, officer, office=valley)
    with pytest.raises(ConsentMissing):
        carrying.send(by=officer, message_id=row.pk, office_id=shore.id)
    with pytest.raises(ConsentMissing):
        carrying.deliver(by=officer, message_id=row.pk)
    assert not Disclosure.objects.exists()
    carrying.send(by=officer, message_id=row.pk, office_id=valley.id)
    left = Disclosure.objects.get()
    assert (left.consent_id, left.purpose, left.kind) == (row.consent_id, Purpose.TRACING, "message")
    (message,) = valley.hears()
    assert message.id == left.pk


def test_brought_by_ourselves_it_is_told_to_the_family(volunteer: Actor, officer: Actor, second: Actor) -> None:
    row = checked(volunteer, officer)
    carrying.deliver(by=second, message_id=row.pk)
    assert queries.words_of(again(row), by=second) is not None
    left = Disclosure.objects.get()
    assert (left.recipient_kind, left.kind) == ("family", "paper")
    carrying.hand_over(by=second, message_id=row.pk)
    assert again(row).state == State.DELIVERED
    carrying.tell_writer(by=second, message_id=row.pk)
    with pytest.raises(WrongState):
        carrying.tell_writer(by=second, message_id=row.pk)


def test_each_state_stands_with_its_day(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = sent(volunteer, officer, valley)
    assert [step.state for step in row.steps.all()] == ["draft", "written", "checked", "sent"]
    assert row.steps.last().office == "Society of the Far Shore"  # type: ignore[union-attr]
    kinds = FollowUp.objects.filter(subject=row.pk).order_by("opened_at").values_list("kind", "state")
    assert list(kinds) == [("news.check", "dropped"), ("news.send", "dropped"), ("news.awaited", "open")]
    due = FollowUp.objects.get(subject=row.pk, kind="news.check")
    assert due.due_at is not None
    assert timedelta(days=2) - (due.due_at - due.opened_at) < timedelta(seconds=5)


def test_who_has_no_part_in_it_meets_nothing(volunteer: Actor, actors: dict[str, Actor], untrained: Actor) -> None:
    row = handed_in(volunteer)
    with pytest.raises(NotAllowed):
        carrying.check(by=actors["coordinator"], message_id=row.pk)
    with pytest.raises(NotFound):
        carrying.check(by=untrained, message_id=row.pk)
    with pytest.raises(NotFound):
        queries.get_for(actors["administrator"], row.pk)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(Act.values), max_size=12))
def test_the_table_never_lets_words_go_unchecked(acts: list[str]) -> None:
    state: str = State.DRAFT
    seen = [state]
    for act in acts:
        if TABLE.allows(state, act):
            state = TABLE.after(state, act)
            seen.append(state)
    on_the_road = {State.SENT, State.ARRIVED, State.DELIVERING, State.DELIVERED, State.UNDELIVERED, State.REPLIED}
    if on_the_road & {*seen}:
        assert State.CHECKED in seen
    if State.RETURNED in seen:
        assert not on_the_road & {*seen}
    assert TABLE.reachable() == {*State.values}


def test_a_second_message_goes_on_when_one_is_taken_back(volunteer: Actor, officer: Actor, valley: Office) -> None:
    first = sent(volunteer, officer, valley)
    other = carrying.check(
        by=officer, message_id=wished(volunteer, begun(volunteer, office=valley, person=first.person_id)).pk
    )
    writing.take_back(by=volunteer, message_id=first.pk)
    assert again(first).state == State.TAKEN_BACK
    assert carrying.send(by=officer, message_id=other.pk, office_id=valley.id).state == State.SENT
