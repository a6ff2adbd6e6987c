"""Rounds go only when it is safe, count each contact once, and leave no list of places or helpers to be found."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.casework.followups.models import FollowUp
from waystation.casework.outreach import actions, queries
from waystation.casework.outreach.codes import TABLE, Act, Check, State
from waystation.casework.outreach.models import Contact, DoorDocument, PlaceDocument, Round, RoundDocument
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed
from waystation.kernel.states import WrongState

ALL = tuple(Check.values)


def planned(by: Actor, **said: Any) -> Round:
    place = actions.add_place(by=by, kind="work", document=PlaceDocument(name="Orange groves behind the mill"))
    door = actions.add_door(by=by, kind="union", document=DoorDocument(name="Brother Anselm", contact="after mass"))
    draft = actions.RoundDraft(
        place_id=place.pk,
        way="outreach",
        starts_at=clock.now() + timedelta(days=1),
        document=RoundDocument(purpose="Water and news"),
        door_id=door.pk,
        **said,
    )
    return actions.plan(by=by, draft=draft)


def under_way(by: Actor) -> Round:
    return actions.set_out(by=by, round_id=planned(by).pk, checks=ALL)


def test_nobody_sets_out_before_everything_is_checked(actors: dict[str, Actor]) -> None:
    row = planned(actors["caseworker"])
    with pytest.raises(Invalid) as refused:
        actions.set_out(by=actors["volunteer"], round_id=row.pk, checks=ALL[1:])
    assert "Somebody at the post knows" in str(refused.value.fields["checks"])
    assert actions.set_out(by=actors["volunteer"], round_id=row.pk, checks=ALL).state == State.UNDER_WAY


def test_sent_twice_it_counts_once_and_a_slip_is_taken_back(actors: dict[str, Actor]) -> None:
    row, by, number = under_way(actors["caseworker"]), actors["volunteer"], uuid4()
    draft = actions.ContactDraft(sex="female", age_band="25-59", fears=("deportation",), through_door=True)
    for _try in range(2):
        actions.meet(by=by, round_id=row.pk, contact_id=number, draft=draft)
    assert Contact.objects.count() == 1
    actions.take_back(by=by, round_id=row.pk, contact_id=number)
    assert not Contact.objects.exists()


def test_fears_stand_by_month_and_few_are_hidden(actors: dict[str, Actor]) -> None:
    row, by = under_way(actors["caseworker"]), actors["volunteer"]
    for number in range(8):
        fears = ("deportation", "data") if number < 7 else ("cost",)
        actions.meet(by=by, round_id=row.pk, contact_id=uuid4(), draft=actions.ContactDraft(fears=fears))
    found = queries.fears_by_month(by)
    assert found.months == (clock.today().replace(day=1),)
    shown = dict(zip(found.heads, found.cells[0], strict=False))
    assert shown["cost"] is None
    assert 1 not in {count for line in found.cells for count in line}


def test_no_place_and_no_name_stands_in_the_book(actors: dict[str, Actor]) -> None:
    planned(actors["caseworker"])
    with connection.cursor() as cursor:
        for table in ("outreach_door", "outreach_place", "outreach_round", "audit_leaf", "followups_followup"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = "|".join(
                str(bytes(cell) if isinstance(cell, memoryview) else cell)
                for line in cursor.fetchall()
                for cell in line
            )
            for word in ("Orange", "Anselm", "after mass", "Water"):
                assert word not in stored


def test_volunteers_go_but_do_not_see_who_opens_doors(actors: dict[str, Actor]) -> None:
    planned(actors["caseworker"])
    with pytest.raises(NotAllowed):
        queries.doors(actors["volunteer"])
    with pytest.raises(NotAllowed):
        queries.places(actors["volunteer"])
    assert queries.rounds(actors["volunteer"]).count() == 1


def test_a_round_and_a_visit_stand_under_to_do(actors: dict[str, Actor]) -> None:
    by = actors["caseworker"]
    row = planned(by)
    kinds = set(FollowUp.objects.filter(state="open").values_list("kind", flat=True))
    assert kinds == {"outreach.round", "outreach.visit"}
    actions.call_off(by=by, round_id=row.pk, why="checks")
    assert set(FollowUp.objects.filter(state="open").values_list("kind", flat=True)) == {"outreach.visit"}


@given(acts=st.lists(st.sampled_from(Act.values), max_size=6))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_goes_only_where_the_table_leads(actors: dict[str, Actor], acts: list[str]) -> None:
    by = actors["caseworker"]
    row = planned(by)
    do: dict[str, Any] = {
        Act.SET_OUT: lambda: actions.set_out(by=by, round_id=row.pk, checks=ALL),
        Act.MEET: lambda: actions.meet(by=by, round_id=row.pk, contact_id=uuid4(), draft=actions.ContactDraft()),
        Act.END: lambda: actions.end(by=by, round_id=row.pk),
        Act.CALL_OFF: lambda: actions.call_off(by=by, round_id=row.pk, why="weather"),
    }
    for act in acts:
        before = Round.objects.get(pk=row.pk).state
        if TABLE.allows(before, act):
            do[act]()
            assert Round.objects.get(pk=row.pk).state == TABLE.after(before, act)
        else:
            with pytest.raises(WrongState):
                do[act]()
    assert TABLE.reachable() == set(State.values)
