"""Every transition is one of the declared tables, and the columns hold no state that the tables do not have."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.people.factories import registered
from waystation.casework.retention import actions
from waystation.casework.retention.codes import ANSWER, AWAY, OF_TWO, Answer, Away, OfTwo
from waystation.casework.retention.models import AuthorityRequest, Batch, Hold, OfflinePublicKey, RequestDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.states import StateTable, WrongState

TABLES = {"of two": (OF_TWO, OfTwo), "away": (AWAY, Away), "answer": (ANSWER, Answer)}
ACTS = sorted({step.act for table, _codes in TABLES.values() for step in table.steps})


@pytest.mark.parametrize("name", TABLES)
def test_every_state_can_be_come_to_and_has_words(name: str) -> None:
    table, codes = TABLES[name]
    assert set(table.reachable()) == set(table.states) == set(codes.values)


@given(name=st.sampled_from(sorted(TABLES)), acts=st.lists(st.sampled_from(ACTS), max_size=12))
def test_no_road_of_acts_leaves_the_table(name: str, acts: list[str]) -> None:
    table, _codes = TABLES[name]
    state = table.first
    for act in acts:
        if table.allows(state, act):
            state = table.after(state, act)
        else:
            with pytest.raises(WrongState):
                table.after(state, act)
        assert state in table.states


@given(acts=st.lists(st.sampled_from(ACTS), max_size=12))
def test_nothing_is_given_or_brought_back_without_a_second_officer(acts: list[str]) -> None:
    for table, goal in ((ANSWER, Answer.GIVEN), (AWAY, Away.BACK), (OF_TWO, OfTwo.STANDS)):
        state, approved = table.first, False
        for act in acts:
            if table.allows(state, act):
                state, approved = table.after(state, act), approved or act == "approve"
        assert state != goal or approved


def test_what_is_refused_or_ended_never_stands_again() -> None:
    for state in (OfTwo.REFUSED, OfTwo.ENDED):
        assert OF_TWO.acts(state) == ()
    assert AWAY.acts(Away.ERASED) == ()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Hold, {"state": "nowhere"}),
        (Hold, {"state": "stands", "approved_by": None}),
        (OfflinePublicKey, {"state": "stands", "approved_by": None}),
        (Batch, {"state": "nowhere"}),
        (AuthorityRequest, {"answer": "given"}),
        (AuthorityRequest, {"answer": "nowhere"}),
    ],
)
def test_the_database_holds_no_other_state(
    coordinator: Actor, model: Any, change: dict[str, Any], offline_key: object, decide: Callable[..., None]
) -> None:
    person = registered(coordinator, "Amina").person
    actions.request_hold(by=coordinator, person_id=person.pk, until=clock.today() + timedelta(days=9), reason="claim")
    actions.record_request(
        by=coordinator, authority="police", asked_for="list", document=RequestDocument(who="Station 4")
    )
    Batch.objects.create(clock="x", at=clock.now(), by=coordinator.account_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        assert model.objects.update(**change)


def test_the_same_officer_is_never_both(coordinator: Actor) -> None:
    person = registered(coordinator, "Amina").person
    hold = actions.request_hold(
        by=coordinator, person_id=person.pk, until=clock.today() + timedelta(days=9), reason="claim"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Hold.objects.filter(pk=hold.pk).update(state="stands", approved_by=hold.by)


def test_a_table_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        StateTable(states=["a", "b"], first="a", steps=[("go", "a", "b"), ("go", "a", "a")])
