"""A family that waits hears from us in time, as it agreed to; a death is told by a trained officer, and not alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests.familylinks.missing.test_hypotheses import confirmed, moved, raised, supported
from tests.familylinks.missing.test_lost import untrained
from waystation.casework.followups.models import FollowUp
from waystation.familylinks.missing import queries
from waystation.familylinks.missing.actions import families as actions
from waystation.familylinks.missing.actions import tellings
from waystation.familylinks.missing.actions.families import PlanDraft
from waystation.familylinks.missing.actions.tellings import TellingDraft
from waystation.familylinks.missing.codes import Act, TellingState
from waystation.familylinks.missing.documents import PlanDocument, TellingDocument
from waystation.familylinks.missing.models import Hypothesis, Telling, UnidentifiedBody
from waystation.familylinks.tracing import actions as tracing
from waystation.familylinks.tracing.actions import MoveDraft, NewsDraft
from waystation.familylinks.tracing.codes import News, State
from waystation.familylinks.tracing.models import TracingRequest
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState

AGREED = PlanDocument(
    who_tells="Karim", language="tir", agreed="At her table, after work", needs=("absence", "talk", "debt")
)
NEWS = NewsDraft(news=News.LOOKING, how="face", words="Nothing new; we asked both hospitals again.")


def planned(by: Actor, row: TracingRequest, **said: Any) -> Any:
    return actions.write_plan(by=by, request_id=row.pk, draft=PlanDraft(document=AGREED, **said))


def due(row: TracingRequest, kind: str = "missing.update") -> list[Any]:
    return list(FollowUp.objects.filter(kind=kind, subject=row.pk, state="open").values_list("due_at", flat=True))


def test_a_family_hears_at_least_every_six_months(by: Actor, row: TracingRequest) -> None:
    plan = planned(by, row)
    assert plan.next_on == clock.today() + timedelta(days=180)
    assert due(row) == [clock.end_of(plan.next_on)]
    assert [one.pk for one in queries.owed(by)] == [plan.pk]
    for change, field in (
        ({"every_months": 7}, "every_months"),
        ({"every_months": 0}, "every_months"),
        ({"next_on": clock.today() + timedelta(days=181)}, "next_on"),
        ({"next_on": clock.today() - timedelta(days=1)}, "next_on"),
    ):
        with pytest.raises(Invalid) as refused:
            planned(by, row, **change)
        assert set(refused.value.fields) == {field}


def test_sooner_when_the_family_asks_and_never_later(by: Actor, row: TracingRequest) -> None:
    planned(by, row)
    plan = actions.family_asks(by=by, request_id=row.pk, days=7, words="Before the feast")
    assert (plan.next_on, plan.sooner) == (clock.today() + timedelta(days=7), True)
    assert actions.family_asks(by=by, request_id=row.pk, days=30).next_on == clock.today() + timedelta(days=7)
    assert due(row) == [clock.end_of(plan.next_on)]
    _row, said = queries.plan_of(row, by=by) or pytest.fail("no plan")
    assert [one[12:] for one in said.asked] == ["Before the feast"]
    with pytest.raises(Invalid):
        actions.family_asks(by=by, request_id=row.pk, days=365)


def test_told_it_counts_for_the_request_too_and_the_next_day_is_set(by: Actor, row: TracingRequest) -> None:
    planned(by, row, every_months=2)
    actions.family_asks(by=by, request_id=row.pk, days=7)
    plan = actions.tell_family(by=by, request_id=row.pk, draft=NEWS)
    assert (plan.next_on, plan.sooner) == (clock.today() + timedelta(days=60), False)
    row.refresh_from_db()
    assert row.told_at is not None
    assert row.told.get().news == News.LOOKING
    assert due(row) == [clock.end_of(plan.next_on)]
    assert due(row, "tracing.report") == []
    with pytest.raises(Invalid):
        actions.tell_family(by=by, request_id=row.pk, draft=replace(NEWS, words=" "))


def test_whoever_should_have_heard_already_may_still_be_planned_for_today(by: Actor, row: TracingRequest) -> None:
    with time_machine.travel(clock.now() + timedelta(days=400), tick=False):
        assert planned(by, row).next_on == clock.today()


def test_written_again_a_plan_keeps_what_the_family_asked(by: Actor, row: TracingRequest) -> None:
    planned(by, row)
    actions.family_asks(by=by, request_id=row.pk, days=3, words="How did he die")
    planned(by, row)
    _row, said = queries.plan_of(row, by=by) or pytest.fail("no plan")
    assert len(said.asked) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"who_tells": ""}, "who_tells"), ({"needs": ("luck",)}, "needs"), ({"language": "xxx"}, "language")],
)
def test_a_plan_says_who_tells_and_knows_its_codes(by: Actor, row: TracingRequest, change: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.write_plan(by=by, request_id=row.pk, draft=PlanDraft(document=replace(AGREED, **change)))
    assert set(refused.value.fields) == {field}


def test_without_a_plan_or_with_a_closed_request_nothing_is_owed(by: Actor, row: TracingRequest) -> None:
    with pytest.raises(NotFound):
        actions.tell_family(by=by, request_id=row.pk, draft=NEWS)
    planned(by, row)
    tracing.move(by=by, request_id=row.pk, draft=MoveDraft(act="close", ending="withdrawn"))
    assert (list(queries.owed(by)), due(row)) == ([], [])
    with pytest.raises(Invalid):
        planned(by, row)


@pytest.mark.parametrize("role", ["volunteer", "caseworker", "coordinator", "administrator"])
def test_other_roles_neither_plan_nor_tell(actors: dict[str, Actor], row: TracingRequest, role: str) -> None:
    with pytest.raises(NotAllowed):
        planned(actors[role], row)
    assert not queries.owed(actors[role]).exists()
    assert not queries.tellings(actors[role]).exists()


SAID = TellingDocument(
    second="Sofia", place="Her sister's kitchen", language="tir", support="Sofia stays the night", told_to="His sister"
)


@pytest.fixture
def sure(by: Actor, second: Actor, row: TracingRequest, body: UnidentifiedBody) -> Hypothesis:
    return confirmed(by, second, raised(by, row, body))


def to_tell(by: Actor, row: Hypothesis, **said: Any) -> Telling:
    document = replace(SAID, told_to="", **said)
    draft = TellingDraft(on=clock.today() + timedelta(days=1), document=document)
    return tellings.plan_telling(by=by, hypothesis_id=row.pk, draft=draft)


def told(by: Actor, row: Telling, days: int = 0, **said: Any) -> Telling:
    draft = TellingDraft(on=clock.today() + timedelta(days=days), document=replace(SAID, **said))
    return tellings.told(by=by, telling_id=row.pk, draft=draft)


def test_before_it_is_confirmed_nobody_may_tell(by: Actor, row: TracingRequest, body: UnidentifiedBody) -> None:
    made = raised(by, row, body)
    with pytest.raises(Invalid):
        to_tell(by, made)
    with pytest.raises(Invalid):
        to_tell(by, supported(by, made))
    assert not Telling.objects.exists()


def test_from_confirmed_to_planned_to_told(by: Actor, row: TracingRequest, sure: Hypothesis) -> None:
    plan = to_tell(by, sure)
    row.refresh_from_db()
    assert (plan.state, row.state) == (TellingState.PLANNED, State.SEARCHING)
    assert due(row, "missing.tell") == [clock.end_of(plan.planned_on)]
    done = told(by, plan)
    row.refresh_from_db()
    assert (done.state, done.told_on, done.told_by) == (TellingState.TOLD, clock.today(), by.account_id)
    assert (row.state, due(row, "missing.tell")) == (State.FOUND_DEAD, [])
    assert [one.act for one in row.steps.all()][-1] == "find-dead"
    _row, said = queries.tellings_of(row, by=by)[0]
    assert (said.second, said.told_to, said.place, said.support) == (
        "Sofia",
        "His sister",
        "Her sister's kitchen",
        "Sofia stays the night",
    )


@pytest.mark.parametrize("missing", ["second", "told_to", "place", "support"])
def test_told_says_with_whom_to_whom_where_and_with_which_support(by: Actor, sure: Hypothesis, missing: str) -> None:
    plan = to_tell(by, sure)
    with pytest.raises(Invalid) as refused:
        told(by, plan, 0, **{missing: " "})
    assert set(refused.value.fields) == {missing}
    plan.refresh_from_db()
    assert plan.state == TellingState.PLANNED


def test_nobody_plans_to_tell_it_alone_nor_for_yesterday(by: Actor, sure: Hypothesis) -> None:
    with pytest.raises(Invalid) as refused:
        to_tell(by, sure, second="")
    assert set(refused.value.fields) == {"second"}
    with pytest.raises(Invalid) as refused:
        draft = TellingDraft(on=clock.today() - timedelta(days=1), document=SAID)
        tellings.plan_telling(by=by, hypothesis_id=sure.pk, draft=draft)
    assert set(refused.value.fields) == {"on"}


@pytest.mark.parametrize("days", [-1, 1])
def test_told_on_a_day_between_the_plan_and_today(by: Actor, sure: Hypothesis, days: int) -> None:
    plan = to_tell(by, sure)
    with pytest.raises(Invalid) as refused:
        told(by, plan, days)
    assert set(refused.value.fields) == {"on"}


def test_an_officer_without_the_training_neither_plans_nor_tells(by: Actor, sure: Hypothesis) -> None:
    plan = to_tell(by, sure)
    with pytest.raises(NotAllowed):
        told(untrained(by), plan)
    tellings.call_off(by=by, telling_id=plan.pk, words="The sister travels")
    with pytest.raises(NotAllowed):
        to_tell(untrained(by), sure)


def test_planned_once_and_called_off_with_a_reason(by: Actor, row: TracingRequest, sure: Hypothesis) -> None:
    plan = to_tell(by, sure)
    with pytest.raises(Invalid):
        to_tell(by, sure)
    with pytest.raises(Invalid):
        tellings.call_off(by=by, telling_id=plan.pk, words=" ")
    off = tellings.call_off(by=by, telling_id=plan.pk, words="The sister travels")
    assert (off.state, due(row, "missing.tell")) == (TellingState.CALLED_OFF, [])
    with pytest.raises(WrongState):
        told(by, off)
    assert to_tell(by, sure).state == TellingState.PLANNED


def test_what_the_family_is_about_to_hear_is_not_doubted_in_silence(by: Actor, sure: Hypothesis) -> None:
    plan = to_tell(by, sure)
    with pytest.raises(Invalid):
        moved(by, sure, Act.DOUBT)
    tellings.call_off(by=by, telling_id=plan.pk, words="The authority writes that it is in doubt")
    assert moved(by, sure, Act.DOUBT).confirmed_by is None


def test_while_somebody_else_may_be_the_one_no_death_is_told(by: Actor, row: TracingRequest, sure: Hypothesis) -> None:
    with transaction.atomic():
        tracing.step(by, row, "propose")
    with pytest.raises(Invalid):
        to_tell(by, sure)


def test_the_table_itself_knows_nobody_told_without_a_day_and_an_officer(by: Actor, sure: Hypothesis) -> None:
    plan = to_tell(by, sure)
    with pytest.raises(IntegrityError), transaction.atomic():
        Telling.objects.filter(pk=plan.pk).update(state=TellingState.TOLD)
