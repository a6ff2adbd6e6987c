"""One tap calls health staff; the caller cannot read it again; unseen for an hour it stands with the coordinators."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.health.factories import called, someone
from waystation.accounts.models import Account
from waystation.casework.followups import queries as to_do
from waystation.casework.followups.codes import Section
from waystation.casework.followups.models import FollowUp
from waystation.casework.health import actions, queries
from waystation.casework.health.codes.support import CALLS, CallAct, CallState
from waystation.casework.health.models import Call, CallDocument, CallWords, WordsDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.vault import open_documents

PLAN = CallDocument(help="His sister Rima", staff="The post, day and night")


def kinds_seen(actor: Actor) -> set[str]:
    return set(to_do.work_of(actor).values_list("kind", flat=True))


@pytest.mark.parametrize("role", ["volunteer", "caseworker", "family-links", "detention", "coordinator", "health"])
def test_whoever_helps_may_call_and_only_health_reads_it(actors: dict[str, Actor], role: str) -> None:
    row = called(actors[role], words="He gave his shoes away")
    text, words = queries.call_opened(row, by=actors["health"])
    assert [said.words for _row, said in words] == ["He gave his shoes away"]
    assert text == CallDocument()
    if role != "health":
        with pytest.raises(NotAllowed):
            open_documents(list(CallWords.objects.all()), WordsDocument, by=actors[role])
        with pytest.raises(NotFound):
            queries.get_for(actors[role], Call, row.pk)
    assert b"shoes" not in bytes(CallWords.objects.get().sealed)


def test_it_stands_first_with_health_staff_at_once(actors: dict[str, Actor]) -> None:
    row = called(actors["volunteer"])
    first = to_do.in_order(to_do.work_of(actors["health"]), clock.now()).first()
    assert first is not None
    assert (first.subject, first.section) == (row.pk, Section.IMMEDIATE)  # type: ignore[attr-defined]


def test_called_twice_before_anybody_came_it_is_one_call(actors: dict[str, Actor]) -> None:
    person = someone(actors["volunteer"])
    first = called(actors["volunteer"], person)
    second = called(actors["caseworker"], person, words="Now she cries")
    assert first.pk == second.pk
    assert FollowUp.objects.filter(kind="health.call").count() == 1
    actions.see(by=actors["health"], call_id=first.pk)
    assert called(actors["volunteer"], person).pk != first.pk


def test_unseen_for_an_hour_it_stands_with_the_coordinators(actors: dict[str, Actor]) -> None:
    row = called(actors["volunteer"])
    assert "health.unseen" not in kinds_seen(actors["coordinator"])
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        first = to_do.in_order(to_do.work_of(actors["coordinator"], team=True), clock.now()).first()
        assert first is not None
        assert (first.kind, first.section) == ("health.unseen", Section.IMMEDIATE)  # type: ignore[attr-defined]
        assert "health.unseen" not in kinds_seen(actors["caseworker"])
        assert not {kind for kind in kinds_seen(actors["coordinator"]) if kind == "health.call"}
        actions.see(by=actors["health"], call_id=row.pk)
        assert "health.unseen" not in kinds_seen(actors["coordinator"])


def test_where_nobody_looks_after_health_the_coordinators_are_told_at_once(actors: dict[str, Actor]) -> None:
    Account.objects.filter(role="health").update(is_active=False)
    called(actors["volunteer"])
    assert "health.unseen" in kinds_seen(actors["coordinator"])


def test_from_call_to_plan_to_end(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    row = called(actors["volunteer"])
    seen = actions.see(by=by, call_id=row.pk)
    assert (seen.state, seen.seen_by) == (CallState.SEEN, by.account_id)
    assert kinds_seen(by) == {"health.plan"}
    with pytest.raises(Invalid) as refused:
        actions.close(by=by, call_id=row.pk, outcome="safer", words="Sleeps again")
    assert "outcome" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        actions.plan(by=by, call_id=row.pk, document=CallDocument(signs="Evenings"))
    assert "help" in refused.value.fields
    actions.plan(by=by, call_id=row.pk, document=PLAN)
    assert kinds_seen(by) == {"health.again"}
    with pytest.raises(Invalid) as refused:
        actions.close(by=by, call_id=row.pk, outcome="safer")
    assert "words" in refused.value.fields
    closed = actions.close(by=by, call_id=row.pk, outcome="safer", words="Sleeps again, sister is here")
    text, _words = queries.call_opened(closed, by=by)
    assert (closed.state, text.outcome, text.help) == (CallState.CLOSED, "safer", "His sister Rima")
    assert kinds_seen(by) == set()


@given(acts=st.lists(st.sampled_from(CallAct.values), max_size=5))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_goes_only_where_the_table_leads(actors: dict[str, Actor], acts: list[str]) -> None:
    by = actors["health"]
    row = called(by)
    do: dict[str, Callable[[], object]] = {
        CallAct.SEE: lambda: actions.see(by=by, call_id=row.pk),
        CallAct.PLAN: lambda: actions.plan(by=by, call_id=row.pk, document=PLAN),
        CallAct.CLOSE: lambda: actions.close(by=by, call_id=row.pk, outcome="no_danger", words="A misheard word"),
    }
    for act in acts:
        before = Call.objects.get(pk=row.pk).state
        if CALLS.allows(before, act):
            do[act]()
            assert Call.objects.get(pk=row.pk).state == CALLS.after(before, act)
        else:
            with pytest.raises(WrongState):
                do[act]()
    assert CALLS.reachable() == set(CallState.values)


def test_a_locked_book_tells_of_a_call_and_not_why(actors: dict[str, Actor]) -> None:
    row = called(actors["volunteer"], words="Brenno wants to end it")
    actions.see(by=actors["health"], call_id=row.pk)
    with connection.cursor() as cursor:
        for table in ("health_call", "health_callwords", "followups_followup", "audit_leaf"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = "|".join(
                str(bytes(cell) if isinstance(cell, memoryview) else cell)
                for line in cursor.fetchall()
                for cell in line
            )
            for word in ("Brenno", "harm", "suicid"):
                assert word not in stored
