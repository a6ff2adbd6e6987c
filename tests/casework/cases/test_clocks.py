"""The clocks of a case: which run, when they stop, whose they are."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from tests.casework.cases.test_states import approve, opened
from waystation.casework.cases import actions, queries
from waystation.casework.cases.codes import Act, CaseClock, Closing
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.followups import queries as followups
from waystation.casework.followups.codes import Section
from waystation.casework.followups.models import FollowUp
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from waystation.people.actions import erase

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def running(case_id: UUID) -> dict[str, datetime | None]:
    return dict(FollowUp.objects.filter(subject=case_id, state="open").values_list("kind", "due_at"))


@pytest.mark.parametrize(("risk", "hours"), [("high", 24), ("medium", 72), ("low", 168)])
@time_machine.travel(NOW, tick=False)
def test_first_contact_is_due_by_risk(actors: dict[str, Actor], risk: str, hours: int) -> None:
    case = opened(actors["caseworker"], risk=risk)
    assert running(case.pk) == {
        CaseClock.FIRST_CONTACT: NOW + timedelta(hours=hours),
        CaseClock.ASSESSMENT: NOW + timedelta(days=7),
        CaseClock.PLAN: NOW + timedelta(days=14),
    }


def test_what_is_not_done_in_time_stands_under_overdue(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    with time_machine.travel(NOW, tick=False):
        case = opened(by)
    with time_machine.travel(NOW + timedelta(hours=25), tick=False):
        first = followups.in_order(followups.work_of(by), NOW + timedelta(hours=25)).first()
        assert first is not None
        assert (first.kind, first.section) == (CaseClock.FIRST_CONTACT, Section.OVERDUE)  # type: ignore[attr-defined]
        assert case in queries.overdue(queries.visible_to(by))
        actions.go_on(by=by, case_id=case.pk, act=Act.ASSESS)
        assert case not in queries.overdue(queries.visible_to(by))


def test_closing_stops_every_clock_and_reopening_starts_them(actors: dict[str, Actor]) -> None:
    by, case = actors["caseworker"], opened(actors["caseworker"])
    actions.add_task(by=by, case_id=case.pk, text="Call her sister", due_at=NOW)
    approve(actors, case, "closure", Closing.WISH)
    actions.go_on(by=by, case_id=case.pk, act=Act.CLOSE, closing=Closing.WISH)
    assert running(case.pk) == {}
    actions.go_on(by=by, case_id=case.pk, act=Act.REOPEN)
    assert set(running(case.pk)) == {CaseClock.FIRST_CONTACT, CaseClock.ASSESSMENT, CaseClock.PLAN}


def test_the_plan_is_looked_at_every_month(actors: dict[str, Actor]) -> None:
    by, case = actors["caseworker"], opened(actors["caseworker"])
    actions.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal="A place to sleep"))
    for act, of in ((Act.ASSESS, ""), (Act.PLAN, "assessment"), (Act.SERVE, "plan")):
        if of:
            approve(actors, case, of)
        actions.go_on(by=by, case_id=case.pk, act=act)
    with time_machine.travel(NOW, tick=False):
        actions.reviewed(by=by, case_id=case.pk)
    assert running(case.pk) == {CaseClock.REVIEW: NOW + timedelta(days=30)}


def test_a_case_handed_over_takes_its_tasks_along_and_only_to_who_may_see_it(actors: dict[str, Actor]) -> None:
    by, other, case = actors["caseworker"], actors["coordinator"], opened(actors["caseworker"])
    actions.add_task(by=by, case_id=case.pk, text="Call her sister", due_at=NOW)
    with pytest.raises(Invalid):
        actions.hand_to(by=by, case_id=case.pk, owner=actors["volunteer"].account_id)
    actions.hand_to(by=by, case_id=case.pk, owner=other.account_id)
    assert set(FollowUp.objects.filter(subject=case.pk).values_list("owner", "seen_at")) == {(other.account_id, None)}


def test_a_case_of_a_field_one_does_not_open_is_not_found(actors: dict[str, Actor]) -> None:
    case = opened(actors["health"], kind="health")
    with pytest.raises(NotFound):
        queries.get_for(actors["caseworker"], case.pk)
    with pytest.raises(NotAllowed):
        opened(actors["caseworker"], kind="health")
    with pytest.raises(NotFound):
        actions.add_note(by=actors["coordinator"], case_id=case.pk, text="x")


def test_two_people_writing_lose_nothing(actors: dict[str, Actor]) -> None:
    by, case = actors["caseworker"], opened(actors["caseworker"])
    actions.write(by=by, case_id=case.pk, revision=1, texts={"reason": "Threatened by a debtor"})
    with pytest.raises(Conflict):
        actions.write(by=actors["coordinator"], case_id=case.pk, revision=1, texts={"reason": "Other"})
    assert queries.whole(queries.get_for(by, case.pk), by=by).document.reason == "Threatened by a debtor"


def test_a_note_in_another_compartment_is_read_only_there(actors: dict[str, Actor]) -> None:
    by, case = actors["caseworker"], opened(actors["caseworker"])
    actions.add_note(by=by, case_id=case.pk, text="The lawyer called", compartment="legal")
    actions.add_note(by=by, case_id=case.pk, text="She is afraid")
    assert [text.text for _note, text in queries.whole(case, by=by).notes] == ["She is afraid", "The lawyer called"]
    assert [text.text for _note, text in queries.whole(case, by=actors["coordinator"]).notes] == ["She is afraid"]
    with pytest.raises(Invalid):
        actions.add_note(by=by, case_id=case.pk, text="x", compartment="health")


def test_an_erased_person_leaves_no_case_and_nothing_to_do(actors: dict[str, Actor]) -> None:
    from waystation.casework.cases.models import Case

    case = opened(actors["caseworker"])
    actions.add_task(by=actors["caseworker"], case_id=case.pk, text="Call her sister", due_at=NOW)
    erase(by=actors["coordinator"], person_id=case.person_id, reason="person-asked")
    assert not Case.objects.exists()
    assert not FollowUp.objects.exists()
