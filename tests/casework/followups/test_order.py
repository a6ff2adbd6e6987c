"""Bar: the order of what is to be done equals a naive reference order, made of clock and threat alone."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waystation.casework.followups import queries
from waystation.casework.followups.codes import DUE_WITHIN, Section, WaitingOn
from waystation.casework.followups.models import FollowUp
from waystation.casework.followups.words import why_here
from waystation.kernel.actors import Actor

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
hours = st.integers(-96, 96)
rows = st.fixed_dictionaries(
    {
        "immediate": st.booleans(),
        "due": st.none() | hours,
        "opened": st.integers(-200, -1),
        "seen": st.booleans(),
        "waiting_on": st.sampled_from(WaitingOn.values),
        "owned": st.booleans(),
    }
)


PLAIN: dict[str, Any] = {
    "immediate": False, "due": 1, "opened": -1, "seen": True, "waiting_on": "", "owned": True
}  # fmt: skip


def naive_place(row: FollowUp) -> tuple[Any, ...]:
    """The order as a person would explain it, written a second time without the database."""
    if row.immediate:
        section = Section.IMMEDIATE
    elif row.due_at and row.due_at < NOW:
        section = Section.OVERDUE
    elif row.waiting_on:
        section = Section.WAITING
    elif row.due_at and row.due_at <= NOW + DUE_WITHIN:
        section = Section.DUE
    elif row.seen_at is None:
        section = Section.NEW
    else:
        section = Section.LATER
    return (section, row.due_at is None, row.due_at or NOW, row.opened_at, row.pk.hex)


def made(by: Actor, drawn: dict[str, Any]) -> FollowUp:
    return FollowUp.objects.create(
        kind="case.task",
        subject=uuid4(),
        compartment="protection",
        owner=by.account_id if drawn["owned"] else None,
        opened_at=NOW + timedelta(hours=drawn["opened"]),
        opened_by=by.account_id,
        seen_at=NOW if drawn["seen"] else None,
        due_at=None if drawn["due"] is None else NOW + timedelta(hours=drawn["due"]),
        immediate=drawn["immediate"],
        waiting_on=drawn["waiting_on"],
    )


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(rows, max_size=25))
def test_the_order_equals_a_naive_reference(actors: dict[str, Actor], drawn: list[dict[str, Any]]) -> None:
    by = actors["caseworker"]
    FollowUp.objects.all().delete()
    all_rows = [made(by, one) for one in drawn]
    shown = list(queries.in_order(queries.work_of(by), NOW))
    assert [row.pk for row in shown] == [row.pk for row in sorted(all_rows, key=naive_place)]
    counts = queries.counts(queries.work_of(by), NOW)
    assert sum(counts.values()) == len(all_rows)
    assert all(counts[part] == sum(naive_place(row)[0] == part for row in all_rows) for part in Section)


@time_machine.travel(NOW, tick=False)
def test_who_stands_in_sees_what_is_the_others(actors: dict[str, Actor]) -> None:
    from waystation.casework.followups import actions

    away, helper, lead = actors["caseworker"], actors["coordinator"], actors["coordinator"]
    theirs = made(away, PLAIN)
    assert theirs not in queries.work_of(helper)
    day = NOW.date()
    actions.cover(by=lead, away=away.account_id, covered_by=helper.account_id, first_day=day, last_day=day)
    assert theirs in queries.work_of(helper)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        assert theirs not in queries.work_of(helper)


def test_what_a_role_does_not_open_is_not_in_its_list(actors: dict[str, Actor]) -> None:
    row = made(actors["caseworker"], PLAIN)
    assert row in queries.visible_to(actors["caseworker"])
    assert row not in queries.visible_to(actors["health"])
    assert row not in queries.visible_to(actors["volunteer"])


def test_done_can_be_taken_back_by_who_did_it(actors: dict[str, Actor]) -> None:
    from waystation.casework.followups import actions
    from waystation.kernel.errors import NotFound

    by = actors["caseworker"]
    row = made(by, PLAIN)
    actions.end(by=by, follow_up_id=row.pk)
    with pytest.raises(NotFound):
        actions.end(by=by, follow_up_id=row.pk)
    with pytest.raises(NotFound):
        actions.reopen(by=actors["coordinator"], follow_up_id=row.pk)
    assert actions.reopen(by=by, follow_up_id=row.pk).state == "open"


@time_machine.travel(NOW, tick=False)
def test_what_waits_on_the_supervisor_waits_on_others_for_everybody_else(actors: dict[str, Actor]) -> None:
    worker, lead, partner = actors["caseworker"], actors["coordinator"], WaitingOn.PARTNER
    asked = made(worker, {**PLAIN, "waiting_on": WaitingOn.SUPERVISOR, "owned": False})
    own = made(lead, {**PLAIN, "waiting_on": WaitingOn.SUPERVISOR, "owned": False})
    sent = made(worker, {**PLAIN, "waiting_on": partner, "owned": False})
    for decides, expected in ((None, Section.WAITING), (lead, Section.DUE)):
        rows = list(queries.in_order(queries.work_of(lead), NOW, decides=decides))
        places = {row.pk: row.section for row in rows}  # type: ignore[attr-defined]
        assert places == {asked.pk: expected, own.pk: Section.WAITING, sent.pk: Section.WAITING}
        counts = queries.counts(queries.work_of(lead), NOW, decides=decides)
        assert counts[Section.WAITING] == (3 if decides is None else 2)
    with translation.override("en"):
        assert "Waits" not in why_here(asked, Section.DUE, NOW)
        assert "Waits" in why_here(own, Section.WAITING, NOW)
