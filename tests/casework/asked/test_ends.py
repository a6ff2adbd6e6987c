"""Bar: what crosses, comes late, twice or in another order has one end on both sides."""

from datetime import timedelta

import pytest

from tests.casework.asked.mirror import Road, agreed, other_side, sent
from tests.casework.asked.test_consent import take
from tests.casework.asked.test_referring_by_message import running, states, told, willing
from waystation.accounts.models import Account
from waystation.casework.asked import answering, keeping, queries
from waystation.casework.asked.models import Asked
from waystation.casework.problems import NotAgreed
from waystation.casework.referrals import actions
from waystation.casework.referrals import queries as referrals
from waystation.casework.referrals import road as asking
from waystation.casework.referrals.models import Referral
from waystation.exchange import housekeeping
from waystation.exchange.models import Outgoing
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.models import Person
from waystation.vault.models import PersonKey


def test_declined_with_a_reason(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    road.through()
    with pytest.raises(Invalid):
        answering.decline(by=by, asked_id=other_side(row).pk, declined="no idea")
    answering.decline(by=by, asked_id=other_side(row).pk, declined="full")
    assert road.through() == []
    assert states(row) == ("declined", "declined")
    assert row.declined == "full"
    assert "referral.content/1" not in {message.kind for message in road.said}


def test_a_question_and_its_answer(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    road.through()
    answering.ask(by=by, asked_id=other_side(row).pk, words="Does she walk?")
    road.through()
    assert "referral.question" in running(row)
    asking.reply(by=by, referral_id=row.pk, words="Slowly")
    road.through()
    assert "referral.question" not in running(row)
    row.refresh_from_db()
    ours = referrals.document_of(row, by=by).talk
    theirs = queries.document_of(other_side(row), by=by).talk
    assert [(line.theirs, line.words) for line in ours] == [(True, "Does she walk?"), (False, "Slowly")]
    assert [(line.theirs, line.words) for line in theirs] == [(False, "Does she walk?"), (True, "Slowly")]


def test_a_withdrawal_may_come_before_its_offer(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    road.gather()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.gather()
    road.come(1)
    road.come(0)
    assert states(row) == ("recalled", "withdrawn")
    assert not queries.visible_to(by).exists()


def test_a_withdrawal_that_crosses_an_answer_wins_on_both_sides(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    road.through()
    answering.accept(by=by, asked_id=other_side(row).pk)
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.gather()
    assert road.come(0) == "too-late"
    assert states(row) == ("recalled", "withdrawn")
    road.through()
    assert states(row) == ("recalled", "withdrawn")


def test_a_withdrawal_that_overtakes_what_was_agreed(by: Actor, road: Road) -> None:
    row = willing(by, road)
    asking.tell(by=by, referral_id=row.pk)
    road.gather()
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.gather()
    before = Person.objects.count()
    assert (road.come(1), road.come(0)) == ("", "too-late")
    assert states(row) == ("recalled", "withdrawn")
    assert Person.objects.count() == before


def test_a_withdrawal_that_crosses_news(by: Actor, road: Road) -> None:
    row = told(by, road)
    answering.go_on(by=by, asked_id=other_side(row).pk, act="start")
    people.withdraw_consent(by=by, consent_id=row.consent_id or row.pk)
    road.gather()
    assert road.come(0) == "too-late"
    road.through()
    assert states(row) == ("recalled", "withdrawn")
    assert running(other_side(row)) == {"asked.gone"}
    answering.seen_to(by=by, asked_id=other_side(row).pk)
    assert running(other_side(row)) == set()


def test_everything_twice_and_news_in_the_wrong_order(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    road.gather()
    road.come(0, again=True)
    road.through()
    answering.accept(by=by, asked_id=other_side(row).pk)
    road.through()
    asking.tell(by=by, referral_id=row.pk)
    road.gather()
    content = next(message for message in road.said if message.kind == "referral.content/1")
    road.through()
    people_here = Person.objects.count()
    assert take(road, road.far.message(content.kind, content.body)) == ""
    assert Person.objects.count() == people_here
    for act in ("start", "complete"):
        answering.go_on(by=by, asked_id=other_side(row).pk, act=act)
    answering.tell_feedback(by=by, asked_id=other_side(row).pk, verdict="partly", words="It was cold")
    road.gather()
    assert [road.come(2), road.come(1), road.come(0)] == ["", "", ""]
    assert states(row) == ("feedback", "completed")
    assert (row.verdict, referrals.document_of(row, by=by).feedback) == ("partly", "It was cold")


def test_content_of_what_nobody_accepted_or_asked(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    road.through()
    body = {"exchange": row.pk.bytes, "feedback": False, "given_name": "Selam"}
    assert take(road, road.far.message("referral.content/1", body)) == "not-accepted"
    body["exchange"] = road.far.id.bytes
    assert take(road, road.far.message("referral.content/1", body)) == "unknown-referral"
    assert states(row) == ("acknowledged", "asked")


def test_what_had_no_effect_there_is_somebody_elses_way(by: Actor, road: Road) -> None:
    row = willing(by, road)
    Asked.objects.update(accepted_by=row.pk)
    asking.tell(by=by, referral_id=row.pk)
    assert "nobody-to-take" in road.through()
    assert states(row) == ("failed", "withdrawn")
    assert (row.lost, running(row)) == ("nobody-to-take", {"referral.lost"})


def test_what_nobody_can_open_any_more(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    road.gather()
    road.waiting.clear()
    Outgoing.objects.filter(subject=row.pk).update(made_at=clock.now() - timedelta(days=200))
    housekeeping.give_up()
    row.refresh_from_db()
    assert (row.state, row.lost, running(row)) == ("failed", "given-up", {"referral.lost"})


def test_nobody_here_does_what_their_messages_do(by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    for act in ("acknowledge", "accept", "decline"):
        with pytest.raises(Invalid):
            actions.go_on(by=by, referral_id=row.pk, act=act, answer=actions.Answer(declined="full"))
    road.through()
    answering.accept(by=by, asked_id=other_side(row).pk)
    road.through()
    actions.go_on(by=by, referral_id=row.pk, act="fail")
    road.through()
    assert states(row) == ("failed", "withdrawn")


def test_help_is_told_of_only_where_it_is_given(by: Actor, road: Road) -> None:
    row = willing(by, road)
    theirs = other_side(row)
    for act in ("start", "complete"):
        with pytest.raises(WrongState):
            answering.go_on(by=by, asked_id=theirs.pk, act=act)
    with pytest.raises(WrongState):
        answering.tell_feedback(by=by, asked_id=theirs.pk, verdict="helped")
    with pytest.raises(NotAgreed):
        answering.go_on(by=by, asked_id=theirs.pk, act="fail", words="No bed after all")
    answering.go_on(by=by, asked_id=theirs.pk, act="fail")
    road.through()
    assert states(row) == ("failed", "failed")


@pytest.mark.parametrize("there", [True, False])
def test_where_nobody_opens_a_service_somebody_answers_all_the_same(by: Actor, road: Road, there: bool) -> None:
    Account.objects.filter(role="health").update(is_active=there)
    body = {"exchange": road.far.id.bytes, "service": "health", "priority": "urgent"}
    assert take(road, road.far.message("referral.offer/1", body)) == ""
    assert Asked.objects.get().compartment == ("health" if there else "protection")


def test_who_may_not_sees_nothing(actors: dict[str, Actor], by: Actor, road: Road) -> None:
    row = sent(by, road.far)
    Referral.objects.filter(pk=row.pk).update(service="health")
    road.through()
    Asked.objects.update(compartment="health")
    with pytest.raises(NotFound):
        answering.accept(by=by, asked_id=other_side(row).pk)
    with pytest.raises(NotAllowed):
        answering.accept(by=actors["volunteer"], asked_id=other_side(row).pk)
    assert answering.accept(by=actors["health"], asked_id=other_side(row).pk).state == "accepted"


def test_erased_with_the_person(actors: dict[str, Actor], by: Actor, road: Road) -> None:
    theirs = other_side(told(by, road))
    assert theirs.person_id
    people.erase(by=actors["coordinator"], person_id=theirs.person_id, reason="person-asked")
    assert not Asked.objects.filter(pk=theirs.pk).exists()
    assert not PersonKey.objects.filter(pk=theirs.pk).exists()


def test_what_is_long_over_is_forgotten(by: Actor, road: Road) -> None:
    never, known = sent(by, road.far), told(by, road)
    answering.decline(by=by, asked_id=other_side(never).pk, declined="full")
    answering.go_on(by=by, asked_id=other_side(known).pk, act="fail")
    road.through()
    assert keeping.forget(clock.now() - timedelta(days=1)) == 0
    assert keeping.forget(clock.now() + timedelta(days=1)) == 2
    assert not Asked.objects.filter(exchange=never.pk).exists()
    left = other_side(known)
    assert (left.sealed, queries.document_of(left, by=by).told) == (None, ())
    assert not PersonKey.objects.filter(pk=left.pk).exists()


def test_an_agreed_one_can_still_go_another_way(by: Actor, road: Road) -> None:
    row = actions.send(by=by, referral_id=agreed(by, road.far).pk, way="telephone")
    assert (row.state, row.by_message) == ("sent", False)
    assert not Outgoing.objects.filter(kind__startswith="referral.").exists()
