"""Bar: a referral moves by one declared table, by a clock that need alone sets, and never without consent."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.referrals.factories import agreed, drafted, partner, sent
from waystation.casework.followups.models import FollowUp
from waystation.casework.referrals import actions, queries
from waystation.casework.referrals.codes import ONLY_BY_MESSAGE, TABLE, Act, Passed, ReferralClock, State
from waystation.casework.referrals.models import Referral
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import ConsentMissing, Invalid, NotFound
from waystation.kernel.states import WrongState
from waystation.people.actions import erase, withdraw_consent
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Disclosure

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WORDS = actions.Answer(declined="full", verdict="helped", words="Said on the telephone")


def running(referral: Referral) -> dict[str, datetime | None]:
    return dict(FollowUp.objects.filter(subject=referral.pk, state="open").values_list("kind", "due_at"))


def do(by: Actor, referral: Referral, act: str) -> None:
    if act == Act.CONSENT:
        day = clock.today() + timedelta(days=5)
        actions.agree(by=by, referral_id=referral.pk, document=ConsentDocument(read_back=True), expires_on=day)
    elif act == Act.SEND:
        actions.send(by=by, referral_id=referral.pk, way="paper")
    elif act == Act.WITHDRAW:
        withdraw_consent(by=by, consent_id=Referral.objects.get(pk=referral.pk).consent_id or referral.pk)
    else:
        actions.go_on(by=by, referral_id=referral.pk, act=act, answer=WORDS)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(Act.values), max_size=14))
def test_walking_at_random_follows_the_table_and_nothing_else(actors: dict[str, Actor], walk: list[str]) -> None:
    """On paper; `tests/casework/asked/test_road.py` walks what only a sealed message does."""
    by, referral = actors["caseworker"], drafted(actors["caseworker"])
    for act in walk:
        if act in ONLY_BY_MESSAGE:
            with pytest.raises(Invalid):
                do(by, referral, act)
            continue
        referral.refresh_from_db()
        before = referral.state
        if TABLE.allows(before, act):
            do(by, referral, act)
            referral.refresh_from_db()
            assert referral.state == TABLE.after(before, act)
        elif act != Act.WITHDRAW:
            with pytest.raises(WrongState):
                do(by, referral, act)
    referral.refresh_from_db()
    assert referral.state in TABLE.reachable() == set(State.values)


def test_the_database_holds_no_state_outside_the_table_and_nothing_sent_without_consent(
    actors: dict[str, Actor],
) -> None:
    referral = drafted(actors["caseworker"])
    for wrong in ({"state": "lost"}, {"state": State.SENT}, {"partner": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(**wrong)


@pytest.mark.parametrize(("priority", "hours"), [("emergency", 24), ("urgent", 72), ("normal", 336)])
@time_machine.travel(NOW, tick=False)
def test_an_answer_is_due_by_priority(actors: dict[str, Actor], priority: str, hours: int) -> None:
    referral = sent(actors["caseworker"], priority=priority)
    assert running(referral) == {ReferralClock.ANSWER: NOW + timedelta(hours=hours)}


def test_a_receipt_does_not_stop_the_clock_and_an_answer_does(actors: dict[str, Actor]) -> None:
    by, referral = actors["caseworker"], sent(actors["caseworker"])
    actions.go_on(by=by, referral_id=referral.pk, act=Act.ACKNOWLEDGE)
    assert set(running(referral)) == {ReferralClock.ANSWER}
    actions.go_on(by=by, referral_id=referral.pk, act=Act.ACCEPT)
    assert set(running(referral)) == {ReferralClock.START}


def test_without_an_answer_a_coordinator_is_told_once(actors: dict[str, Actor]) -> None:
    by, referral = actors["caseworker"], sent(actors["caseworker"])
    actions.escalate(by=by, referral_id=referral.pk)
    told = FollowUp.objects.get(kind=ReferralClock.ESCALATED)
    assert (told.subject, told.immediate, told.owner) == (referral.pk, True, None)
    with pytest.raises(Invalid):
        actions.escalate(by=by, referral_id=referral.pk)


def test_nothing_leaves_without_consent_nor_after_it_was_taken_back(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    with pytest.raises(WrongState):
        actions.send(by=by, referral_id=drafted(by).pk, way="paper")
    referral = agreed(by)
    assert referral.consent_id
    withdraw_consent(by=by, consent_id=referral.consent_id)
    referral.refresh_from_db()
    assert referral.state == State.DRAFT
    with pytest.raises(WrongState):
        actions.send(by=by, referral_id=referral.pk, way="paper")
    assert not Disclosure.objects.exists()


def test_a_consent_that_has_run_out_lets_nothing_leave(actors: dict[str, Actor]) -> None:
    by, referral = actors["caseworker"], agreed(actors["caseworker"])
    with time_machine.travel(clock.now() + timedelta(days=40)), pytest.raises(ConsentMissing):
        actions.send(by=by, referral_id=referral.pk, way="paper")
    referral.refresh_from_db()
    assert (referral.state, Disclosure.objects.count()) == (State.CONSENTED, 0)


def test_taking_back_after_it_left_stops_everything_and_the_partner_is_told(actors: dict[str, Actor]) -> None:
    by, referral = actors["caseworker"], sent(actors["caseworker"])
    assert referral.consent_id
    withdraw_consent(by=by, consent_id=referral.consent_id)
    referral.refresh_from_db()
    assert referral.state == State.RECALLED
    assert set(running(referral)) == {ReferralClock.TELL}


@given(fields=st.sets(st.sampled_from(Passed.values)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_exactly_what_was_ticked_is_told_and_listed(actors: dict[str, Actor], fields: set[str]) -> None:
    by = actors["caseworker"]
    referral = drafted(by, fields=tuple(sorted(fields)), given="Blankets", special="Afraid of dogs")
    told = {code for code, _label, _value in queries.leaving(referral, by=by)}
    assert told <= fields
    if not fields:
        with pytest.raises(Invalid):
            do(by, referral, Act.CONSENT)
        return
    do(by, referral, Act.CONSENT)
    if told:
        do(by, referral, Act.SEND)
        listed = Disclosure.objects.filter(person=referral.person_id)
        assert listed.count() == 1


def test_what_the_person_agreed_to_cannot_be_changed_behind_her_back(actors: dict[str, Actor]) -> None:
    by, referral = actors["caseworker"], agreed(actors["caseworker"])
    said = queries.document_of(referral, by=by)
    with pytest.raises(Invalid):
        actions.rewrite(by=by, referral_id=referral.pk, document=said)


def test_a_ministry_is_refused_even_with_an_ordinary_consent(actors: dict[str, Actor]) -> None:
    by, referral = actors["caseworker"], drafted(actors["caseworker"])
    Referral.objects.filter(pk=referral.pk).update(partner=partner("Ministry of the Interior", kind="ministry"))
    assert queries.recipient_kind(queries.get_for(by, referral.pk)) == "authority"


def test_a_referral_of_a_field_one_does_not_open_is_not_found(actors: dict[str, Actor]) -> None:
    referral = drafted(actors["health"], service="health")
    with pytest.raises(NotFound):
        queries.get_for(actors["caseworker"], referral.pk)


def test_an_erased_person_leaves_no_referral(actors: dict[str, Actor]) -> None:
    referral = sent(actors["caseworker"])
    erase(by=actors["coordinator"], person_id=referral.person_id, reason="person-asked")
    assert not Referral.objects.exists()
    assert not Consent.objects.exists()


def test_what_left_is_read_in_the_readers_language_whoever_sent_it(
    actors: dict[str, Actor], client_for: Callable[..., Client]
) -> None:
    with translation.override("fr"):
        referral = sent(actors["caseworker"])
    worker, said = client_for("caseworker"), {}
    for language in ("en", "fr", "es", "ar"):
        with translation.override(language):
            said[language] = str(Passed.REASON.label)
        sheet = unescape(worker.get(f"/people/{referral.person_id}/left/?lang={language}").content.decode())
        assert [other for other, label in said.items() if f">{label}<" in sheet] == [language]
