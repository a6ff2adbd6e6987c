"""Changing the epoch reaches copies of the database, and loses nobody wherever it is cut short."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from tests.conftest import OFFICER_PASSPHRASE
from tests.vault.sealed import Drawer, Letter, drawer, reader
from waystation.kernel import journal
from waystation.kernel.errors import NodeLocked
from waystation.kernel.journal import Entry
from waystation.vault import (
    PersonErased,
    ciphers,
    epoch_files,
    epochs,
    erase_person,
    erasure,
    housekeeping,
    new_person_key,
    node,
    open_document,
    open_documents,
    persons,
)
from waystation.vault.keyring import keyring
from waystation.vault.models import PersonKey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("node")]
NAMES = ("Amal", "Noor", "Samir", "Lucía", "Ngozi")
MADE = datetime(2026, 12, 1, 9, tzinfo=UTC)


class PowerCutError(BaseException):
    """The process is gone at this point."""


@pytest.fixture
def rows() -> list[Drawer]:
    return [drawer(name) for name in NAMES]


def names_of(rows: list[Drawer]) -> list[str]:
    persons.forget_held_keys()
    opened = open_documents(rows, Letter, by=reader())
    return [opened[row.pk].name for row in rows]


def files() -> list[str]:
    return sorted(path.name for path in epoch_files.folder().iterdir())


def test_everyone_opens_as_before_and_the_old_key_is_gone(rows: list[Drawer], entries: list[Entry]) -> None:
    old = keyring.epoch_key(1)
    assert epochs.rotate() == 5
    assert names_of(rows) == list(NAMES)
    assert files() == ["epoch-0002.key"]
    assert keyring.epochs == (2,)
    assert old not in {keyring.node_key, keyring.epoch_key(2)}
    assert [(e.action, dict(e.detail)) for e in entries if e.action == "vault.rotate"] == [
        ("vault.rotate", {"epoch": 2, "people": 5})
    ]


def test_an_older_copy_opens_with_no_key_that_the_node_then_has(rows: list[Drawer]) -> None:
    erased, other = rows[0].sealed_for, rows[1].sealed_for
    copy = {key.person: bytes(key.wrapped) for key in PersonKey.objects.all()}
    erase_person(erased)
    assert opens(copy[erased], erased), "until the epoch changes the copy opens: docs/reference/vault.md says so"
    epochs.rotate()
    assert not opens(copy[erased], erased)
    assert not opens(copy[other], other)
    assert opens(bytes(PersonKey.objects.get(person=other).wrapped), other)


def opens(wrapped: bytes, person: UUID) -> bool:
    on_disk = epoch_files.read_all(node_id=keyring.node_id, node_key=keyring.node_key)
    keys = {keyring.node_key, *(epoch.key for epoch in on_disk.values())}
    keys |= {keyring.epoch_key(number) or b"" for number in keyring.epochs}
    for key in keys:
        try:
            ciphers.unwrap(key, wrapped, persons.person_bound(person.bytes))
        except ciphers.CannotOpen:
            continue
        return True
    return False


def cut_after(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, *, times: int) -> None:
    """From the call `times + 1` on, the power is gone."""
    real = getattr(where, name)
    called: list[int] = []

    def cut(*args: Any, **kwargs: Any) -> Any:
        if len(called) >= times:
            raise PowerCutError
        called.append(1)
        return real(*args, **kwargs)

    monkeypatch.setattr(where, name, cut)


CUTS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "before the new file": lambda patch: cut_after(patch, epoch_files, "create", times=0),
    "while the new file is written": lambda patch: cut_after(patch, epoch_files, "_sync_folder", times=0),
    "before the first rows": lambda patch: cut_after(patch, epochs, "_update", times=0),
    "between rows": lambda patch: cut_after(patch, epochs, "_update", times=1),
    "before the old file goes": lambda patch: cut_after(patch, epoch_files, "destroy", times=0),
    "while the old file goes": lambda patch: cut_after(patch, epoch_files, "_overwrite", times=0),
    "before it is told to the log": lambda patch: cut_after(patch, journal, "record", times=0),
}


@pytest.mark.parametrize("cut", CUTS)
def test_a_change_cut_short_anywhere_is_ended_at_the_next_unlock(
    cut: str, rows: list[Drawer], officer: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epochs, "CHUNK", 2)
    first = keyring.epoch_key(1)
    with monkeypatch.context() as patch:
        CUTS[cut](patch)
        with pytest.raises(PowerCutError):
            epochs.rotate()
    keyring.empty()
    persons.forget_everywhere()
    node.unlock(officer, OFFICER_PASSPHRASE)
    assert names_of(rows) == list(NAMES)
    assert len(files()) == 1
    assert len(keyring.epochs) == 1
    (number,) = keyring.epochs
    assert (keyring.epoch_key(number) == first) == (cut == "before the new file")
    assert set(PersonKey.objects.values_list("epoch", flat=True)) == {number}


def test_a_change_cut_short_goes_on_without_a_new_unlocking(
    rows: list[Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        cut_after(patch, epochs, "_update", times=0)
        with pytest.raises(PowerCutError):
            epochs.rotate()
    assert epochs.due()
    row = drawer("Yusuf")
    epochs.rotate()
    assert not epochs.due()
    assert names_of([*rows, row]) == [*NAMES, "Yusuf"]
    assert len(files()) == 1


def test_a_database_that_is_read_meanwhile_keeps_the_old_key_until_later(
    rows: list[Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(epochs, "forget_deleted_bytes", lambda: False)
        epochs.rotate()
        assert files() == ["epoch-0001.key", "epoch-0002.key"]
    epochs.finish()
    assert files() == ["epoch-0002.key"]
    assert names_of(rows) == list(NAMES)


def test_who_is_erased_while_the_epoch_changes_stays_erased(
    rows: list[Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = epochs._update

    def erase_just_before(changed: Any, old: int, new: int) -> None:
        PersonKey.objects.filter(person=rows[0].sealed_for).delete()
        real(changed, old, new)

    monkeypatch.setattr(epochs, "_update", erase_just_before)
    epochs.rotate()
    persons.forget_held_keys()
    with pytest.raises(PersonErased):
        open_document(rows[0], Letter, by=reader())
    assert names_of(rows[1:]) == list(NAMES[1:])


def test_a_damaged_key_does_not_stop_the_change_for_everyone_else(
    rows: list[Drawer], caplog: pytest.LogCaptureFixture
) -> None:
    PersonKey.objects.filter(person=rows[0].sealed_for).update(wrapped=b"x" * 60)
    epochs.rotate()
    assert str(rows[0].sealed_for) in caplog.text
    assert files() == ["epoch-0002.key"]
    assert names_of(rows[1:]) == list(NAMES[1:])


def test_another_process_of_the_node_learns_of_the_new_epoch(rows: list[Drawer]) -> None:
    mine = keyring.epochs, {number: keyring.epoch_key(number) for number in keyring.epochs}
    made_at = keyring.epoch_made_at(1)
    epochs.rotate()
    # What the other process still holds: the first epoch, and nothing of the second.
    keyring.drop_epoch(2)
    keyring._epochs[1] = bytearray(mine[1][1] or b""), made_at
    row = drawer("Yusuf")
    assert names_of([*rows, row]) == [*NAMES, "Yusuf"]
    assert PersonKey.objects.get(person=row.person).epoch == 2
    assert keyring.epochs == (2,), "a key destroyed elsewhere must not live on here"


def test_the_epoch_is_due_after_thirty_days_and_not_before(rows: list[Drawer]) -> None:
    with time_machine.travel(MADE, tick=False) as clock:
        epochs.rotate()
        assert epochs.ends_at() == MADE + timedelta(days=30)
        clock.shift(timedelta(days=30) - timedelta(seconds=1))
        assert not epochs.due()
        housekeeping.tidy()
        assert files() == ["epoch-0002.key"]
        clock.shift(timedelta(seconds=1))
        assert epochs.due()
        housekeeping.tidy()
        assert files() == ["epoch-0003.key"]


def test_the_age_of_an_epoch_does_not_change_when_its_file_is_copied(rows: list[Drawer], officer: UUID) -> None:
    with time_machine.travel(MADE, tick=False):
        epochs.rotate()
        (path,) = epoch_files.folder().iterdir()
        blob = path.read_bytes()
        path.unlink()
        path.write_bytes(blob)
        node.lock("test")
        node.unlock(officer, OFFICER_PASSPHRASE)
        assert epochs.ends_at() == MADE + timedelta(days=30)


def test_a_clock_set_back_makes_nothing_due_and_is_told(rows: list[Drawer]) -> None:
    with time_machine.travel(MADE, tick=False) as clock:
        epochs.rotate()
        assert epochs.clock_problem() == ""
        clock.shift(timedelta(minutes=-5))
        assert epochs.clock_problem() == ""
        clock.shift(timedelta(days=-3))
        assert not epochs.due()
        assert "12/01/2026" in epochs.clock_problem()
        clock.move_to(datetime(2001, 1, 1, tzinfo=UTC))
        assert not epochs.due(), "a dead battery must not change the epoch at every start"
        assert "01/01/2001" in epochs.clock_problem()
    assert open_document(rows[0], Letter, by=reader()).name == "Amal"


def test_the_clock_is_told_in_the_nodes_own_time_zone(rows: list[Drawer]) -> None:
    at_night = datetime(2001, 1, 1, 22, 30, tzinfo=UTC)
    with time_machine.travel(at_night, tick=False), timezone.override(ZoneInfo("Africa/Nairobi")):
        assert "01/02/2001 1:30 a.m." in epochs.clock_problem()


def test_an_epoch_made_under_a_clock_years_ahead_does_not_last_for_years(rows: list[Drawer]) -> None:
    with time_machine.travel(MADE.replace(year=2036), tick=False) as clock:
        epochs.rotate()
        clock.move_to(MADE)
        assert epochs.due()
        housekeeping.tidy()
        assert not epochs.due()
        assert epochs.clock_problem() == ""


def test_a_locked_node_without_a_right_clock_still_says_so() -> None:
    node.lock("test")
    with time_machine.travel(datetime(2001, 1, 1, tzinfo=UTC), tick=False):
        assert epochs.clock_problem() != ""
    with pytest.raises(NodeLocked):
        epochs.rotate()
    housekeeping.tidy()


def test_files_of_another_node_in_the_folder_are_left_alone(rows: list[Drawer], officer: UUID) -> None:
    foreign = epoch_files.folder() / "epoch-0007.key"
    foreign.write_bytes(b"of another node")
    (epoch_files.folder() / "epoch-notes.key").write_bytes(b"")
    node.lock("test")
    node.unlock(officer, OFFICER_PASSPHRASE)
    assert names_of([*rows, drawer("Yusuf")]) == [*NAMES, "Yusuf"]
    epochs.rotate()
    assert foreign.read_bytes() == b"of another node"
    assert names_of(rows) == list(NAMES)


def test_deleted_bytes_are_overwritten_on_every_connection_whatever_the_settings() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such setting; the change of epoch covers it")
    from django.db.backends.sqlite3.base import DatabaseWrapper

    bare = DatabaseWrapper({**connection.settings_dict, "NAME": ":memory:", "OPTIONS": {}})
    with bare.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
        assert cursor.execute("PRAGMA temp_store").fetchone() == (2,)
    bare.close()


def test_an_erasure_that_a_reader_holds_up_is_ended_by_housekeeping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "_owed", False)
    person = uuid4()
    new_person_key(person)
    erase_person(person)
    assert erasure.owes()
    housekeeping.tidy()
    assert not erasure.owes()


def test_the_checkpoint_reports_a_reader_that_holds_it_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    from django.db.backends.sqlite3.base import DatabaseWrapper

    settings = {**connection.settings_dict, "NAME": tmp_path / "file.sqlite3", "OPTIONS": {"timeout": 0.05}}
    settings |= {"ENGINE": "django.db.backends.sqlite3"}
    writer = DatabaseWrapper(settings)
    with writer.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("CREATE TABLE t (x)")
    held = sqlite3.connect(tmp_path / "file.sqlite3", isolation_level=None)
    held.execute("BEGIN")
    held.execute("SELECT * FROM t").fetchall()
    with writer.cursor() as cursor:
        cursor.execute("INSERT INTO t VALUES (1)")
    monkeypatch.setattr(erasure, "connection", writer)
    assert not erasure.forget_deleted_bytes()
    held.execute("COMMIT")
    held.close()
    assert erasure.forget_deleted_bytes()
    writer.close()
