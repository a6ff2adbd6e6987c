"""Time to think: by the person's wish, thirty days at least, told to nobody; without what a case does not close."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.cases.test_states import approve
from tests.casework.safety.test_authorities import trafficking_case
from tests.casework.safety.test_plans import agreed, refused
from tests.people.factories import registered
from waystation.accounts.models import Approval
from waystation.casework.cases import actions as cases
from waystation.casework.cases.codes import Closing
from waystation.casework.cases.models import Case
from waystation.casework.followups.models import FollowUp
from waystation.casework.safety import guards, queries
from waystation.casework.safety.actions import times as actions
from waystation.casework.safety.codes import TIME_TABLE, SafetyClock, TimeAct, TimeState
from waystation.casework.safety.documents import TimeDocument
from waystation.casework.safety.models import TimeToThink
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people
from waystation.people.models import Disclosure


def offered(by: Actor, case: Case | None = None) -> TimeToThink:
    case = case or trafficking_case(by)
    return actions.offer(by=by, case_id=case.pk, document=TimeDocument(explained_by="aicha", words="I want to sleep"))


def running(by: Actor, case: Case | None = None, days: int = 30) -> TimeToThink:
    row = actions.accept(by=by, time_id=offered(by, case).pk)
    return actions.start(by=by, time_id=row.pk, days=days)


def open_clocks(case: Case) -> dict[str, Any]:
    return dict(FollowUp.objects.filter(subject=case.pk, state="open").values_list("kind", "due_at"))


@pytest.mark.parametrize(("risk", "hours"), [("high", 24), ("medium", 72), ("low", 24 * 7)])
def test_a_case_about_trafficking_begins_with_a_plan_and_an_offer(
    actors: dict[str, Actor], risk: str, hours: int
) -> None:
    by = actors["caseworker"]
    person = registered(by, "Blessing").person
    with time_machine.travel(clock.now(), tick=False):
        case = cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="trafficking", risk=risk))
        due = open_clocks(case)
        assert due[SafetyClock.PLAN] == clock.now() + timedelta(hours=hours)
        assert due[SafetyClock.OFFER] == clock.now() + timedelta(days=7)
    agreed(by, person)
    offered(by, case)
    assert not {SafetyClock.PLAN, SafetyClock.OFFER} & set(open_clocks(case))


def test_other_cases_begin_with_neither(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = registered(by, "Hawa").person
    case = cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="general", risk="high"))
    assert not set(SafetyClock.values) & set(open_clocks(case))
    with pytest.raises(NotFound):
        offered(by, case)


def test_it_runs_thirty_days_and_somebody_asks_before_its_end(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = running(by)
    assert row.last_day == clock.today() + timedelta(days=30)
    assert open_clocks(row.case)[SafetyClock.TIME_ENDS] == clock.end_of(clock.today() + timedelta(days=25))
    row = actions.lengthen(by=by, time_id=row.pk, days=60)
    assert open_clocks(row.case)[SafetyClock.TIME_ENDS] == clock.end_of(clock.today() + timedelta(days=55))
    with pytest.raises(Invalid):
        actions.lengthen(by=by, time_id=row.pk, days=45)


@pytest.mark.parametrize("days", [-1, 0, 29, 366])
def test_never_less_than_thirty_days(actors: dict[str, Actor], days: int) -> None:
    by = actors["caseworker"]
    with pytest.raises(Invalid) as short:
        running(by, days=days)
    assert set(short.value.fields) == {"days"}
    row = running(by)
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeToThink.objects.filter(pk=row.pk).update(days=29)


def test_only_the_person_ends_it_early(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = running(by)
    with pytest.raises(Invalid) as early:
        actions.end(by=by, time_id=row.pk, ending="over", follows="Goes on")
    assert set(early.value.fields) == {"ending"}
    with pytest.raises(Invalid) as silent:
        actions.end(by=by, time_id=row.pk, ending="decided", follows=" ")
    assert set(silent.value.fields) == {"follows"}
    done = actions.end(by=by, time_id=row.pk, ending="decided", follows="She wants to stay and learn")
    assert done.state == TimeState.ENDED
    assert SafetyClock.TIME_ENDS not in open_clocks(row.case)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        later = actions.end(by=by, time_id=other(by).pk, ending="wish", follows="Travels to her cousin")
    assert later.ending == "wish"


def other(by: Actor) -> TimeToThink:
    return running(by, trafficking_case(by))


def test_once_its_last_day_has_passed_it_is_over(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = running(by)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert actions.end(by=by, time_id=row.pk, ending="over", follows="Wants a lawyer").state == TimeState.ENDED


def test_nothing_is_told_to_anyone_because_of_it(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = running(by)
    actions.end(by=by, time_id=row.pk, ending="wish", follows="Goes to her aunt")
    assert not Disclosure.objects.exists()
    assert not Approval.objects.exists()
    assert not FollowUp.objects.filter(waiting_on__in=["partner", "authority"]).exists()


def test_offered_once_at_a_time_and_again_after_a_no(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    first = offered(by)
    with pytest.raises(Invalid):
        offered(by, first.case)
    actions.decline(by=by, time_id=first.pk, words="Not now")
    assert offered(by, first.case).pk != first.pk
    assert [row.state for row, _said in queries.times_of([first.case_id], by=by)] == ["offered", "declined"]


@given(acts=st.lists(st.sampled_from(TimeAct.values), max_size=6))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_goes_only_where_the_table_leads(actors: dict[str, Actor], acts: list[str]) -> None:
    by = actors["caseworker"]
    row = offered(by)
    days = 30
    for act in acts:
        before = TimeToThink.objects.get(pk=row.pk).state
        if TIME_TABLE.allows(before, act):
            days += 1
            do(by, row, act, days)
            assert TimeToThink.objects.get(pk=row.pk).state == TIME_TABLE.after(before, act)
        else:
            with pytest.raises(WrongState):
                do(by, row, act, days)
    assert TIME_TABLE.reachable() == set(TimeState.values)


def do(by: Actor, row: TimeToThink, act: str, days: int) -> None:
    match act:
        case TimeAct.ACCEPT:
            actions.accept(by=by, time_id=row.pk)
        case TimeAct.DECLINE:
            actions.decline(by=by, time_id=row.pk)
        case TimeAct.START:
            actions.start(by=by, time_id=row.pk)
        case TimeAct.LENGTHEN:
            actions.lengthen(by=by, time_id=row.pk, days=days)
        case _:
            actions.end(by=by, time_id=row.pk, ending="wish", follows="Goes on")


@pytest.mark.parametrize("role", ["volunteer", "health", "family-links", "detention"])
def test_who_does_not_work_on_protection_finds_nothing(actors: dict[str, Actor], role: str) -> None:
    row = offered(actors["caseworker"])
    with pytest.raises(NotAllowed):
        actions.accept(by=actors[role], time_id=row.pk)
    with pytest.raises(NotAllowed):
        queries.times(actors[role])


def close(by: Actor, case: Case, closing: str = "helped") -> Case:
    return cases.go_on(by=by, case_id=case.pk, act="close", closing=closing)


def test_without_a_plan_read_back_a_case_about_trafficking_does_not_close(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    case = trafficking_case(by)
    with pytest.raises(cases.NotYet, match="No safety plan was read back"):
        cases.ask_supervisor(by=by, case_id=case.pk, of="closure", closing="helped")
    agreed(by, case.person)
    approve(actors, case, "closure", closing="helped")
    assert close(by, case).state == "closed"


def test_the_persons_no_to_a_plan_is_enough(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    case = trafficking_case(by)
    refused(by, case.person)
    assert guards.against(by, case, "close", "helped") == []


@pytest.mark.parametrize("closing", Closing.values)
def test_only_where_nobody_can_be_asked_no_plan_is_needed(actors: dict[str, Actor], closing: str) -> None:
    by = actors["caseworker"]
    missing = guards.against(by, trafficking_case(by), "close", closing)
    assert (missing == []) is (closing in {"duplicate", "died", "lost_contact"})


def test_while_time_to_think_runs_nothing_closes(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    case = trafficking_case(by)
    agreed(by, case.person)
    row = actions.accept(by=by, time_id=offered(by, case).pk)
    assert "has not begun" in str(guards.against(by, case, "close", "wish")[0])
    actions.start(by=by, time_id=row.pk)
    assert "runs until" in str(guards.against(by, case, "close", "lost_contact")[0])
    assert guards.against(by, case, "plan", "") == []
    actions.end(by=by, time_id=row.pk, ending="wish", follows="Goes to her aunt")
    assert guards.against(by, case, "close", "wish") == []


def test_other_cases_close_as_before(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = registered(by, "Hawa").person
    case = cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="general", risk="low"))
    assert guards.against(by, case, "close", "helped") == []


def test_an_erased_person_leaves_none(actors: dict[str, Actor]) -> None:
    row = running(actors["coordinator"])
    lost = dict(people.erasure_preview(by=actors["coordinator"], person_id=row.case.person_id).losses)
    assert lost["Times to think"] == 1
    people.erase(by=actors["coordinator"], person_id=row.case.person_id, reason="person-asked")
    assert not TimeToThink.objects.exists()
