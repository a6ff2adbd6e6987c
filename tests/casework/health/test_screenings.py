"""Nobody is tested without a yes, a no has no consequence, and only who opens health learns disease and result."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework.health.factories import asked, gone_on, someone
from waystation.casework.followups.models import FollowUp
from waystation.casework.health import actions, queries
from waystation.casework.health.codes.diseases import ASKED, TABLE, Act, State
from waystation.casework.health.models import DiseaseDocument, DiseaseScreening
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.vault import open_document


def state_of(row: DiseaseScreening, by: Actor) -> str:
    return open_document(DiseaseScreening.objects.get(pk=row.pk), DiseaseDocument, by=by).state


def test_a_no_is_kept_and_nothing_follows_from_it(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    row = asked(by, act="decline")
    assert state_of(row, by) == State.DECLINED
    assert not FollowUp.objects.exists()
    assert not TABLE.acts(State.DECLINED)


def test_a_result_is_owed_and_then_a_treatment_each_with_its_clock(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    row = asked(by)
    owed = FollowUp.objects.get(state="open")
    assert (owed.kind, owed.compartment) == ("health.step", "health")
    assert timedelta(days=2) < (owed.due_at or clock.now()) - clock.now() <= timedelta(days=3)
    gone_on(by, row, "positive")
    assert (FollowUp.objects.get(state="open").due_at or clock.now()) - clock.now() > timedelta(days=6)
    gone_on(by, row, "treat", "pass_on")
    owed = FollowUp.objects.get(state="open")
    assert timedelta(days=13) < (owed.due_at or clock.now()) - clock.now() <= timedelta(days=14)
    gone_on(by, row, "heard")
    assert not FollowUp.objects.filter(state="open").exists()
    assert state_of(row, by) == State.CONTINUED


def test_a_treatment_begun_elsewhere_goes_on_here_on_the_day_that_was_set(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    row = asked(by, act="join")
    day = clock.today() + timedelta(days=10)
    actions.go_on(by=by, screening_id=row.pk, draft=actions.StepDraft(act="check", next_on=day))
    assert FollowUp.objects.get(state="open").due_at == clock.end_of(day)
    gone_on(by, row, "complete")
    text = open_document(DiseaseScreening.objects.get(), DiseaseDocument, by=by)
    assert (text.treated_on, text.completed_on) == (clock.today(), clock.today())


@given(acts=st.lists(st.sampled_from(Act.values), max_size=6), first=st.sampled_from(["agree", "decline", "join"]))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_goes_only_where_the_table_leads(
    actors: dict[str, Actor], acts: list[str], first: str
) -> None:
    by = actors["health"]
    row = asked(by, act=first)
    assert state_of(row, by) == TABLE.after(ASKED, first)
    for act in acts:
        before = state_of(row, by)
        if TABLE.allows(before, act):
            gone_on(by, row, act)
            assert state_of(row, by) == TABLE.after(before, act)
        else:
            with pytest.raises(WrongState):
                gone_on(by, row, act)
        assert FollowUp.objects.filter(state="open", subject=row.pk).count() <= 1
    assert TABLE.reachable() == {ASKED, *State.values}


@pytest.mark.parametrize("role", ["volunteer", "caseworker", "coordinator", "detention"])
def test_who_may_not_open_health_sees_neither_disease_nor_result(actors: dict[str, Actor], role: str) -> None:
    row, other = gone_on(actors["health"], asked(actors["health"], disease="hiv"), "positive"), actors[role]
    assert not queries.visible_to(other, DiseaseScreening).exists()
    with pytest.raises(NotFound):
        queries.get_for(other, DiseaseScreening, row.pk)
    with pytest.raises(NotAllowed):
        open_document(row, DiseaseDocument, by=other)
    with pytest.raises(NotAllowed):
        actions.go_on(by=other, screening_id=row.pk, draft=actions.StepDraft(act="treat"))


def test_neither_disease_nor_result_nor_state_stands_in_the_open(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    gone_on(by, asked(by, disease="hiv"), "positive", "treat")
    with connection.cursor() as cursor:
        for table in ("health_diseasescreening", "followups_followup", "audit_leaf"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = "|".join(
                str(bytes(cell) if isinstance(cell, memoryview) else cell)
                for line in cursor.fetchall()
                for cell in line
            )
            for word in ("hiv", "positive", "treat"):
                assert word not in stored.lower()


def test_who_lost_the_training_is_told_so(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    lapsed = replace(by, compartments=frozenset())
    row = asked(by)
    with pytest.raises(NotFound):
        queries.get_for(lapsed, DiseaseScreening, row.pk)
    with pytest.raises(NotAllowed, match="training"):
        asked(lapsed, someone(by))


def test_bad_input_is_refused_by_its_field(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    person = someone(by)
    with pytest.raises(Invalid) as refused:
        draft = actions.ScreeningDraft(disease="other", act="treat", place="moon")
        actions.ask(by=by, person_id=person.pk, draft=draft)
    assert set(refused.value.fields) == {"other", "act", "place"}
    row = asked(by, person)
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        actions.go_on(by=by, screening_id=row.pk, draft=actions.StepDraft(act="positive", on=tomorrow))
    assert set(refused.value.fields) == {"on"}
    with pytest.raises(Invalid) as refused:
        actions.go_on(by=by, screening_id=row.pk, draft=actions.StepDraft(act="pass_on"))
    assert set(refused.value.fields) == {"next_stop"}
