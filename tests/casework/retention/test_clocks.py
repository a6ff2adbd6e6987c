"""What is due and what is not; who may change for how long; what clocks do by themselves and what they never do."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.casework.retention.conftest import long_gone
from tests.people.factories import registered
from waystation.accounts import approvals
from waystation.audit.models import Leaf
from waystation.casework import clocks
from waystation.casework.actions import HelpDraft, NeedDraft, record_help, record_urgent
from waystation.casework.clocks import Clock, Then
from waystation.casework.models import Encounter, Need
from waystation.casework.retention import actions, housekeeping, own_clocks, periods, queries
from waystation.casework.retention.models import Batch, Kept, Period
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.codes import USUAL_CONSENT
from waystation.people.documents import ConsentDocument
from waystation.people.models import Consent, Person
from waystation.people.queries import opened_consents, visible_to
from waystation.vault import open_documents

TWO_YEARS = timedelta(days=2 * 365 + 5)


def due(by: Actor, code: str) -> set[Person]:
    one = clocks.get(code)
    assert one is not None
    return set(queries.due_people(by, one, periods.of_node()[code]))


def test_who_was_not_met_for_two_years_is_dormant_and_who_was_met_is_not(coordinator: Actor) -> None:
    gone = long_gone(coordinator, ago=TWO_YEARS)
    long_gone(coordinator, "Idris", ago=timedelta(days=2 * 365 - 5))
    registered(coordinator, "Layla")
    assert due(coordinator, own_clocks.DORMANT) == {gone}
    assert due(coordinator, own_clocks.OVER) == set()


def test_an_open_need_or_a_standing_consent_keeps_a_record_awake_but_not_for_five_years(coordinator: Actor) -> None:
    waiting, allowing = long_gone(coordinator, "Selam"), long_gone(coordinator, "Dawit")
    record_help(by=coordinator, person_id=waiting.pk, draft=HelpDraft(needs=[NeedDraft(code="food")]))
    Person.objects.filter(pk=waiting.pk).update(last_met_at=waiting.last_met_at)
    people.give_consent(
        by=coordinator,
        person_id=allowing.pk,
        purpose="services",
        recipient_kind="society",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=10),
    )
    assert due(coordinator, own_clocks.DORMANT) == set()
    assert due(coordinator, own_clocks.OVER) == {waiting, allowing}


def test_who_looks_for_family_is_kept_while_that_is_open(coordinator: Actor) -> None:
    person = long_gone(coordinator)
    people.give_consent(
        by=coordinator,
        person_id=person.pk,
        purpose="tracing",
        recipient_kind="society",
        document=ConsentDocument(read_back=True),
        expires_on=clock.today() + timedelta(days=10),
    )
    assert due(coordinator, own_clocks.OVER) == set()


def test_a_record_joined_in_another_that_was_met_is_not_due(coordinator: Actor) -> None:
    gone, seen = long_gone(coordinator), registered(coordinator, "Aamina").person
    people.merge(by=coordinator, survivor_id=gone.pk, absorbed_id=seen.pk)
    assert due(coordinator, own_clocks.DORMANT) == set()


def test_kept_until_a_day_with_a_reason_it_comes_up_again_on_that_day(coordinator: Actor) -> None:
    person = long_gone(coordinator)
    day = clock.today() + timedelta(days=30)
    actions.keep(
        by=coordinator,
        person_ids=[person.pk],
        clock_code=own_clocks.OVER,
        until=day,
        reason="Claims wages in May",
    )
    assert due(coordinator, own_clocks.OVER) == set()
    assert queries.kept_before([person.pk], by=coordinator)[person.pk][1] == "Claims wages in May"
    Kept.objects.update(until=clock.today())
    assert due(coordinator, own_clocks.OVER) == {person}


@pytest.mark.parametrize("days", [-1, 0, 4000])
def test_nothing_is_kept_without_a_reason_or_for_ever(coordinator: Actor, days: int) -> None:
    person = long_gone(coordinator)
    with pytest.raises(Invalid) as refused:
        actions.keep(
            by=coordinator,
            person_ids=[person.pk],
            clock_code=own_clocks.OVER,
            until=clock.today() + timedelta(days=days),
            reason=" ",
        )
    assert set(refused.value.fields) == {"until", "reason"}


def test_who_is_not_due_is_neither_kept_nor_erased_by_a_review(coordinator: Actor) -> None:
    person = registered(coordinator, "Amina").person
    with pytest.raises(Invalid):
        actions.ask_erasure(by=coordinator, person_ids=[person.pk], clock_code=own_clocks.OVER)
    with pytest.raises(NotFound):
        actions.ask_erasure(by=coordinator, person_ids=[person.pk], clock_code="no.such")


def test_an_erasure_after_a_review_takes_two_and_names_stand_on_one_page(
    coordinator: Actor, second: Actor, decide: Callable[..., None]
) -> None:
    both = [long_gone(coordinator, name) for name in ("Amina", "Idris")]
    batch = actions.ask_erasure(by=coordinator, person_ids=[person.pk for person in both], clock_code=own_clocks.OVER)
    assert set(visible_to(coordinator)) == set(both), "asking erases nobody"
    assert not approvals.waiting_for(coordinator).exists()
    assert len(queries.batch_people(batch, by=second)) == 2
    decide()
    assert not visible_to(coordinator).exists()
    assert Batch.objects.get().people.count() == 0, "who it was stands nowhere afterwards"


def test_who_came_back_while_a_second_officer_was_asked_is_not_erased(
    coordinator: Actor, decide: Callable[..., None]
) -> None:
    back, gone = long_gone(coordinator), long_gone(coordinator, "Idris")
    actions.ask_erasure(by=coordinator, person_ids=[back.pk, gone.pk], clock_code=own_clocks.OVER)
    Person.objects.filter(pk=back.pk).update(last_met_at=clock.now())
    decide()
    assert set(visible_to(coordinator)) == {back}


def test_one_officer_shortens_and_it_takes_two_to_lengthen(coordinator: Actor, decide: Callable[..., None]) -> None:
    actions.change_period(by=coordinator, clock_code=own_clocks.DORMANT, days=100)
    assert periods.of_node()[own_clocks.DORMANT] == 100
    actions.change_period(by=coordinator, clock_code=own_clocks.DORMANT, days=200)
    assert periods.of_node()[own_clocks.DORMANT] == 100, "asking lengthens nothing"
    decide(yes=False)
    assert periods.of_node()[own_clocks.DORMANT] == 100
    actions.change_period(by=coordinator, clock_code=own_clocks.DORMANT, days=200)
    decide()
    assert periods.of_node()[own_clocks.DORMANT] == 200


def test_a_longer_period_asked_for_before_a_shorter_one_never_comes_after_it(coordinator: Actor, second: Actor) -> None:
    actions.change_period(by=coordinator, clock_code=own_clocks.DORMANT, days=5000)
    (question,) = approvals.waiting_for(second)
    actions.change_period(by=coordinator, clock_code=own_clocks.DORMANT, days=50)
    with pytest.raises(WrongState):
        approvals.approve(by=second, approval_id=question.pk)
    assert periods.of_node()[own_clocks.DORMANT] == 50


@pytest.mark.parametrize("days", [0, -5, 7301, 730])
def test_a_period_that_is_none_or_no_change_is_refused(coordinator: Actor, days: int) -> None:
    with pytest.raises(Invalid):
        actions.change_period(by=coordinator, clock_code=own_clocks.DORMANT, days=days)
    assert not Period.objects.exists()


def test_what_the_vault_keeps_cannot_be_changed_here(coordinator: Actor, volunteer: Actor) -> None:
    with pytest.raises(NotFound):
        actions.change_period(by=coordinator, clock_code="vault.epoch", days=1)
    with pytest.raises(NotAllowed):
        actions.change_period(by=volunteer, clock_code=own_clocks.DORMANT, days=1)


def consent(by: Actor, person: Person, **changes: object) -> Consent:
    document = ConsentDocument(
        read_back=True, note="He hesitated, his cousin waited outside", withheld=("Cousin Omar",)
    )
    row = people.give_consent(
        by=by,
        person_id=person.pk,
        purpose="referral",
        recipient_kind="ngo",
        document=document,
        expires_on=clock.today() + USUAL_CONSENT,
    )
    Consent.objects.filter(pk=row.pk).update(**changes)
    return row


def test_the_words_of_a_consent_that_is_over_go_and_who_was_never_to_be_told_stays(coordinator: Actor) -> None:
    person = registered(coordinator, "Amina").person
    old = clock.now() - timedelta(days=31)
    gone = consent(coordinator, person, state="withdrawn", withdrawn_at=old)
    consent(coordinator, person, expires_on=clock.today() - timedelta(days=366))
    kept = consent(coordinator, person, state="withdrawn", withdrawn_at=clock.now())
    done = {name: count for name, count in housekeeping.tidy().items() if count}
    assert done == {"consent.withdrawn": 1, "consent.expired": 1}
    notes = {view.row.pk: view.document.note for view in opened_consents(list(Consent.objects.all()), by=coordinator)}
    assert notes.pop(kept.pk)
    assert notes[gone.pk] == ""
    assert set(notes.values()) == {""}
    documents = open_documents(list(Consent.objects.all()), ConsentDocument, by=coordinator)
    assert [document.withheld for document in documents.values()] == [("Cousin Omar",)] * 3
    assert housekeeping.tidy()["consent.withdrawn"] == 0, "what was done is not done again every hour"
    assert Leaf.objects.filter(action="retention.clock", reason="consent.withdrawn").count() == 1


def test_a_meeting_without_a_person_loses_its_hour_and_one_with_a_person_does_not(coordinator: Actor) -> None:
    person = registered(coordinator, "Amina").person
    record_help(by=coordinator, person_id=person.pk, draft=HelpDraft(needs=[NeedDraft(code="food")]))
    record_urgent(by=coordinator, draft=HelpDraft(needs=[NeedDraft(code="health")]), sex="male", age_band="25-59")
    met = clock.now().replace(hour=13, minute=37) - timedelta(days=100)
    Encounter.objects.update(met_at=met)
    Need.objects.update(recorded_at=met)
    assert housekeeping.tidy()["meeting.nameless"] == 1
    nameless, named = Encounter.objects.get(person=None), Encounter.objects.get(person=person)
    assert (nameless.met_at.hour, nameless.met_at.minute, nameless.met_at.date()) == (0, 0, met.date())
    assert named.met_at == met
    assert Need.objects.get(encounter=nameless).recorded_at.hour == 0


def test_no_clock_erases_a_person_by_itself(coordinator: Actor) -> None:
    person = long_gone(coordinator)
    housekeeping.tidy()
    assert set(visible_to(coordinator)) == {person}
    assert [one.code for one in clocks.all_clocks() if one.rows and one.act] == []
    with pytest.raises(ValueError, match="either reviewed or automatic"):
        clocks.register(
            Clock(
                code="x",
                says="x",
                since="x",
                days=1,
                then=Then.ERASE,
                rows=lambda _before: Person.objects.all(),
                act=lambda _before: 0,
            )
        )


def test_a_clock_that_fails_does_not_hold_up_the_others(
    coordinator: Actor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_before: object) -> int:
        raise OSError("disk")

    monkeypatch.setitem(
        clocks._clocks,
        "a.broken",
        Clock(code="a.broken", says="x", since="x", days=1, then=Then.WORDS, act=broken, order=1),
    )
    assert "consent.withdrawn" in housekeeping.tidy()
    assert "a.broken" in caplog.text


def test_a_locked_node_does_nothing(coordinator: Actor) -> None:
    from waystation.vault import node

    node.lock("test")
    assert housekeeping.tidy() == {}


def test_who_is_kept_to_another_post_is_counted_there_and_not_shown(coordinator: Actor) -> None:
    from waystation.organisations.models import Post

    person = long_gone(coordinator)
    Person.objects.filter(pk=person.pk).update(kept_to_post=Post.objects.create(name="Harbour"))
    one = clocks.get(own_clocks.OVER)
    assert one is not None
    assert due(coordinator, own_clocks.OVER) == set()
    assert queries.due_counts(coordinator, periods.of_node())[one.code] == (0, 1)
    with pytest.raises(Invalid):
        actions.ask_erasure(by=coordinator, person_ids=[person.pk, uuid4()], clock_code=own_clocks.OVER)
