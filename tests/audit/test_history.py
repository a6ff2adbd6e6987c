"""A person's history: who opened and changed this record, with what the entries say, for those who may open her."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.audit.conftest import ANNA, write
from waystation.audit.log import append
from waystation.audit.models import Leaf
from waystation.audit.queries import history_of
from waystation.kernel.errors import BudgetSpent, NodeLocked, NotAllowed
from waystation.kernel.journal import Entry
from waystation.vault import budget, erase_person, new_person_key, node

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
    assert (last.action, last.person) == ("audit.history", person)
    assert budget.spent(ANNA) == before + 1


def test_who_may_not_open_people_or_has_opened_too_many_reads_no_history(person: UUID) -> None:
    with pytest.raises(NotAllowed):
        history_of([person], replace(ANNA, compartments=frozenset()))
    with pytest.raises(BudgetSpent):
        history_of([person], replace(ANNA, people_per_hour=0))


def test_after_erasure_the_acts_remain_without_their_details(person: UUID) -> None:
    write(2, person)
    erase_person(person)
    (line,) = history_of([person], ANNA)
    assert (line.times, line.details) == (2, ())


def test_a_locked_node_tells_no_history(person: UUID) -> None:
    write(1, person)
    node.lock("panic")
    with pytest.raises(NodeLocked):
        history_of([person], ANNA)


def test_history_costs_few_queries_however_long_it_is(person: UUID, django_assert_max_num_queries: Any) -> None:
    for n in range(60):
        write(1, person, action="posts.add" if n % 2 else "posts.change")
    history_of([person], ANNA)
    with django_assert_max_num_queries(8):
        history_of([person], ANNA)
