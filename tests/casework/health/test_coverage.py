"""How many were screened: each person once, nobody named, nobody to be worked out."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.health.factories import asked, gone_on, someone
from waystation.casework.health import coverage
from waystation.casework.health.codes.diseases import Column, Disease
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotAllowed
from waystation.people.actions import erase, merge

FACILITIES = [("Bridge", "post"), ("Bridge", "reception"), ("Harbour", "clinic")]


def tb(by: Actor) -> coverage.Table:
    return coverage.report(by, disease=Disease.TB, year=clock.today().year)


def test_each_stands_in_one_column_and_sums_are_made_of_what_is_shown(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    for _number in range(5):
        asked(by, act="decline")
        asked(by)
        gone_on(by, asked(by), "negative")
        gone_on(by, asked(by), "positive")
        gone_on(by, asked(by), "positive", "treat")
        gone_on(by, asked(by, act="join"), "complete")
    asked(by, disease="hiv")
    found = tb(actors["coordinator"])
    (line,) = found.lines
    assert (line.cells, line.total) == ((5, 5, 5, 5, 5, 5), 30)
    assert (line.agreed, line.positive, line.place) == (25, 15, "reception")
    assert not found.hides


def test_a_person_counts_once_with_the_last_answer_also_when_two_records_were_joined(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    for _number in range(6):
        person = someone(by)
        asked(by, person, act="decline")
        gone_on(by, asked(by, person), "negative")
    one, other = someone(by), someone(by)
    asked(by, one, act="decline")
    gone_on(by, asked(by, other), "negative")
    merge(by=actors["coordinator"], survivor_id=one.pk, absorbed_id=other.pk, note="same slip")
    found = tb(by)
    assert found.total.cells == (0, 0, 7, 0, 0, 0)


def test_few_people_are_hidden_and_sums_with_them(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    for _number in range(7):
        gone_on(by, asked(by), "negative")
    for _number in range(2):
        gone_on(by, asked(by), "positive")
    found = tb(by)
    assert found.total.positive is None
    assert found.hides
    assert 2 not in found.total.cells


@given(
    cells=st.lists(st.tuples(st.sampled_from(FACILITIES), st.sampled_from(list(Column))), max_size=90),
)
def test_no_count_below_five_is_ever_shown(cells: list[tuple[tuple[str, str], Column]]) -> None:
    found = coverage.tabulate(Counter(cells))
    for line in (*found.lines, found.total):
        for count in (*line.cells, line.total):
            assert count is None or count == 0 or count >= 5
        assert line.positive is None or line.positive == 0 or line.positive >= 5


def test_an_erased_person_is_counted_no_more(actors: dict[str, Actor]) -> None:
    by = actors["health"]
    people = [someone(by) for _number in range(6)]
    for person in people:
        asked(by, person)
    erase(by=actors["coordinator"], person_id=people[0].pk, reason="person-asked")
    assert tb(by).total.total == 5


def test_the_page_and_the_file_name_nobody(client_for: Callable[..., Client], actors: dict[str, Actor]) -> None:
    by = actors["health"]
    for number in range(6):
        gone_on(by, asked(by, someone(by, f"Zubaida{number}")), "positive")
    client = client_for("coordinator")
    page = client.get("/health/coverage/?disease=tb").content.decode()
    file = client.get("/health/coverage/table/?disease=tb").content.decode("utf-8-sig")
    assert "Reception facility" in page
    assert file.splitlines()[-1] == "All,6,6,0,0,0,6,0,0,6"
    assert "Zubaida" not in page + file


def test_only_health_and_coordinators_read_it(actors: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        tb(actors["caseworker"])
