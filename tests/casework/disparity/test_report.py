"""The report counts each person once, shows nobody among few, and points only to what chance hardly makes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.referrals.factories import partner
from tests.people.factories import registered
from waystation.casework.disparity import queries
from waystation.casework.disparity.codes import CARDS, PERIODS, Ground, Measure
from waystation.casework.disparity.counting import Table, is_worse, tabulate
from waystation.casework.referrals.models import Referral
from waystation.casework.suppression import with_totals
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.kernel.errors import NotAllowed
from waystation.people.actions import give_consent, merge
from waystation.people.codes import RecipientKind
from waystation.people.documents import ConsentDocument

COLUMNS = ["accepted", "declined", "unanswered"]
GOOD = frozenset({"accepted"})


def answered(by: Actor, sex: str, *, declined: bool, person: Any = None, days: int = 1) -> Any:
    """A referral of someone, accepted or declined some days ago, as rows stand after the whole road."""
    person = person or registered(by, "Amal", sex=sex).person
    consent = give_consent(
        by=by, person_id=person.pk, purpose="referral", recipient_kind=RecipientKind.NGO,
        document=ConsentDocument(read_back=True), expires_on=clock.today(),
    )  # fmt: skip
    at = clock.now() - timedelta(days=days)
    Referral.objects.create(
        number=f"R{Referral.objects.count()}", person=person, partner=partner(), consent=consent, service="food",
        compartment="basic", priority="normal", state="declined" if declined else "accepted", made_at=at,
        made_by=by.account_id, state_at=at, sent_at=at, answered_at=at, declined="full" if declined else "", sealed=b"",
    )  # fmt: skip
    return person


def test_a_group_that_is_declined_more_is_pointed_out(actors: dict[str, Actor]) -> None:
    by = actors["coordinator"]
    for number in range(24):
        answered(by, "female", declined=number < 18)
        answered(by, "male", declined=number < 6)
    found = queries.report(by, measure=Measure.ACCEPTANCE, ground=Ground.SEX, months=12)
    shown = {line.group: (line.cells, line.percent, line.look) for line in found.lines}
    assert shown["female"] == ((6, 18, 0), 25, True)
    assert shown["male"] == ((18, 6, 0), 75, False)
    assert found.total.cells == (24, 24, 0)


def test_one_person_counts_once_by_the_last_referral_also_when_two_records_were_joined(
    actors: dict[str, Actor],
) -> None:
    by = actors["coordinator"]
    for _number in range(5):
        answered(by, "male", declined=False)
    one = answered(by, "female", declined=True, days=5)
    other = answered(by, "female", declined=False, days=2)
    answered(by, "female", declined=False, person=other, days=1)
    merge(by=by, survivor_id=one.pk, absorbed_id=other.pk, note="same slip")
    for _number in range(5):
        answered(by, "female", declined=False)
    found = queries.report(by, measure=Measure.ACCEPTANCE, ground=Ground.SEX, months=12)
    assert {line.group: line.total for line in found.lines} == {"female": 6, "male": 5}


def test_few_people_are_hidden_and_cannot_be_worked_out(actors: dict[str, Actor]) -> None:
    by = actors["coordinator"]
    for _number in range(8):
        answered(by, "male", declined=False)
    for _number in range(3):
        answered(by, "female", declined=True)
    found = queries.report(by, measure=Measure.ACCEPTANCE, ground=Ground.SEX, months=12)
    shown = [count for line in found.lines for count in (*line.cells, line.total)] + list(found.total.cells)
    assert 3 not in shown
    assert found.hides


@given(pairs=st.lists(st.tuples(st.sampled_from("abcdefghijklmnop"), st.sampled_from(COLUMNS)), max_size=120))
def test_no_count_below_five_is_ever_shown(pairs: list[tuple[str, str]]) -> None:
    found = tabulate(pairs, COLUMNS, GOOD)
    for line in (*found.lines, found.total):
        assert all(count is None or count == 0 or count >= 5 for count in (*line.cells, line.total))
        assert line.percent is None or None not in line.cells
        assert not (line.look and line.percent is None)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((6, 24, 18, 24), True),
        ((5, 10, 6, 10), False),
        ((0, 5, 5, 5), True),
        ((3, 6, 60, 100), False),
        ((0, 0, 1, 1), False),
    ],
)
def test_four_fifths_and_not_by_chance(figures: tuple[int, int, int, int], *, expected: bool) -> None:
    assert is_worse(*figures) is expected


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("ground", list(Ground))
def test_every_table_has_a_page_and_a_file(
    client_for: Callable[..., Client], actors: dict[str, Actor], measure: str, ground: str
) -> None:
    for _number in range(6):
        answered(actors["coordinator"], "female", declined=True)
    client = client_for("coordinator")
    query = f"measure={measure}&ground={ground}&months=12"
    assert client.get(f"/alike/?{query}").status_code == 200
    heads = client.get(f"/alike/table/?{query}").content.decode("utf-8-sig").splitlines()[0]
    assert heads.count(",") == len(CARDS[Measure(measure)].columns) + 1


def test_only_a_coordinator_compares(actors: dict[str, Actor]) -> None:
    with pytest.raises(NotAllowed):
        queries.report(actors["caseworker"], measure=Measure.WAITING, ground=Ground.AGE, months=12)


def test_the_form_speaks_the_language_of_the_page(client_for: Any) -> None:
    client: Client = client_for("coordinator")
    client.cookies["django_language"] = "fr"
    assert "12 mois" in client.get("/alike/").content.decode()


@given(
    people=st.lists(
        st.tuples(st.sampled_from("fm"), st.sampled_from("abcd"), st.sampled_from(COLUMNS)), min_size=1, max_size=60
    )
)
@settings(max_examples=300, deadline=None)
def test_two_grounds_show_the_same_totals_and_give_no_small_count_away(people: list[tuple[str, str, str]]) -> None:
    tables = []
    for ground in (0, 1):
        pairs = [(person[ground], person[2]) for person in people]
        tables.append(tabulate(pairs, COLUMNS, GOOD))
        true = [[pairs.count((line.group, column)) for column in COLUMNS] for line in tables[-1].lines]
        full = with_totals(true)
        given_away = worked_out(tables[-1])
        assert all(full[r][c] >= 5 for r, c in given_away)
    assert tables[0].total.cells == tables[1].total.cells
    assert tables[0].total.total == tables[1].total.total


def worked_out(table: Table) -> list[tuple[int, int]]:
    """The hidden counts that the sums leave no choice: those whose line lies in the space of all sums."""
    lines = [(*line.cells, line.total) for line in (*table.lines, table.total)]
    height, width = len(lines), len(lines[0])
    hidden = [(r, c) for r in range(height) for c in range(width) if lines[r][c] is None]
    if not hidden:
        return []
    sums = [[_sign(r, height) if c == column else 0 for r, c in hidden] for column in range(width)]
    sums += [[_sign(c, width) if r == row else 0 for r, c in hidden] for row in range(height)]
    whole = np.linalg.matrix_rank(np.array(sums))
    one = np.eye(len(hidden))
    return [cell for place, cell in enumerate(hidden) if np.linalg.matrix_rank(np.vstack([sums, one[place]])) == whole]


def _sign(place: int, length: int) -> int:
    return -1 if place == length - 1 else 1


def test_no_period_overlaps_another(actors: dict[str, Actor]) -> None:
    by = actors["coordinator"]
    for days, many in ((30, 6), (200, 2), (400, 5)):
        for _number in range(many):
            answered(by, "female", declined=False, days=days)
    for months, count in ((12, 8), (24, 5)):
        found = queries.report(by, measure=Measure.ACCEPTANCE, ground=Ground.SEX, months=months)
        assert found.total.total == count
    assert set(PERIODS) == {12, 24}, "a shorter one within would give the two away"
