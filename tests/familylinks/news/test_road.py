"""Promise: a message goes through offices that cannot read it, each step is known where it was written, and an answer
finds the way back; whatever is late, doubled, lost or forged, no office rests in a state that is not so."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.familylinks.news.offices import TO, WORDS, Office, again, handed_in, sent, wished
from waystation.casework.followups.models import FollowUp
from waystation.exchange.models import Outgoing
from waystation.familylinks.news import hearing, moving, queries
from waystation.familylinks.news.actions import carrying, writing
from waystation.familylinks.news.codes import LONGEST_WORDS, State
from waystation.familylinks.news.models import RedCrossMessage
from waystation.familylinks.news.problems import TooManyOffices
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.models import Disclosure


def word(row: RedCrossMessage, state: str, place: int, **more: Any) -> dict[str, Any]:
    """What an office further on says."""
    return {"exchange": row.exchange.bytes, "state": state, "place": place, "office": "Society of the Valley", **more}


def test_what_leaves_is_the_message_and_nothing_else(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = sent(volunteer, officer, valley)
    (message,) = valley.hears()
    assert message.kind == "news.message/1"
    assert message.body["words"] == WORDS
    assert message.body["writer"] == "Hawa Warsame"
    assert message.body["route"] == ["Lake District Aid Society"]
    assert set(message.body) == {
        "exchange", "number", "language", "written_on", "agreed_on", "until", "to", "parents", "place", "route",
        "writer", "words",
    }  # fmt: skip
    assert message.body["number"] == row.number


def test_every_step_further_on_is_heard_where_it_was_written(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = sent(volunteer, officer, valley)
    valley.hears()
    assert valley.says("news.state", **word(row, "arrived", 11)) == ""
    assert valley.says("news.state", **word(row, "sent", 18, office="Society of the Hills")) == ""
    assert valley.says("news.state", **word(row, "arrived", 21, office="Society of the Hills")) == ""
    assert valley.says("news.state", **word(row, "delivering", 22, office="Society of the Hills")) == ""
    assert valley.says("news.state", **word(row, "delivered", 29, office="Society of the Hills")) == ""
    assert [(step.state, step.office) for step in row.steps.all()][3:] == [
        ("sent", "Society of the Far Shore"),
        ("arrived", "Society of the Valley"),
        ("sent", "Society of the Hills"),
        ("arrived", "Society of the Hills"),
        ("delivering", "Society of the Hills"),
        ("delivered", "Society of the Hills"),
    ]
    assert [one.kind for one in FollowUp.objects.filter(subject=row.pk, state="open")] == ["news.tell"]
    assert again(row).words is None
    with pytest.raises(WrongState):
        carrying.hand_over(by=officer, message_id=row.pk)


NEWS = [("arrived", 11), ("sent", 18), ("arrived", 21), ("delivering", 22), ("delivered", 29)]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(NEWS), doubled=st.lists(st.sampled_from(NEWS), max_size=3))
def test_in_whatever_order_word_comes_the_last_of_the_road_holds(
    volunteer: Actor, officer: Actor, valley: Office, order: list[tuple[str, int]], doubled: list[tuple[str, int]]
) -> None:
    row = sent(volunteer, officer, valley)
    for state, place in [*order, *doubled]:
        assert valley.says("news.state", **word(row, state, place)) == ""
    assert again(row).state == State.DELIVERED


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(came=st.lists(st.sampled_from(NEWS), min_size=1, max_size=6))
def test_while_some_word_is_late_the_furthest_holds(
    volunteer: Actor, officer: Actor, valley: Office, came: list[tuple[str, int]]
) -> None:
    row = sent(volunteer, officer, valley)
    for state, place in came:
        valley.says("news.state", **word(row, state, place))
    furthest, _place = max(came, key=lambda one: one[1])
    assert again(row).state == furthest


def test_why_it_could_not_be_delivered_comes_back(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = sent(volunteer, officer, valley)
    assert valley.says("news.state", **word(row, "undelivered", 19, reason="moved")) == ""
    assert (again(row).state, again(row).failed) == (State.UNDELIVERED, "moved")
    other = sent(volunteer, officer, valley)
    assert valley.says("news.state", **word(other, "undelivered", 19, reason="no such reason")) == ""
    assert again(other).failed == "other"


def test_word_from_who_does_not_have_it_is_refused(
    volunteer: Actor, officer: Actor, valley: Office, shore: Office
) -> None:
    row = sent(volunteer, officer, valley)
    assert shore.says("news.state", **word(row, "delivered", 19)) == "unknown-message"
    assert shore.says("news.withdraw", exchange=row.exchange.bytes) == "unknown-message"
    assert valley.says("news.state", **word(row, "checked", 19)) == "invalid"
    assert valley.says("news.state", exchange=b"short", state="sent", place=1, office="x") == "unknown-message"
    assert again(row).state == State.SENT


def test_an_office_on_the_way_sends_on_and_never_reads(
    officer: Actor, second: Actor, valley: Office, shore: Office
) -> None:
    row = shore.brings()
    (arrived,) = shore.hears()
    assert (arrived.body["state"], arrived.body["place"]) == ("arrived", 11)
    assert (row.state, row.person) == (State.ARRIVED, None)
    assert queries.address_of(row, by=officer).name == TO.name
    assert [queries.words_of(row, by=one) for one in (officer, second)] == [None, None]
    carrying.send(by=officer, message_id=row.pk, office_id=valley.id)
    (told,) = shore.hears()
    assert (told.body["state"], told.body["place"]) == ("sent", 18)
    assert again(row).words is not None
    (message,) = valley.hears()
    assert message.body["route"] == ["Society of the Far Shore", "Lake District Aid Society"]
    assert message.body["words"] == WORDS
    assert again(row).words is None, "once the next office has it, no words stay on the way"
    assert valley.says("news.state", **word(row, "delivered", 29)) == ""
    (told,) = shore.hears()
    assert (told.body["state"], told.body["office"]) == ("delivered", "Society of the Valley")
    assert not FollowUp.objects.filter(subject=row.pk, state="open").exists()


def test_where_it_is_delivered_it_is_read_and_answered(
    officer: Actor, second: Actor, volunteer: Actor, shore: Office
) -> None:
    row = shore.brings()
    shore.hears()
    carrying.deliver(by=officer, message_id=row.pk)
    said = queries.words_of(again(row), by=second)
    assert said is not None
    assert said.words == WORDS
    assert queries.words_of(again(row), by=volunteer) is None
    carrying.hand_over(by=officer, message_id=row.pk)
    assert [message.body["state"] for message in shore.hears()] == ["delivering", "delivered"]
    draft = writing.Draft(words="We wait for you all.", address=TO.__class__())
    answer = wished(officer, writing.answer(by=officer, message_id=row.pk, draft=draft))
    carrying.check(by=second, message_id=answer.pk)
    carrying.send(by=second, message_id=answer.pk, office_id=shore.id)
    (message,) = shore.hears()
    assert message.body["reply_to"] == row.exchange.bytes
    assert (message.body["to"], message.body["writer"]) == ("Hawa Warsame", TO.name)
    assert again(row).state == State.REPLIED
    assert not Disclosure.objects.exists(), "who is in no book here has no list of what left"


def test_an_answer_comes_to_who_wrote(volunteer: Actor, officer: Actor, second: Actor, valley: Office) -> None:
    row = sent(volunteer, officer, valley)
    valley.hears()
    valley.says("news.state", **word(row, "delivered", 19))
    answer = valley.brings(reply_to=row.exchange.bytes, words="We wait for you all.", to="Hawa Warsame")
    assert again(row).state == State.REPLIED
    assert answer.person_id == row.person_id
    assert row.person
    assert answer in queries.of_person(row.person, by=volunteer)
    carrying.deliver(by=second, message_id=answer.pk)
    said = queries.words_of(again(answer), by=second)
    assert said is not None
    assert said.words == "We wait for you all."
    carrying.hand_over(by=second, message_id=answer.pk)
    draft = writing.Draft(words="On Sunday.", address=TO.__class__())
    back = writing.answer(by=officer, message_id=answer.pk, draft=draft)
    assert (back.person_id, back.office_id) == (row.person_id, valley.id)
    assert wished(officer, back).consent is not None


def test_an_answer_to_what_never_went_there_is_nobodys(
    volunteer: Actor, officer: Actor, valley: Office, shore: Office
) -> None:
    row = sent(volunteer, officer, valley)
    forged = shore.brings(reply_to=row.exchange.bytes, to="Hawa Warsame")
    assert (forged.person, forged.reply_to) == (None, None)
    assert again(row).state == State.SENT


def test_what_did_not_reach_the_next_office_lies_here_again(
    volunteer: Actor, officer: Actor, valley: Office, shore: Office
) -> None:
    ours = sent(volunteer, officer, valley)
    valley.hears(refuses="too-many-waiting")
    assert (again(ours).state, again(ours).sent_to, again(ours).lost) == (State.CHECKED, None, "too-many-waiting")
    assert carrying.send(by=officer, message_id=ours.pk, office_id=valley.id).state == State.SENT
    theirs = shore.brings()
    carrying.send(by=officer, message_id=theirs.pk, office_id=valley.id)
    valley.hears(refuses="already-here")
    assert (again(theirs).state, again(theirs).sent_to) == (State.ARRIVED, None)
    assert [one.kind for one in FollowUp.objects.filter(subject=theirs.pk, state="open")] == ["news.decide"]
    carrying.deliver(by=officer, message_id=theirs.pk)
    assert queries.words_of(again(theirs), by=officer) is not None


def test_a_consent_taken_back_stops_it_before_it_leaves(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = sent(volunteer, officer, valley)
    assert row.consent_id
    people.withdraw_consent(by=volunteer, consent_id=row.consent_id)
    assert (again(row).state, again(row).words) == (State.TAKEN_BACK, None)
    assert [message.kind for message in valley.hears()] == ["exchange.void/1"]
    assert not Disclosure.objects.exists()


def test_taken_back_on_the_road_it_is_told_along(
    volunteer: Actor, officer: Actor, valley: Office, shore: Office
) -> None:
    row = sent(volunteer, officer, valley)
    valley.hears()
    writing.take_back(by=volunteer, message_id=row.pk)
    assert [message.kind for message in valley.hears()] == ["news.withdraw/1"]
    passing = shore.brings()
    carrying.send(by=officer, message_id=passing.pk, office_id=valley.id)
    valley.hears()
    assert shore.says("news.withdraw", exchange=passing.exchange.bytes) == ""
    assert (again(passing).state, again(passing).words) == (State.TAKEN_BACK, None)
    assert [message.kind for message in valley.hears()] == ["news.withdraw/1"]


def test_a_withdrawal_that_comes_first_holds(officer: Actor, shore: Office) -> None:
    number = uuid4()
    assert shore.says("news.withdraw", exchange=number.bytes) == ""
    row = shore.brings(exchange=number.bytes)
    assert (row.state, row.words) == (State.TAKEN_BACK, None)
    assert not queries.visible_to(officer).exists()


def test_what_was_delivered_cannot_be_taken_back(officer: Actor, shore: Office) -> None:
    row = shore.brings()
    carrying.hand_over(by=officer, message_id=carrying.deliver(by=officer, message_id=row.pk).pk)
    assert shore.says("news.withdraw", exchange=row.exchange.bytes) == ""
    assert again(row).state == State.DELIVERED


def test_once_its_time_is_over_it_goes_no_further(officer: Actor, valley: Office, shore: Office) -> None:
    row = shore.brings(until=(clock.today() - timedelta(days=1)).isoformat())
    with pytest.raises(ConsentMissing):
        carrying.send(by=officer, message_id=row.pk, office_id=valley.id)
    with pytest.raises(ConsentMissing):
        carrying.deliver(by=officer, message_id=row.pk)
    assert carrying.fail(by=officer, message_id=row.pk, reason="other").state == State.UNDELIVERED


def test_it_does_not_go_round_in_a_circle(volunteer: Actor, officer: Actor, valley: Office, shore: Office) -> None:
    row = sent(volunteer, officer, valley)
    (message,) = valley.hears()
    assert shore.says("news.message", **message.body | {"route": ["a", "b"]}) == "already-here"
    offices = [f"Office {number}" for number in range(7)]
    assert shore.says("news.message", **message.body | {"exchange": uuid4().bytes, "route": [*offices, "x"]}) == (
        "too-many-offices"
    )
    far = shore.brings(route=offices)
    with pytest.raises(TooManyOffices):
        carrying.send(by=officer, message_id=far.pk, office_id=valley.id)
    assert again(row).state == State.SENT


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": "x" * (LONGEST_WORDS + 1)},
        {"to": "x" * 201},
        {"written_on": "yesterday"},
        {"until": "2031-02-30"},
        {"exchange": b"short"},
        {"route": "Society"},
        {"status": "here without papers"},
    ],
)
def test_what_is_not_as_declared_leaves_nothing_behind(shore: Office, node: object, wrong: dict[str, Any]) -> None:
    body = {
        "exchange": uuid4().bytes,
        "number": "N-2",
        "written_on": "2031-01-01",
        "to": "A",
        "route": ["S"],
        "words": "We are well",
    }
    assert shore.says("news.message", **body | wrong) != ""
    assert not RedCrossMessage.objects.exists()


def test_hidden_signs_in_what_comes_are_taken_out(officer: Actor, shore: Office) -> None:
    crooked = {name: f"A\x07{chr(0x202E)}B" for name in ("to", "parents", "place", "writer", "words", "number")}
    row = shore.brings(route=["A\x07B"], **crooked)
    address = queries.address_of(row, by=officer)
    assert (address.name, address.parents, address.place, address.route, row.number) == (
        "AB",
        "AB",
        "AB",
        ("AB",),
        "AB",
    )
    said = queries.words_of(carrying.deliver(by=officer, message_id=row.pk), by=officer)
    assert said is not None
    assert (said.writer, said.words) == ("AB", "AB")


def test_nothing_of_it_stands_open_in_the_database(volunteer: Actor, officer: Actor, valley: Office) -> None:
    row = sent(volunteer, officer, valley)
    stored = "".join(str(value) for value in RedCrossMessage.objects.filter(pk=row.pk).values_list()[0])
    stored += "".join(str(bytes(one.envelope.file)) for one in Outgoing.objects.all())
    for planted in ("Warsame", "Yusuf", "Mill"):
        assert planted not in stored


def test_the_volunteer_sees_of_others_messages_nothing(volunteer: Actor, officer: Actor, shore: Office) -> None:
    row = shore.brings()
    assert row in queries.visible_to(officer)
    assert row not in queries.visible_to(volunteer)
    assert handed_in(volunteer) in queries.visible_to(volunteer)


def test_of_what_is_taken_back_before_it_came_the_newest_are_kept(
    valley: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "MOST_BEFORE", 3)
    numbers = [uuid4() for _count in range(5)]
    assert [valley.says("news.withdraw", exchange=one.bytes) for one in numbers] == [""] * 5
    assert set(RedCrossMessage.objects.values_list("exchange", flat=True)) == set(numbers[2:])


def test_what_one_office_takes_back_another_still_brings(valley: Office, shore: Office) -> None:
    number = uuid4().bytes
    assert valley.says("news.withdraw", exchange=number) == ""
    assert shore.brings(exchange=number).state == State.ARRIVED
    assert valley.says("news.withdraw", exchange=number) == "unknown-message"


def test_what_an_office_writes_as_its_road_stands_sealed_only(valley: Office) -> None:
    row = valley.brings(route=["Selam Tesfaye, blue house"])
    assert {step.office for step in row.steps.all()} == {""}
    assert moving.opened(row)[0].route == ("Selam Tesfaye, blue house",)
