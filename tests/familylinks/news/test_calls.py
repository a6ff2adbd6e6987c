"""Promise: a free call counts once, without a name, in the day's tally and in the weeks of its post."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from waystation.casework.tally import actions as tally
from waystation.casework.tally import queries as tallied
from waystation.familylinks.news import queries
from waystation.familylinks.news.actions.calls import SessionDraft, count_session
from waystation.familylinks.news.models import ContactSession
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Invalid, NotAllowed


def call(**changes: Any) -> SessionDraft:
    """A call of ten minutes that reached somebody."""
    said: dict[str, Any] = {"id": uuid4(), "kind": "phone", "minutes": 10, "reached": "yes"}
    return SessionDraft(**said | changes)


def test_a_call_stands_in_the_tally_and_in_the_week(volunteer: Actor) -> None:
    assert volunteer.post_id
    one = call()
    for draft in (one, one, call(kind="wifi", minutes=None, reached="not-said"), call(reached="no")):
        count_session(by=volunteer, draft=draft)
    day = tallied.day_of(volunteer, volunteer.post_id, clock.today())
    assert {service.value: many for service, many in day.services} == {"phone": 2, "wifi": 1}
    week = queries.weeks(volunteer, volunteer.post_id)[-1]
    assert (week.sessions, week.minutes, week.reached, week.people) == ({"phone": 2, "wifi": 1}, 20, 1, 3)


def test_taken_back_in_the_tally_it_is_gone_here(volunteer: Actor) -> None:
    assert volunteer.post_id
    row = count_session(by=volunteer, draft=call())
    tally.take_back(by=volunteer, contact_id=row.pk)
    assert queries.weeks(volunteer, volunteer.post_id)[-1].people == 0


def test_weeks_begin_on_monday_and_go_back_eight(volunteer: Actor) -> None:
    assert volunteer.post_id
    with time_machine.travel("2031-03-05T10:00:00Z", tick=False):
        for days in (0, 2, 3, 55, 80):
            with time_machine.travel(clock.now() - timedelta(days=days), tick=False):
                count_session(by=volunteer, draft=call())
        found = queries.weeks(volunteer, volunteer.post_id)
    assert [week.people for week in found] == [0, 0, 0, 0, 0, 0, 1, 2]
    assert [week.first.weekday() for week in found] == [0] * 8


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "pigeon"}, "kind"),
        ({"reached": "perhaps"}, "reached"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 241}, "minutes"),
    ],
)
def test_what_cannot_be_is_not_counted(volunteer: Actor, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as problem:
        count_session(by=volunteer, draft=call(**changes))
    assert list(problem.value.fields) == [field]
    assert not ContactSession.objects.exists()


def test_who_meets_nobody_counts_nobody(actors: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        count_session(by=actors["administrator"], draft=call())
