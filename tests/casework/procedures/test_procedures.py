"""A procedure is what is done and by when: steps go by the table, days warn, nothing is lost, nobody else reads it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts.factories import make_account
from tests.casework.procedures.factories import (
    NOON,
    SECRETS,
    begun,
    day_says,
    said_of,
    stepped,
    warnings,
    with_day,
)
from tests.people.factories import registered
from waystation.accounts.roles import Role
from waystation.casework.cases import actions as cases
from waystation.casework.followups import queries as followups
from waystation.casework.followups.codes import Section
from waystation.casework.followups.models import FollowUp
from waystation.casework.procedures import actions, keeping, queries
from waystation.casework.procedures.codes import (
    DAY_TABLE,
    TABLE,
    UNDER_WAY,
    Act,
    DayAct,
    DayState,
    Interpreter,
    ProcedureClock,
    ProcedureKind,
    Step,
    Work,
)
from waystation.casework.procedures.documents import DayDocument, Representative
from waystation.casework.procedures.guidance import GUIDANCE
from waystation.casework.procedures.models import Day, Procedure
from waystation.kernel import clock
from waystation.kernel.actors import Actor, Compartment
from waystation.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from waystation.kernel.states import WrongState
from waystation.people import actions as people


@given(acts=st.lists(st.sampled_from(Act.values), max_size=7), first=st.sampled_from(UNDER_WAY))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_steps_goes_only_where_the_table_leads(
    actors: dict[str, Actor], acts: list[str], first: Step
) -> None:
    by = actors["caseworker"]
    row, level = begun(by, step=first.value), int(first == Step.APPEALED)
    for act in acts:
        before = said_of(by, row)
        if TABLE.allows(before.step, act):
            stepped(by, row, act)
            level += act == Act.APPEAL
            after = said_of(by, row)
            assert (after.step, after.level) == (TABLE.after(before.step, act), level)
            assert len(after.steps) == len(before.steps) + 1
        else:
            with pytest.raises(WrongState):
                stepped(by, row, act)
            assert said_of(by, row) == before
    row.refresh_from_db()
    assert (row.state == Work.ENDED) is (said_of(by, row).step == Step.ENDED)
    assert TABLE.reachable() == set(Step.values)


@given(acts=st.lists(st.sampled_from(DayAct.values), max_size=6))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_day_warns_exactly_while_it_is_to_come(actors: dict[str, Actor], acts: list[str]) -> None:
    by = actors["caseworker"]
    day = with_day(by, begun(by))
    for act in acts:
        before = day_says(by, day)
        document = DayDocument(kind="hearing", day=(before.day or clock.today()) + timedelta(days=1))

        def do(act: str = act, document: DayDocument = document) -> None:
            if act == DayAct.MOVE:
                actions.move_day(by=by, day_id=day.pk, document=document)
            else:
                actions.say_what_became(by=by, day_id=day.pk, act=act)

        if DAY_TABLE.allows(before.state, act):
            do()
            assert day_says(by, day).state == DAY_TABLE.after(before.state, act)
        else:
            with pytest.raises(WrongState):
                do()
        now = day_says(by, day)
        left = set(warnings(day)) - {ProcedureClock.MISSED}
        assert left == ({ProcedureClock.WEEK, ProcedureClock.DAY} if now.state == "open" else set())
        assert (ProcedureClock.MISSED in warnings(day)) is (now.state == DayState.MISSED)
    assert DAY_TABLE.reachable() == set(DayState.values)


def test_a_day_warns_a_week_ahead_two_days_ahead_on_the_day_and_stands_on_top_when_over(
    actors: dict[str, Actor],
) -> None:
    by = actors["caseworker"]
    with time_machine.travel(NOON, tick=False):
        day = with_day(by, begun(by), days=10)
        assert warnings(day) == {ProcedureClock.WEEK: date(2026, 11, 27), ProcedureClock.DAY: date(2026, 12, 4)}
        assert actions.see_to(by=by, day_id=day.pk) == 0

    def sections(days: int) -> dict[str, int]:
        with time_machine.travel(NOON + timedelta(days=days), tick=False):
            rows = followups.in_order(followups.work_of(by), clock.now())
            return {row.kind: row.section for row in rows}  # type: ignore[attr-defined]

    assert sections(1)[ProcedureClock.WEEK] == Section.LATER
    assert sections(3)[ProcedureClock.WEEK] == Section.DUE
    assert sections(8)[ProcedureClock.WEEK] == Section.OVERDUE
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        assert actions.see_to(by=by, day_id=day.pk) == 1
        assert warnings(day) == {ProcedureClock.NEAR: date(2026, 12, 2), ProcedureClock.DAY: date(2026, 12, 4)}
    assert sections(8) == {ProcedureClock.NEAR: Section.DUE, ProcedureClock.DAY: Section.LATER}
    with time_machine.travel(NOON + timedelta(days=8), tick=False):
        assert actions.see_to(by=by, day_id=day.pk) == 1
    assert sections(10) == {ProcedureClock.DAY: Section.DUE}
    assert sections(11) == {ProcedureClock.DAY: Section.OVERDUE}
    with time_machine.travel(NOON + timedelta(days=11), tick=False):
        assert actions.see_to(by=by, day_id=day.pk) == 0
        assert set(warnings(day)) == {ProcedureClock.DAY}


def test_a_time_told_is_when_it_is_too_late(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    with time_machine.travel(NOON, tick=False):
        day = with_day(by, begun(by), days=5, kind="hearing", at="09:30")
        row = FollowUp.objects.get(subject=day.pk, kind=ProcedureClock.DAY)
        assert row.due_at == actions.days.moment(date(2026, 11, 29), "09:30")
        assert set(warnings(day)) == {ProcedureClock.NEAR, ProcedureClock.DAY}


def test_a_day_corrected_keeps_what_stood_there_and_warns_anew(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    day = with_day(by, begun(by), days=10)
    before = day_says(by, day)
    later = DayDocument(kind="hearing", day=clock.today() + timedelta(days=30), at="10:00", place="Room 4")
    actions.move_day(by=by, day_id=day.pk, document=later, why="The court moved it")
    after = day_says(by, day)
    assert (after.kind, after.at, after.place) == ("hearing", "10:00", "Room 4")
    assert [(one.day, one.why) for one in after.earlier] == [(before.day, "The court moved it")]
    assert warnings(day) == {
        ProcedureClock.WEEK: clock.today() + timedelta(days=23),
        ProcedureClock.DAY: clock.today() + timedelta(days=30),
    }


def test_a_missed_day_is_to_be_seen_to_today(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    day = with_day(by, begun(by))
    actions.say_what_became(by=by, day_id=day.pk, act="miss", words="The bus did not come")
    assert set(warnings(day)) == {ProcedureClock.MISSED}
    assert day_says(by, day).came == "The bus did not come"
    actions.see_to(by=by, day_id=day.pk)
    assert warnings(day) == {}


def test_an_appeal_lodged_keeps_its_last_day_and_a_hearing_to_come_stays(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = begun(by, step="decided")
    last, hearing = with_day(by, row), with_day(by, row, kind="hearing")
    stepped(by, row, Act.APPEAL)
    assert day_says(by, last).state == DayState.KEPT
    assert warnings(last) == {}
    assert warnings(last, "done").keys() == {ProcedureClock.DAY}
    assert day_says(by, hearing).state == DayState.OPEN


def test_a_step_taken_back_stays_in_the_history_and_an_end_taken_back_warns_again(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = begun(by)
    day = with_day(by, row)
    stepped(by, row, Act.LODGE)
    stepped(by, row, Act.END, words="Withdrawn by the person")
    assert warnings(day) == {}
    assert not queries.under_way().exists()
    back = actions.step_back(by=by, procedure_id=row.pk, why="It was another file")
    assert (back.state, back.ended_on) == (Work.OPEN, None)
    said = said_of(by, row)
    assert said.step == Step.LODGED
    assert (said.steps[-1].taken_back, said.steps[-1].taken_back_why) == (True, "It was another file")
    assert set(warnings(day)) == {ProcedureClock.WEEK, ProcedureClock.DAY}
    actions.step_back(by=by, procedure_id=row.pk)
    with pytest.raises(Invalid, match="Nothing is left"):
        actions.step_back(by=by, procedure_id=row.pk)


def test_nothing_is_written_into_what_has_ended(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = begun(by)
    stepped(by, row, Act.END)
    for do in (
        lambda: with_day(by, row),
        lambda: actions.interpret(by=by, procedure_id=row.pk, interpreter="none"),
        lambda: actions.represent(by=by, procedure_id=row.pk, representative=None),
    ):
        with pytest.raises(Invalid, match="has ended"):
            do()


@pytest.mark.parametrize(
    ("field", "do"),
    [
        ("day", lambda by, row: stepped(by, row, Act.LODGE, day=clock.today() + timedelta(days=1))),
        ("words", lambda by, row: stepped(by, row, Act.END, words=" ")),
        ("day", lambda by, row: with_day(by, row, days=-1)),
        ("day", lambda by, row: with_day(by, row, day=None)),
        ("at", lambda by, row: with_day(by, row, at="half past")),
        ("kind", lambda by, row: with_day(by, row, kind="party")),
        ("kind", lambda by, row: begun(by, kind="party")),
        ("step", lambda by, row: begun(by, step="ended")),
        ("name", lambda by, row: actions.represent(by=by, procedure_id=row.pk, representative=Representative())),
        ("language", lambda by, row: actions.interpret(by=by, procedure_id=row.pk, interpreter="asked")),
        ("owner", lambda by, row: actions.hand_to(by=by, procedure_id=row.pk, owner=UUID(int=3))),
    ],
)
def test_what_does_not_fit_says_what_to_mend(
    actors: dict[str, Actor], field: str, do: Callable[[Actor, Procedure], object]
) -> None:
    row = begun(actors["caseworker"])
    with pytest.raises(Invalid) as refused:
        do(actors["caseworker"], row)
    assert field in refused.value.fields


def test_who_represented_before_is_kept_with_the_last_day(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = begun(by)
    for name in ("Advocate Rossi", "Advocate Bianchi"):
        actions.represent(by=by, procedure_id=row.pk, representative=Representative(name=name))
    said = said_of(by, row)
    assert said.representative.name == "Advocate Bianchi"
    assert next((one.name, one.until) for one in said.representatives) == ("Advocate Rossi", clock.today())
    actions.represent(by=by, procedure_id=row.pk, representative=None)
    assert said_of(by, row).representative is None
    actions.interpret(by=by, procedure_id=row.pk, interpreter=Interpreter.ASKED, language="tir")
    assert said_of(by, row).interpreter_language == "tir"


def test_two_who_write_at_once_lose_nothing(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = begun(by)
    actions.write(by=by, procedure_id=row.pk, revision=1, texts={"about": "To stay with her aunt"})
    with pytest.raises(Conflict):
        actions.write(by=by, procedure_id=row.pk, revision=1, texts={"about": "Something else"})
    assert said_of(by, row).about == "To stay with her aunt"


@pytest.mark.parametrize("role", ["volunteer", "health", "family-links", "detention", "coordinator", "administrator"])
def test_who_does_not_open_legal_help_finds_nothing(actors: dict[str, Actor], role: str) -> None:
    row = begun(actors["caseworker"])
    day = with_day(actors["caseworker"], row)
    other = actors[role]
    with pytest.raises((NotAllowed, NotFound)):
        stepped(other, row, Act.LODGE)
    with pytest.raises((NotAllowed, NotFound)):
        queries.day_for(other, day.pk)
    assert not queries.visible_to(other).exists()
    assert not followups.visible_to(other).filter(subject=day.pk).exists()


def test_a_caseworker_whose_training_lapsed_finds_nothing_either(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = begun(by)
    lapsed = replace(by, compartments=frozenset({Compartment.BASIC, Compartment.PROTECTION}))
    assert not queries.visible_to(lapsed).exists()
    with pytest.raises(NotFound):
        stepped(lapsed, row, Act.LODGE)
    with pytest.raises(NotAllowed):
        begun(lapsed)


def test_nothing_of_it_stands_in_the_book(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    court, number, about, lawyer, bring = SECRETS
    row = begun(by, kind="leave", step="decided", authority=court, reference=number, about=about)
    actions.represent(by=by, procedure_id=row.pk, representative=Representative(name=lawyer))
    with_day(by, row, kind="hearing", bring=bring, place=court)
    stepped(by, row, Act.APPEAL)
    codes = {"protection", "leave", "hearing", "decided", "appealed"}
    with connection.cursor() as cursor:
        for table in ("procedures_procedure", "procedures_day", "followups_followup", "audit_leaf"):
            cursor.execute(f"SELECT * FROM {table}")
            cells = [
                str(bytes(cell) if isinstance(cell, memoryview) else cell)
                for line in cursor.fetchall()
                for cell in line
            ]
            assert not [word for word in SECRETS if any(word in cell for cell in cells)], table
            assert not codes & set(cells) or table == "audit_leaf", table


def test_plain_columns_are_the_state_of_the_work_and_whose_it_is() -> None:
    assert {field.name for field in Procedure._meta.get_fields() if field.concrete} == {
        "id", "person", "case", "owner", "state", "ended_on", "revision", "sealed",
    }  # fmt: skip
    assert {field.name for field in Day._meta.get_fields() if field.concrete} == {"id", "procedure", "sealed"}


def test_a_legal_case_is_not_closed_over_a_procedure_under_way(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    person = registered(by, "Miriam").person
    case = cases.open_case(by=by, person_id=person.pk, draft=cases.CaseDraft(kind="legal", risk="low"))
    wanted = actions.ProcedureDraft(kind="family")
    row = actions.open_procedure(by=by, person_id=person.pk, draft=wanted, case_id=case.pk)

    def missing(closing: str) -> list[str]:
        return [str(text) for text in cases.missing_for(by, case, "close", closing) if "procedure" in str(text)]

    assert missing("helped") == ["A procedure is still under way. End it, or say that somebody else follows it."]
    assert missing("handed_over") == []
    stepped(by, row, Act.END)
    assert missing("helped") == []


def test_a_procedure_hangs_on_no_case_of_somebody_else(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    other = registered(by, "Selam").person
    case = cases.open_case(by=by, person_id=other.pk, draft=cases.CaseDraft(kind="legal", risk="low"))
    with pytest.raises(NotFound):
        actions.open_procedure(
            by=by,
            person_id=registered(by, "Miriam").person.pk,
            draft=actions.ProcedureDraft(kind="family"),
            case_id=case.pk,
        )


def test_given_to_a_colleague_its_warnings_go_along(actors: dict[str, Actor], node: Any) -> None:
    by = actors["caseworker"]
    day = with_day(by, begun(by))
    colleague = make_account(Role.CASEWORKER, post=node)
    actions.hand_to(by=by, procedure_id=day.procedure_id, owner=colleague.pk)
    assert set(FollowUp.objects.filter(subject=day.pk).values_list("owner", flat=True)) == {colleague.pk}


def test_it_goes_with_an_erased_person_and_after_its_time(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = begun(by)
    with_day(by, row)
    people.erase(by=actors["coordinator"], person_id=row.person_id, reason="person-asked")
    assert not Procedure.objects.exists()
    assert not Day.objects.exists()
    old, young = begun(by), begun(by)
    for one in (old, young):
        stepped(by, one, Act.END)
    Procedure.objects.filter(pk=old.pk).update(ended_on=clock.today() - timedelta(days=800))
    assert keeping.forget(clock.now() - timedelta(days=730)) == 1
    assert list(Procedure.objects.all()) == [young]


def test_every_kind_has_its_guidance() -> None:
    assert set(GUIDANCE) == set(ProcedureKind)
    assert all(card.see_to for kind, card in GUIDANCE.items() if kind != ProcedureKind.OTHER)


def test_days_to_come_are_narrowed_by_whose_and_when(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    soon, later = with_day(by, begun(by), days=3), with_day(by, begun(by), days=20)
    found = queries.days_to_come(by, whose="mine", within=7)
    assert [row.subject for row in found] == [soon.pk]
    assert {row.subject for row in queries.days_to_come(by)} == {soon.pk, later.pk}
    assert not queries.days_to_come(by, whose="none").exists()
    [line] = queries.coming(found, by=by)
    assert line.identity is not None
    assert line.identity.display_name == "Miriam Tekle"
