"""Bar: every act on a case is allowed or refused by the one declared table; no state outside it can be reached."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people.factories import registered
from waystation.casework.cases import actions
from waystation.casework.cases.codes import NEEDS_REVIEW, OPEN_STATES, REVIEW_TABLE, TABLE, Act, CaseState, Closing
from waystation.casework.cases.documents import GoalDocument
from waystation.casework.cases.models import Case
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotAllowed
from waystation.kernel.states import WrongState


def opened(by: Actor, kind: str = "general", risk: str = "high") -> Case:
    person = registered(by, "Selam").person
    return actions.open_case(by=by, person_id=person.pk, draft=actions.CaseDraft(kind=kind, risk=risk))


def approve(actors: dict[str, Actor], case: Case, of: str, closing: str = "") -> None:
    review = actions.ask_supervisor(by=actors["caseworker"], case_id=case.pk, of=of, closing=closing)
    actions.decide(by=actors["coordinator"], review_id=review.pk, act="approve")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.tuples(st.sampled_from(Act.values), st.booleans()), max_size=10))
def test_walking_at_random_follows_the_table_and_nothing_else(
    actors: dict[str, Actor], walk: list[tuple[str, bool]]
) -> None:
    by, case = actors["caseworker"], opened(actors["caseworker"])
    actions.add_goal(by=by, case_id=case.pk, document=GoalDocument(goal="A place to sleep"))
    for act, with_approval in walk:
        case.refresh_from_db()
        before, closing = case.state, Closing.HELPED if act == Act.CLOSE else ""
        if not TABLE.allows(before, act):
            with pytest.raises(WrongState):
                actions.go_on(by=by, case_id=case.pk, act=act, closing=closing)
            continue
        needed = NEEDS_REVIEW.get((act, before))
        if needed and not with_approval:
            with pytest.raises(actions.NotYet):
                actions.go_on(by=by, case_id=case.pk, act=act, closing=closing)
            continue
        if needed:
            approve(actors, case, needed, closing)
        assert actions.go_on(by=by, case_id=case.pk, act=act, closing=closing).state == TABLE.after(before, act)
    case.refresh_from_db()
    assert case.state in TABLE.reachable()


def test_every_state_is_reachable_and_every_open_one_can_be_closed() -> None:
    assert TABLE.reachable() == set(CaseState.values)
    assert all(TABLE.allows(state, Act.CLOSE) for state in OPEN_STATES)
    assert REVIEW_TABLE.reachable() == set(REVIEW_TABLE.states)


def test_the_database_holds_no_state_outside_the_table(actors: dict[str, Actor]) -> None:
    case = opened(actors["caseworker"])
    for wrong in ({"state": "forgotten"}, {"state": "closed"}, {"closing": "helped"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**wrong)


def test_a_supervisor_never_decides_on_their_own_question(actors: dict[str, Actor]) -> None:
    lead = actors["coordinator"]
    case = opened(lead)
    review = actions.ask_supervisor(by=lead, case_id=case.pk, of="plan")
    for who in (lead, actors["caseworker"]):
        with pytest.raises(NotAllowed):
            actions.decide(by=who, review_id=review.pk, act="approve")


def test_an_approval_is_good_for_one_act_and_one_reason(actors: dict[str, Actor]) -> None:
    by, case = actors["caseworker"], opened(actors["caseworker"])
    approve(actors, case, "closure", Closing.MOVED_ON)
    with pytest.raises(actions.NotYet):
        actions.go_on(by=by, case_id=case.pk, act=Act.CLOSE, closing=Closing.DIED)
    assert actions.go_on(by=by, case_id=case.pk, act=Act.CLOSE, closing=Closing.MOVED_ON).state == "closed"
    actions.go_on(by=by, case_id=case.pk, act=Act.REOPEN)
    with pytest.raises(actions.NotYet):
        actions.go_on(by=by, case_id=case.pk, act=Act.CLOSE, closing=Closing.MOVED_ON)


def test_a_case_opened_twice_needs_no_supervisor_to_close(actors: dict[str, Any]) -> None:
    case = opened(actors["caseworker"])
    actions.go_on(by=actors["caseworker"], case_id=case.pk, act=Act.CLOSE, closing=Closing.DUPLICATE)
    case.refresh_from_db()
    assert (case.state, case.closing) == ("closed", "duplicate")
