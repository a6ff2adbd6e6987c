"""Bar: a child's situation is derived; its case does not go on nor end without guardian, care, and what is best."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.cases.test_states import approve
from tests.people.factories import draft, registered
from waystation.casework.cases import actions as cases
from waystation.casework.cases.codes import Act, Closing
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.cases.models import Case
from waystation.casework.children import actions, queries, situation
from waystation.casework.children.codes import TABLES, ChildClock, Procedure, Situation, Step
from waystation.casework.children.models import BestInterestsDocument, CareDocument, GuardianDocument
from waystation.casework.followups.models import FollowUp
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotFound
from waystation.kernel.states import WrongState
from waystation.people.actions import register_household
from waystation.people.drafts import MemberDraft
from waystation.people.models import Person

DECISION = actions.Decision(
    views="Wants to stay with her aunt", minutes="All three agreed", decision="Stay", reasons="Safe"
)
PANEL = ("Ruth Ondiek", "Samir Haddad", "Grace Njeri")


def household(by: Actor, *others: tuple[str, str], age: str = "12-17") -> Person:
    """A child first in its household, and others with their relation to the child and their age band."""
    drafts = [MemberDraft(person=draft("Hana", age_band=age), relation="first")]
    drafts += [
        MemberDraft(person=draft(f"Other {n}", age_band=band), relation=what) for n, (what, band) in enumerate(others)
    ]
    return register_household(by=by, drafts=drafts)[0].person


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ((("parent", "25-59"), ("sibling", "0-4")), Situation.WITH_PARENT),
        ((("guardian", "25-59"),), Situation.WITH_PARENT),
        ((("aunt-uncle", "25-59"),), Situation.SEPARATED),
        ((("sibling", "18-24"), ("sibling", "5-11")), Situation.SEPARATED),
        ((("sibling", "5-11"),), Situation.UNACCOMPANIED),
        ((("companion", "25-59"),), Situation.UNACCOMPANIED),
        ((("not-known", "25-59"),), Situation.UNACCOMPANIED),
        ((("aunt-uncle", "not-known"),), Situation.UNACCOMPANIED),
    ],
)
def test_with_whom_a_child_travels_is_derived(
    actors: dict[str, Actor], others: tuple[tuple[str, str], ...], expected: Situation
) -> None:
    by = actors["caseworker"]
    assert situation.of(household(by, *others), by=by) == expected


def test_alone_is_unaccompanied_and_grown_is_no_child(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    assert situation.of(registered(by, "Hana", age_band="5-11").person, by=by) == Situation.UNACCOMPANIED
    assert situation.of(household(by, ("sibling", "5-11"), age="18-24"), by=by) == Situation.GROWN


def case_of_child(by: Actor, person: Person | None = None, risk: str = "high") -> Case:
    person = person or registered(by, "Hana", age_band="12-17").person
    return cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="child", risk=risk))


def weighed(by: Actor, case: Case) -> None:
    row = actions.begin_best_interests(
        by=by, case_id=case.pk, procedure="determination", document=BestInterestsDocument(question="Where to live")
    )
    actions.call_panel(by=by, row_id=row.pk, panel=PANEL)
    actions.decide(by=by, row_id=row.pk, decision=DECISION)


def test_a_missing_guardian_is_due_within_three_days_and_named_ends_it(actors: dict[str, Actor]) -> None:
    by, now = actors["caseworker"], datetime(2026, 11, 24, 12, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        case = case_of_child(by)
    missing = FollowUp.objects.get(subject=case.pk, kind=ChildClock.GUARDIAN)
    assert missing.due_at == now + timedelta(hours=72)
    first = actions.name_guardian(by=by, case_id=case.pk, document=GuardianDocument(name="Ruth", kind="interim"))
    missing.refresh_from_db()
    assert missing.state == "done"
    actions.end_guardian(by=by, guardian_id=first.pk)
    assert FollowUp.objects.filter(subject=case.pk, kind=ChildClock.GUARDIAN, state="open").count() == 1
    with_parent = case_of_child(by, household(by, ("parent", "25-59")))
    assert not FollowUp.objects.filter(subject=with_parent.pk, kind=ChildClock.GUARDIAN).exists()


def test_closing_without_guardian_care_and_best_interests_is_refused_one_by_one(actors: dict[str, Actor]) -> None:
    by, case = actors["caseworker"], case_of_child(actors["caseworker"])

    def missing() -> set[str]:
        return {str(text) for text in cases.missing_for(by, case, Act.CLOSE, Closing.HELPED)}

    assert missing() == {
        "A supervisor has not approved the closing.",
        "No best interests assessment has been concluded.",
        "This child has no guardian.",
        "Nobody is written down who cares for the child.",
    }
    with pytest.raises(cases.NotYet):
        cases.ask_supervisor(by=by, case_id=case.pk, of="closure", closing=Closing.HELPED)
    weighed(by, case)
    actions.name_guardian(by=by, case_id=case.pk, document=GuardianDocument(name="Ruth", kind="court"))
    actions.arrange_care(by=by, case_id=case.pk, document=CareDocument(kind="foster", who="Family Otieno"))
    assert missing() == {"A supervisor has not approved the closing."}
    with time_machine.travel(clock.now() + timedelta(days=120)):
        assert "What is best for the child has not been looked at again in time." in missing()
    approve(actors, case, "closure", Closing.HELPED)
    assert cases.go_on(by=by, case_id=case.pk, act=Act.CLOSE, closing=Closing.HELPED).state == "closed"


def test_help_does_not_begin_before_a_guardian_is_there(actors: dict[str, Actor]) -> None:
    by, case = actors["caseworker"], case_of_child(actors["caseworker"])
    cases.go_on(by=by, case_id=case.pk, act=Act.ASSESS)
    approve(actors, case, "assessment")
    with pytest.raises(cases.NotYet, match="best interests"):
        cases.go_on(by=by, case_id=case.pk, act=Act.PLAN)
    weighed(by, case)
    cases.go_on(by=by, case_id=case.pk, act=Act.PLAN)
    cases.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal="A safe place"))
    approve(actors, case, "plan")
    with pytest.raises(cases.NotYet, match="no guardian"):
        cases.go_on(by=by, case_id=case.pk, act=Act.SERVE)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    procedure=st.sampled_from(Procedure.values),
    walk=st.lists(st.sampled_from(["call", "decide", "review"]), max_size=7),
)
def test_best_interests_walk_their_table_and_nothing_else(
    actors: dict[str, Actor], procedure: str, walk: list[str]
) -> None:
    by, case = actors["caseworker"], case_of_child(actors["caseworker"])
    row = actions.begin_best_interests(
        by=by, case_id=case.pk, procedure=procedure, document=BestInterestsDocument(question="Where to live")
    )
    acts = {
        "call": lambda: actions.call_panel(by=by, row_id=row.pk, panel=PANEL),
        "decide": lambda: actions.decide(by=by, row_id=row.pk, decision=DECISION),
        "review": lambda: actions.look_again(by=by, row_id=row.pk, words="All is well"),
    }
    table = TABLES[Procedure(procedure)]
    for act in walk:
        row.refresh_from_db()
        if table.allows(row.step, act):
            assert acts[act]().step == table.after(row.step, act)
        else:
            with pytest.raises(WrongState):
                acts[act]()
    row.refresh_from_db()
    assert row.step in table.reachable()


def test_a_panel_of_two_or_of_one_person_thrice_is_none(actors: dict[str, Actor]) -> None:
    by, case = actors["caseworker"], case_of_child(actors["caseworker"])
    row = actions.begin_best_interests(
        by=by, case_id=case.pk, procedure="determination", document=BestInterestsDocument(question="Where to live")
    )
    for panel in (PANEL[:2], ("Ruth", " Ruth", "Ruth ")):
        with pytest.raises(Invalid):
            actions.call_panel(by=by, row_id=row.pk, panel=panel)
    actions.call_panel(by=by, row_id=row.pk, panel=PANEL)
    with pytest.raises(Invalid) as refused:
        actions.decide(by=by, row_id=row.pk, decision=actions.Decision(decision="Stay"))
    assert set(refused.value.fields) == {"views", "reasons", "minutes"}
    row.refresh_from_db()
    assert row.step == Step.PANEL


def test_what_is_written_of_children_is_not_for_other_fields(actors: dict[str, Actor]) -> None:
    case = case_of_child(actors["caseworker"])
    with pytest.raises(NotFound):
        queries_of(actors["health"], case)
    grown = cases.open_case(
        by=actors["caseworker"], person_id=case.person_id, draft=cases.CaseDraft(kind="general", risk="low")
    )
    with pytest.raises(NotFound):
        actions.name_guardian(
            by=actors["caseworker"], case_id=grown.pk, document=GuardianDocument(name="x", kind="court")
        )


def queries_of(by: Actor, case: Case) -> object:
    from waystation.casework.cases import queries as of_cases

    return queries.of_case(of_cases.get_for(by, case.pk), by=by)
