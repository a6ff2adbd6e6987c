"""Bar: what crosses has one end on both sides, and what another organisation has is not written here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.casework.handover.mirror import Road, agreed, case_of, draft, let_go, other_side
from tests.casework.handover.test_consent import handed
from tests.exchange.conftest import befriend
from tests.exchange.far import Far
from waystation.casework.cases import actions as cases
from waystation.casework.cases import handing
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.cases.models import Case
from waystation.casework.followups.models import FollowUp
from waystation.casework.handover import giving, keeping, queries, taking
from waystation.casework.handover.documents import OfferedDocument
from waystation.casework.handover.models import Correction, Given, Offered
from waystation.casework.handover.problems import AlreadyOffered
from waystation.casework.problems import NotAgreed
from waystation.exchange import inbox
from waystation.exchange.models import Incoming
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people import queries as of_people
from waystation.vault.models import PersonKey
from waystation.vault.sealing import open_for_keeping


def running(row: Given | Offered) -> set[str]:
    return set(FollowUp.objects.filter(subject=row.pk, state="open").values_list("kind", flat=True))


def offered(by: Actor, case: Case, road: Road) -> Given:
    row = agreed(by, case, road.far)
    giving.offer(by=by, handover_id=row.pk)
    road.through()
    return row


def states(row: Given) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, other_side(row).state


def test_a_withdrawal_that_crosses_an_acceptance_wins_on_both_sides(by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    taking.accept(by=by, offered_id=other_side(row).pk)
    giving.withdraw(by=by, handover_id=row.pk)
    road.gather()
    assert road.come(0) == "too-late"
    road.through()
    assert states(row) == ("withdrawn", "withdrawn")


def test_an_acceptance_that_came_first_stands_until_something_was_sent(by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    giving.send(by=by, handover_id=row.pk)
    road.gather()
    with pytest.raises(WrongState):
        giving.withdraw(by=by, handover_id=row.pk)
    road.through()
    assert states(row) == ("taken", "taken")


def test_a_withdrawal_may_come_before_its_offer(by: Actor, case: Case, road: Road) -> None:
    row = agreed(by, case, road.far)
    giving.offer(by=by, handover_id=row.pk)
    road.gather()
    giving.withdraw(by=by, handover_id=row.pk)
    road.gather()
    road.come(1)
    road.come(0)
    assert states(row) == ("withdrawn", "withdrawn")
    assert not queries.offered(by).exists()


def test_one_case_is_offered_once(actors: dict[str, Actor], by: Actor, case: Case, road: Road) -> None:
    other = Far()
    befriend(other, actors)
    row = agreed(by, case, road.far)
    with pytest.raises(AlreadyOffered):
        giving.begin(by=by, case_id=case.pk, draft=draft(other))
    copy = Given.objects.get(pk=row.pk)
    copy.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
    giving.withdraw(by=by, handover_id=row.pk)
    assert giving.begin(by=by, case_id=case.pk, draft=draft(other)).state == "draft"


def test_what_they_have_is_not_written_here(by: Actor, case: Case, road: Road) -> None:
    handed(by, case, road)
    case.refresh_from_db()
    for write in (
        lambda: cases.write(by=by, case_id=case.pk, revision=case.revision, texts={"reason": "Newer"}),
        lambda: cases.add_note(by=by, case_id=case.pk, text="A note"),
        lambda: cases.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal="A goal")),
        lambda: cases.go_on(by=by, case_id=case.pk, act="reopen"),
    ):
        with pytest.raises((Invalid, cases.NotYet)):
            write()


def test_what_came_back_has_one_owner(actors: dict[str, Actor], by: Actor, case: Case, road: Road) -> None:
    row = handed(by, case, road)
    taking.give_back(by=by, offered_id=other_side(row).pk, reason="not_arrived")
    road.through()
    assert states(row) == ("back", "given_back")
    case.refresh_from_db()
    theirs = other_side(row).case
    assert theirs is not None
    assert (row.back_for, case.state, theirs.state) == ("not_arrived", "reopened", "closed")
    assert running(row) == {"handover.back"}
    cases.add_note(by=by, case_id=case.pk, text="She is here again")
    with pytest.raises(Invalid):
        cases.add_note(by=by, case_id=theirs.pk, text="Not ours")
    let_go(by, actors["coordinator"], case)
    assert agreed(by, case, road.far).state == "agreed"


def test_refused_with_a_reason_the_case_stays_ours(by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    with pytest.raises(Invalid):
        taking.refuse(by=by, offered_id=other_side(row).pk, reason="no idea")
    taking.refuse(by=by, offered_id=other_side(row).pk, reason="full")
    road.through()
    assert states(row) == ("refused", "refused")
    assert row.refused == "full"


def test_a_question_and_its_answer(by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    taking.ask(by=by, offered_id=other_side(row).pk, words="Does she walk?")
    road.through()
    assert "handover.question" in running(row)
    giving.reply(by=by, handover_id=row.pk, words="Yes, slowly")
    road.through()
    assert "handover.question" not in running(row)
    here = [(line.theirs, line.words) for line in queries.document_of(Given.objects.get(pk=row.pk), by=by).talk]
    there = [(line.theirs, line.words) for line in queries.preview_of(other_side(row), by=by).talk]
    assert here == [(True, "Does she walk?"), (False, "Yes, slowly")]
    assert there == [(False, "Does she walk?"), (True, "Yes, slowly")]


def test_content_that_nobody_may_take_comes_back(actors: dict[str, Actor], case: Case, road: Road) -> None:
    from waystation.accounts.models import Account

    by = actors["caseworker"]
    row = offered(by, case, road)
    taking.accept(by=actors["coordinator"], offered_id=other_side(row).pk)
    road.through()
    giving.send(by=by, handover_id=row.pk)
    Account.objects.filter(pk=actors["coordinator"].account_id).update(is_active=False)
    assert road.through() == ["nobody-to-take"]
    case.refresh_from_db()
    assert (states(row), row.refused, case.state) == (("failed", "withdrawn"), "nobody-to-take", "new")


def test_a_correction_never_overwrites_what_is_newer(by: Actor, case: Case, road: Road) -> None:
    row = handed(by, case, road)
    theirs = other_side(row).person
    assert theirs is not None
    change(by, theirs.pk, phone="+39 333 1234567")
    change(by, case.person_id, phone="+49 170 5550199", birth_year=1995)
    giving.correct(by=by, handover_id=row.pk)
    with pytest.raises(Invalid):
        giving.correct(by=by, handover_id=row.pk)
    road.through()
    assert of_people.identity_of(of_people.get_for(by, theirs.pk), by=by).phone == "+393331234567"
    waiting = {one.name: one for one in Correction.objects.all()}
    assert set(waiting) == {"phone", "birth_year"}
    taking.decide(by=by, correction_id=waiting["phone"].pk, act="leave")
    taking.decide(by=by, correction_id=waiting["birth_year"].pk, act="use")
    told = of_people.identity_of(of_people.get_for(by, theirs.pk), by=by)
    assert (told.phone, told.birth_year) == ("+393331234567", 1995)
    assert running(other_side(row)) == set()


def change(by: Actor, person_id: Any, **said: Any) -> None:
    """Somebody writes something else."""
    person = of_people.get_for(by, person_id)
    changes = replace(of_people.identity_of(person, by=by), **said)
    people.correct(by=by, person_id=person.pk, revision=person.revision, changes=changes)


def test_a_correction_may_come_before_the_content(by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    giving.send(by=by, handover_id=row.pk)
    change(by, case.person_id, phone="+49 170 5550199")
    giving.correct(by=by, handover_id=row.pk)
    road.gather()
    road.come(1)
    road.come(0)
    road.through()
    assert states(row) == ("taken", "taken")
    assert running(other_side(row)) == {"handover.correction"}


def test_a_correction_to_no_day_at_all_is_refused_and_breaks_no_page(
    by: Actor, case: Case, road: Road, client_for: Callable[..., Client]
) -> None:
    row = handed(by, case, road)
    body = {"exchange": row.pk.bytes, "birth_date": "2024-13-99"}
    inbox.take(road.far.sealed(road.far.message("handover.correct/1", body)), "stick")
    assert Incoming.objects.get(kind="handover.correct/1").outcome == "invalid"
    page = client_for("caseworker").get(reverse("handover:offered", args=[other_side(row).pk]))
    assert page.status_code == 200
    assert not Correction.objects.exists()


@pytest.mark.parametrize("agreed_to", [True, False])
def test_news_come_back_only_when_the_person_agreed(by: Actor, case: Case, road: Road, agreed_to: bool) -> None:
    row = handed(by, case, road)
    Offered.objects.update(tell_back=agreed_to)
    if not agreed_to:
        with pytest.raises(NotAgreed):
            taking.tell_news(by=by, offered_id=other_side(row).pk, news="arrived")
    Offered.objects.update(tell_back=True)
    Given.objects.update(tell_back=agreed_to)
    taking.tell_news(by=by, offered_id=other_side(row).pk, news="arrived")
    assert road.through() == ([] if agreed_to else ["not-agreed"])
    row.refresh_from_db()
    assert (row.arrived_at is not None) is agreed_to


def test_another_node_cannot_speak_for_them(actors: dict[str, Actor], by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    other = Far()
    befriend(other, actors)
    body = {"exchange": row.pk.bytes, "answer": "accept"}
    inbox.take(other.sealed(other.message("handover.answer/1", body)), "https")
    assert Incoming.objects.get(sender=other.id).outcome == "unknown-handover"
    row.refresh_from_db()
    assert row.state == "offered"


def test_clocks_run_for_what_is_owed(by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    assert (running(row), running(other_side(row))) == ({"handover.answer"}, {"handover.decide"})
    taking.accept(by=by, offered_id=other_side(row).pk)
    road.through()
    assert (running(row), running(other_side(row))) == ({"handover.send"}, {"handover.content"})
    giving.send(by=by, handover_id=row.pk)
    assert running(row) == {"handover.arrival"}
    road.through()
    assert running(row) == running(other_side(row)) == set()


@pytest.mark.parametrize("until", ["9999-12-31", "0001-01-01"])
def test_a_clock_that_is_far_off_keeps_no_offer_for_ever(road: Road, until: str) -> None:
    body = {"exchange": uuid4().bytes, "case_kind": "general", "risk": "low", "age_band": "25-59", "sex": "male"}
    odd = {"languages": ["fra", "x" * 500], "needs": ["food", "no-such"], "asked": []}
    message = road.far.message("handover.offer/1", {**body, **odd, "until": until})
    inbox.take(road.far.sealed(message), "stick")
    row = Offered.objects.get()
    assert row.until is not None
    assert abs((row.until - clock.today()).days) <= 90
    assert open_for_keeping(row, OfferedDocument).languages == ("fra",)


@pytest.mark.parametrize(
    "wrong", [{"case_kind": "secret"}, {"until": "soon"}, {"exchange": b"short"}, {"name": "Selam"}]
)
def test_what_is_not_as_declared_is_refused(road: Road, wrong: dict[str, Any]) -> None:
    body = {"exchange": uuid4().bytes, "case_kind": "general", "risk": "low", "age_band": "25-59", "sex": "male"}
    message = road.far.message("handover.offer/1", {**body, "until": str(clock.today()), **wrong})
    inbox.take(road.far.sealed(message), "stick")
    assert not Offered.objects.exists()
    assert Incoming.objects.get().outcome in {"invalid", "unknown-handover", "undeclared-field"}


def test_over_offers_are_not_accepted(by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    Offered.objects.update(until=clock.today() - timedelta(days=1))
    with pytest.raises(Invalid):
        taking.accept(by=by, offered_id=other_side(row).pk)


def test_who_may(actors: dict[str, Actor], by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    for role in ("volunteer", "administrator"):
        with pytest.raises(NotAllowed):
            giving.begin(by=actors[role], case_id=case.pk, draft=draft(road.far))
        with pytest.raises(NotAllowed):
            taking.accept(by=actors[role], offered_id=other_side(row).pk)
    with pytest.raises(NotFound):
        queries.offered_for(actors["health"], other_side(row).pk)


def test_without_a_supervisor_no_case_goes(actors: dict[str, Actor], road: Road) -> None:
    by = actors["caseworker"]
    case = case_of(by, actors["coordinator"])
    case.reviews.update(used=True)
    with pytest.raises(cases.NotYet):
        giving.begin(by=by, case_id=case.pk, draft=draft(road.far))


def test_everything_goes_with_an_erased_person(actors: dict[str, Actor], by: Actor, case: Case, road: Road) -> None:
    row = handed(by, case, road)
    theirs = other_side(row)
    assert PersonKey.objects.filter(person=theirs.pk).exists()
    for person in filter(None, (case.person_id, theirs.person_id)):
        preview = people.erasure_preview(by=actors["coordinator"], person_id=person)
        assert preview
        people.erase(by=actors["coordinator"], person_id=person, reason="person-asked")
    assert not Given.objects.exists()
    assert not Offered.objects.exists()
    assert not PersonKey.objects.filter(person=theirs.pk).exists()


def test_offers_that_came_to_nothing_are_forgotten(by: Actor, case: Case, road: Road) -> None:
    row = offered(by, case, road)
    giving.withdraw(by=by, handover_id=row.pk)
    road.through()
    assert keeping.forget(clock.now() - timedelta(days=1)) == 0
    assert keeping.forget(clock.now() + timedelta(days=1)) == 2
    row.refresh_from_db()
    assert (row.sealed, Offered.objects.count()) == (None, 0)


def test_a_giver_brought_back_from_before_the_acceptance_gets_the_case_back(by: Actor, case: Case, road: Road) -> None:
    """Its database is last week's: it offers still, while they have taken over. Taking it back, there is one owner."""
    row = handed(by, case, road)
    Given.objects.filter(pk=row.pk).update(state="offered")
    case.refresh_from_db()
    handing.reopen(by=by, case=case)
    row.refresh_from_db()
    giving.withdraw(by=by, handover_id=row.pk)
    road.through()
    theirs = other_side(row).case
    assert theirs is not None
    assert states(row) == ("withdrawn", "withdrawn")
    assert theirs.state == "closed"


def test_who_took_over_goes_on_when_the_giver_no_longer_knows_of_it(by: Actor, case: Case, road: Road) -> None:
    """Its database is of before the offer: what is given back is refused, so they who have the case keep it."""
    row = handed(by, case, road)
    theirs = other_side(row)
    Given.objects.filter(pk=row.pk).delete()
    taking.give_back(by=by, offered_id=theirs.pk, reason="wish")
    assert "unknown-handover" in road.through()
    theirs.refresh_from_db()
    assert theirs.case is not None
    assert (theirs.state, theirs.case.state) == ("taken", "new")


def test_whoever_takes_back_a_case_that_we_had_is_noticed(
    by: Actor, case: Case, road: Road, client_for: Callable[..., Client]
) -> None:
    """It ends here, for a case has one owner; but the person may stand at our door."""
    row = handed(by, case, road)
    theirs = other_side(row)
    inbox.take(road.far.sealed(road.far.message("handover.withdraw/1", {"exchange": row.pk.bytes})), "https")
    (owed,) = FollowUp.objects.filter(subject=theirs.pk, state="open")
    assert (owed.kind, owed.person_id) == ("handover.gone", theirs.person_id)
    client = client_for("caseworker")
    page = reverse("handover:offered", args=[theirs.pk])
    assert "They took back a case that we had" in client.get(page).content.decode()
    assert client.post(reverse("handover:offered-seen-to", args=[theirs.pk])).status_code == 302
    assert "They took back a case that we had" not in client.get(page).content.decode()
