"""No account opens more people in an hour than honest work needs, unless a second officer says so."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from tests.vault.sealed import Drawer, Letter, drawer, reader
from waystation.kernel import journal
from waystation.kernel.actors import Actor
from waystation.kernel.errors import BudgetSpent, Invalid, NotAllowed
from waystation.kernel.journal import Entry
from waystation.vault import budget, open_document, open_documents
from waystation.vault.actors import system_actor
from waystation.vault.models import BudgetRelease, Opening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("node")]


@pytest.fixture
def rows() -> list[Drawer]:
    return [drawer() for _ in range(6)]


def test_people_are_counted_once_an_hour_however_often_they_are_opened(rows: list[Drawer]) -> None:
    by = reader(people_per_hour=5)
    for _ in range(3):
        open_documents(rows[:5], Letter, by=by)
        budget.forget_counted()
    assert budget.spent(by) == 5


def test_one_person_too_many_is_refused_and_nothing_of_the_page_is_given(
    rows: list[Drawer], entries: list[Entry]
) -> None:
    by = reader(people_per_hour=5)
    open_documents(rows[:4], Letter, by=by)
    entries.clear()
    with pytest.raises(BudgetSpent, match="second officer"):
        open_documents(rows[4:], Letter, by=by)
    assert budget.spent(by) == 4
    assert entries == []
    open_document(rows[4], Letter, by=by)


def test_on_a_page_people_are_counted_with_its_one_entry_in_the_log_and_refused_at_once(
    rows: list[Drawer], entries: list[Entry]
) -> None:
    by = reader(people_per_hour=5)
    entries.clear()
    with pytest.raises(BudgetSpent), journal.gather_reads():
        open_documents(rows[:3], Letter, by=by)
        open_documents(rows[2:5], Letter, by=by)
        assert (entries, budget.spent(by)) == ([], 0)
        open_documents(rows[5:], Letter, by=by)
        pytest.fail("the sixth person was opened")
    assert len(entries) == 6
    assert budget.spent(by) == 5


def test_an_action_that_is_undone_after_reading_still_counts_what_its_page_read(rows: list[Drawer]) -> None:
    by = reader(people_per_hour=5)
    with journal.gather_reads():
        with pytest.raises(ValueError, match="undone"), transaction.atomic():
            open_documents(rows[:2], Letter, by=by)
            journal.record(by, Entry(action="vault.read"))
            raise ValueError("undone")
        assert budget.spent(by) == 0
    assert budget.spent(by) == 2


def test_budgets_of_two_accounts_are_apart(rows: list[Drawer]) -> None:
    for by in (reader(people_per_hour=6), reader(people_per_hour=6)):
        open_documents(rows, Letter, by=by)
        assert budget.spent(by) == 6


def test_the_next_hour_begins_afresh(rows: list[Drawer]) -> None:
    by = reader(people_per_hour=3)
    with time_machine.travel(datetime(2026, 12, 1, 9, 59, tzinfo=UTC), tick=False) as clock:
        open_documents(rows[:3], Letter, by=by)
        clock.shift(timedelta(minutes=2))
        budget.forget_counted()
        open_documents(rows[3:], Letter, by=by)
        assert budget.spent(by) == 3


def test_a_clock_set_back_refuses_nobody_wrongly_and_frees_nothing_in_its_hour(rows: list[Drawer]) -> None:
    by = reader(people_per_hour=3)
    with time_machine.travel(datetime(2026, 12, 1, 9, 30, tzinfo=UTC), tick=False) as clock:
        open_documents(rows[:3], Letter, by=by)
        clock.shift(timedelta(hours=-3))
        budget.forget_counted()
        open_documents(rows[3:], Letter, by=by)
        clock.shift(timedelta(hours=3))
        budget.forget_counted()
        with pytest.raises(BudgetSpent):
            open_documents(rows[3:], Letter, by=by)


def test_a_second_officer_releases_more_for_this_hour_only(rows: list[Drawer], entries: list[Entry]) -> None:
    by, officer = reader(people_per_hour=3), reader(role="coordinator")
    with time_machine.travel(datetime(2026, 12, 1, 9, 30, tzinfo=UTC), tick=False) as clock:
        budget.release(by=officer, account_id=by.account_id, more=3)
        open_documents(rows, Letter, by=by)
        assert [(e.action, e.subject) for e in entries if "budget" in e.action] == [
            ("vault.release_budget", by.account_id)
        ]
        clock.shift(timedelta(hours=1))
        budget.forget_counted()
        with pytest.raises(BudgetSpent):
            open_documents(rows, Letter, by=by)


def test_nobody_releases_for_themselves_and_no_other_role_at_all() -> None:
    officer, volunteer = reader(role="coordinator"), reader(role="volunteer")
    for by, account in ((officer, officer.account_id), (volunteer, officer.account_id)):
        with pytest.raises(NotAllowed):
            budget.release(by=by, account_id=account, more=10)
    assert not BudgetRelease.objects.exists()


@pytest.mark.parametrize("more", [0, -5, budget.MOST_RELEASED + 1])
def test_a_release_of_an_odd_size_is_refused(more: int) -> None:
    with pytest.raises(Invalid):
        budget.release(by=reader(role="coordinator"), account_id=reader().account_id, more=more)


def test_the_node_itself_has_no_budget(rows: list[Drawer]) -> None:
    node = system_actor()
    itself = Actor(
        account_id=node.account_id,
        handle=node.handle,
        role=node.role,
        via=node.via,
        compartments=frozenset({Letter.compartment}),
    )
    assert len(open_documents(rows, Letter, by=itself)) == 6
    assert not Opening.objects.exists()


def test_counts_older_than_two_days_go(rows: list[Drawer]) -> None:
    by, officer = reader(), reader(role="coordinator")
    with time_machine.travel(datetime(2026, 12, 1, 9, 30, tzinfo=UTC), tick=False) as clock:
        open_documents(rows[:2], Letter, by=by)
        budget.release(by=officer, account_id=by.account_id, more=3)
        clock.shift(timedelta(hours=47))
        budget.forget_counted()
        open_documents(rows[2:3], Letter, by=by)
        budget.forget_old()
        assert Opening.objects.count() == 3
        clock.shift(timedelta(hours=2))
        budget.forget_old()
        assert Opening.objects.count() == 1
        assert not BudgetRelease.objects.exists()
