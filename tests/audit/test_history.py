"""A person's history: who opened and changed this record, with what the entries say, for those who may open her."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db.models import Q

from tests.audit.conftest import ANNA, about, write
from waystation.audit import leaves
from waystation.audit.log import append
from waystation.audit.models import Leaf
from waystation.audit.queries import history_of
from waystation.audit.verify import verify_log
from waystation.kernel.clock import now
from waystation.kernel.errors import BudgetSpent, NodeLocked, NotAllowed
from waystation.kernel.journal import Entry
from waystation.vault import budget, erase_person, new_person_key, node, person_mac, seal_detail

pytestmark = pytest.mark.usefixtures("open_node")


@pytest.fixture
def person(open_node: None) -> UUID:
    made = uuid4()
    new_person_key(made)
    return made


def test_history_tells_acts_newest_first_with_their_details(person: UUID) -> None:
    append(ANNA, [Entry(action="posts.add", person=person, detail={"column": "identity"})])
    append(ANNA, [Entry(action="posts.change", person=person, detail={"fields": "alias"})])
    write(1, uuid4())
    lines = history_of([person], ANNA)
    assert [(line.action, line.details) for line in lines] == [
        ("posts.change", ({"fields": "alias"},)),
        ("posts.add", ({"column": "identity"},)),
    ]


def test_one_look_at_many_parts_is_one_line_that_names_them_all(person: UUID) -> None:
    for column in ("identity", "note", "identity"):
        append(ANNA, [Entry(action="vault.read", person=person, detail={"column": column})])
    (line,) = history_of([person], ANNA)
    assert (line.times, line.last - line.first) == (3, 2)
    assert line.details == ({"column": "identity"}, {"column": "note"})


def test_two_joined_records_have_one_history(person: UUID) -> None:
    other = uuid4()
    new_person_key(other)
    write(1, person)
    write(1, other, action="posts.add")
    assert {line.action for line in history_of([person, other], ANNA)} == {"posts.change", "posts.add"}


def test_reading_the_history_is_a_reading_itself(person: UUID) -> None:
    write(1, person)
    before = budget.spent(ANNA)
    history_of([person], ANNA)
    last = Leaf.objects.order_by("-index")[0]
    assert (last.action, last) == ("audit.history", about(person).last())
    assert budget.spent(ANNA) == before + 1


def test_who_may_not_open_people_or_has_opened_too_many_reads_no_history(person: UUID) -> None:
    with pytest.raises(NotAllowed):
        history_of([person], replace(ANNA, compartments=frozenset()))
    with pytest.raises(BudgetSpent):
        history_of([person], replace(ANNA, people_per_hour=0))


def test_after_erasure_the_acts_remain_and_nothing_leads_to_them_from_the_person(person: UUID) -> None:
    row = uuid4()
    append(ANNA, [Entry(action="posts.add", subject=row, person=person)])
    erase_person(person)
    assert history_of([person], ANNA) == []
    leaf = Leaf.objects.get(action="posts.add")
    assert {leaf.person, leaf.subject}.isdisjoint({person, row, None})
    assert not Leaf.objects.filter(Q(person__in=[person, row]) | Q(subject__in=[person, row])).exists()


def test_acts_of_two_days_have_nothing_in_common_and_stand_in_one_history(person: UUID) -> None:
    begun = now()
    for days in (0, 1, 40):
        with time_machine.travel(begun + timedelta(days=days)):
            append(ANNA, [Entry(action="posts.add", subject=person, person=person, detail={"a": 1})])
    leaves_of = Leaf.objects.filter(action="posts.add")
    for column in ("person", "subject", "mac", "detail"):
        assert (
            len(
                {
                    bytes(value) if column in {"mac", "detail"} else value
                    for value in leaves_of.values_list(column, flat=True)
                }
            )
            == 3
        ), column
    with time_machine.travel(begun + timedelta(days=41)):
        lines = history_of([person], ANNA)
    assert sum(line.times for line in lines) == 3
    assert all(line.details == ({"a": 1},) for line in lines)


def test_entries_of_older_logs_hold_ids_still_verify_and_stand_in_the_history(
    person: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_before(entry: Entry, plain: bytes, _at: datetime) -> leaves.Protected:
        assert entry.person
        return leaves.Protected(
            entry.person, entry.subject, person_mac(entry.person, plain), seal_detail(entry.person, plain)
        )

    with monkeypatch.context() as patched:
        patched.setattr(leaves, "_protected", as_before)
        append(ANNA, [Entry(action="posts.add", subject=person, person=person, detail={"old": 1})])
    append(ANNA, [Entry(action="posts.change", subject=person, person=person, detail={"new": 1})])
    assert verify_log().ok
    assert [line.details for line in history_of([person], ANNA)] == [({"new": 1},), ({"old": 1},)]
    erase_person(person)
    (line,) = history_of([person], ANNA)
    assert (line.action, line.details) == ("posts.add", ())


def test_a_locked_node_tells_no_history(person: UUID) -> None:
    write(1, person)
    node.lock("panic")
    with pytest.raises(NodeLocked):
        history_of([person], ANNA)


def test_history_costs_few_queries_however_long_it_is(person: UUID, django_assert_max_num_queries: Any) -> None:
    for n in range(60):
        write(1, person, action="posts.add" if n % 2 else "posts.change")
    history_of([person], ANNA)
    with django_assert_max_num_queries(9):
        history_of([person], ANNA)
