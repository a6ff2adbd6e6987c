"""A node is opened by who may, and closes whatever goes wrong."""

import os
import threading
import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from argon2.exceptions import HashingError

from tests.conftest import OFFICER_PASSPHRASE
from tests.vault.sealed import Letter, drawer, reader
from waystation.kernel.errors import Conflict, NodeLocked, NotFound
from waystation.kernel.journal import Entry
from waystation.vault import ciphers, epoch_files, erase_person, node, open_document, persons
from waystation.vault.keyring import Keyring, keyring
from waystation.vault.models import KeySlot, NodeIdentity, PersonKey
from waystation.vault.problems import EpochKeysMissing, LastSlot, NotEnoughMemory, WrongPassphrase
from waystation.vault.recovery import RecoveryCode, RecoveryCodeMistyped, RecoveryCodeOfAnotherNode

pytestmark = pytest.mark.django_db
SECOND = "orchard ticket velvet thunder spoon"


def test_a_node_is_made_once_and_is_open_afterwards() -> None:
    assert not node.is_initialised()
    node.initialise(passphrase=OFFICER_PASSPHRASE, slot_id=uuid4())
    assert node.is_initialised()
    assert node.is_unlocked()
    with pytest.raises(Conflict):
        node.initialise(passphrase="another", slot_id=uuid4())
    assert node.is_unlocked(), "a refused second set-up must not lock the first"
    assert NodeIdentity.objects.count() == 1
    node.lock("test")


def test_a_new_database_never_writes_over_the_epoch_keys_of_an_older_one(settings: Any) -> None:
    settings.KEYS.mkdir()
    older = settings.KEYS / "epoch-0001.key"
    older.write_bytes(b"of a node that a backup may need")
    node.initialise(passphrase=OFFICER_PASSPHRASE, slot_id=uuid4())
    assert older.read_bytes() == b"of a node that a backup may need"
    assert keyring.epochs == (2,)
    node.lock("test")


def test_the_right_passphrase_opens_and_a_wrong_one_is_told_to_the_journal(officer: UUID, entries: list[Entry]) -> None:
    row = drawer()
    node.lock("test")
    entries.clear()
    with pytest.raises(WrongPassphrase):
        node.unlock(officer, "wrong")
    assert not node.is_unlocked()
    node.unlock(officer, OFFICER_PASSPHRASE)
    assert open_document(row, Letter, by=reader()) == Letter(name="Amal")
    assert [entry.action for entry in entries[:2]] == ["vault.wrong_passphrase", "vault.unlock"]


def test_a_wrong_passphrase_at_an_open_node_is_told_too(officer: UUID, entries: list[Entry]) -> None:
    assert node.verify_passphrase(officer, OFFICER_PASSPHRASE)
    assert entries == []
    assert not node.verify_passphrase(officer, "wrong")
    assert [entry.action for entry in entries] == ["vault.wrong_passphrase"]
    assert not node.verify_passphrase(uuid4(), OFFICER_PASSPHRASE)


def test_a_passphrase_opens_however_the_keyboard_composes_its_letters(node: Any) -> None:
    from waystation.vault import node as vault

    slot = uuid4()
    vault.add_slot(slot, "caf\u00e9 \ufb01le")
    assert vault.verify_passphrase(slot, "cafe\u0301 file")


@pytest.mark.usefixtures("node")
def test_a_second_officer_opens_with_a_slot_of_their_own(officer: UUID) -> None:
    second = uuid4()
    assert not node.has_slot(second)
    node.add_slot(second, SECOND)
    assert node.has_slot(second)
    node.lock("test")
    with pytest.raises(WrongPassphrase):
        node.unlock(second, OFFICER_PASSPHRASE)
    node.unlock(second, SECOND)
    node.remove_slot(second)
    with pytest.raises(LastSlot, match="only officer"):
        node.remove_slot(officer)
    node.lock("test")
    with pytest.raises(NotFound):
        node.unlock(second, SECOND)


def test_a_slot_copied_to_another_account_does_not_open(officer: UUID) -> None:
    slot = KeySlot.objects.get(id=officer)
    slot.id = uuid4()
    slot.save(force_insert=True)
    with pytest.raises(WrongPassphrase):
        node.unlock(slot.id, OFFICER_PASSPHRASE)


def test_a_passphrase_changes_even_while_the_node_is_locked(officer: UUID) -> None:
    row = drawer()
    node.lock("test")
    with pytest.raises(WrongPassphrase):
        node.change_slot(officer, "wrong", SECOND)
    node.change_slot(officer, OFFICER_PASSPHRASE, SECOND)
    assert not node.is_unlocked()
    assert not node.verify_passphrase(officer, OFFICER_PASSPHRASE)
    node.unlock(officer, SECOND)
    assert open_document(row, Letter, by=reader()).name == "Amal"


def test_a_slot_keeps_the_cost_it_was_made_with(officer: UUID, settings: Any) -> None:
    settings.ARGON2 = {"time_cost": 2, "memory_kib": 128, "parallelism": 2}
    assert node.verify_passphrase(officer, OFFICER_PASSPHRASE)
    node.change_slot(officer, OFFICER_PASSPHRASE, SECOND)
    assert KeySlot.objects.get(id=officer).memory_kib == 128


def test_too_little_memory_is_said_in_words(officer: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> bytes:
        raise HashingError("Memory allocation error")

    monkeypatch.setattr(ciphers, "hash_secret_raw", full)
    with pytest.raises(NotEnoughMemory, match="too little free memory"):
        node.unlock(officer, OFFICER_PASSPHRASE)


def test_the_recovery_code_opens_the_node_until_it_is_made_anew(node: Any, entries: list[Entry]) -> None:
    from waystation.vault import node as vault

    row = drawer()
    code = vault.new_recovery_code()
    vault.lock("test")
    vault.unlock_with_recovery(RecoveryCode.parse(str(code)))
    assert open_document(row, Letter, by=reader()).name == "Amal"
    vault.new_recovery_code()
    vault.lock("test")
    with pytest.raises(RecoveryCodeOfAnotherNode):
        vault.unlock_with_recovery(code)
    assert [entry.action for entry in entries if "recovery" in entry.action + entry.reason] == [
        "vault.new_recovery_code",
        "vault.unlock",
        "vault.new_recovery_code",
    ]
    assert str(code)[:4] not in repr(code)


def test_a_recovery_code_may_be_typed_in_many_ways() -> None:
    code = RecoveryCode.new()
    for typed in (
        str(code).lower(),
        str(code).replace("-", " "),
        str(code).replace("-", " – "),
        str(code).replace("O", "0").replace("I", "1").replace("B", "8"),
    ):
        assert RecoveryCode.parse(typed) == code


@pytest.mark.parametrize(
    ("mistake", "says"),
    [
        (lambda code: "", "0 were typed"),
        (lambda code: code[:-5], "52 were typed"),
        (lambda code: code + "AAAA", "60 were typed"),
        (lambda code: code[:5] + "A9AA" + code[9:], "Group 2"),
        (lambda code: code[:5] + "ÄAAA" + code[9:], "Group 2"),
        (lambda code: ("B" if code[0] == "A" else "A") + code[1:], "not typed right"),
        (lambda code: "x" * 10_000_000, "10000000 were typed"),
    ],
)
def test_a_mistyped_recovery_code_says_what_is_wrong(mistake: Any, says: str) -> None:
    with pytest.raises(RecoveryCodeMistyped, match=says):
        RecoveryCode.parse(mistake(str(RecoveryCode.new())))


def test_locking_overwrites_the_keys_and_drops_those_at_hand_in_every_thread(node: Any) -> None:
    from waystation.vault import node as vault

    person = drawer().sealed_for
    persons.key_of(person)
    held_in_memory = keyring._node_key
    assert held_in_memory is not None
    vault.lock("test")
    assert held_in_memory == bytearray(32)
    assert all(not held.keys for held in persons._everywhere)
    with pytest.raises(NodeLocked):
        _ = keyring.node_key


def test_every_hook_runs_at_locking_though_one_fails_and_the_keys_go(
    officer: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    ran = []

    def fails() -> None:
        raise OSError("disk full")

    node.on_lock(fails)
    node.on_lock(lambda: ran.append(node.is_unlocked()))
    node.lock("test")
    assert ran == [True]
    assert not node.is_unlocked()
    assert "A hook around locking failed" in caplog.text
    node.unlock(officer, OFFICER_PASSPHRASE)
    assert node.is_unlocked()


def test_even_an_interrupt_in_a_hook_takes_the_keys(officer: UUID) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    node.on_lock(interrupted)
    with pytest.raises(KeyboardInterrupt):
        node.lock("test")
    assert not node.is_unlocked()


def test_while_a_node_locks_nobody_else_gets_a_key(officer: UUID) -> None:
    seen: list[bool] = []

    def slow() -> None:
        other = threading.Thread(target=lambda: seen.append(node.is_unlocked()))
        other.start()
        other.join()

    node.on_lock(slow)
    node.lock("test")
    assert seen == [False]


def test_a_hook_that_hangs_does_not_keep_the_keys(officer: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "LOCK_PATIENCE", 0.05)
    still_there = []

    def hangs() -> None:
        time.sleep(0.3)
        still_there.append(keyring._node_key is not None)

    node.on_lock(hangs)
    node.lock("panic")
    assert still_there == [False]


def test_an_unlocking_after_a_hanging_lock_keeps_its_keys() -> None:
    ring = Keyring()
    ring.fill(b"n" * 16, b"k" * 32, {})
    filling = ring.begin_closing()
    ring.fill(b"n" * 16, b"k" * 32, {})
    ring.empty(filling)
    assert ring.is_full


def test_a_node_that_nobody_uses_locks_by_itself_also_while_the_machine_sleeps(
    officer: UUID, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.IDLE_MINUTES = 15
    start = 1_000.0
    monkeypatch.setattr(node, "_moment", lambda: start)
    node.touch()
    monkeypatch.setattr(node, "_moment", lambda: start + 15 * 60)
    assert not node.lock_if_idle()
    monkeypatch.setattr(node, "_moment", lambda: start + 15 * 60 + 1)
    assert node.lock_if_idle()
    assert not node.is_unlocked()
    assert not node.lock_if_idle()
    if hasattr(time, "CLOCK_BOOTTIME"):
        assert time.CLOCK_BOOTTIME == node._IDLE_CLOCK


def test_hooks_run_after_each_unlocking_and_not_for_a_second_officer(officer: UUID) -> None:
    ran: list[int] = []
    node.on_unlock(lambda: ran.append(1))
    node.unlock(officer, OFFICER_PASSPHRASE)
    assert ran == []
    node.lock("test")
    node.unlock(officer, OFFICER_PASSPHRASE)
    assert ran == [1]


def test_a_missing_key_folder_is_said_in_words_and_nobody_seems_erased(officer: UUID, settings: Any) -> None:
    row = drawer()
    node.lock("test")
    away = settings.KEYS.rename(settings.KEYS.with_name("away"))
    with pytest.raises(EpochKeysMissing, match="put the folder back"):
        node.unlock(officer, OFFICER_PASSPHRASE)
    assert not node.is_unlocked()
    away.rename(settings.KEYS)
    node.unlock(officer, OFFICER_PASSPHRASE)
    assert open_document(row, Letter, by=reader()).name == "Amal"


def test_a_key_folder_that_goes_while_the_node_is_open_stops_registering_and_not_reading(
    officer: UUID, settings: Any
) -> None:
    row = drawer()
    settings.KEYS.rename(settings.KEYS.with_name("away"))
    with pytest.raises(EpochKeysMissing):
        drawer()
    persons.forget_held_keys()
    assert open_document(row, Letter, by=reader()).name == "Amal"


def test_a_key_folder_of_another_node_is_refused(officer: UUID, settings: Any) -> None:
    drawer()
    node.lock("test")
    for path in settings.KEYS.iterdir():
        path.write_bytes(os.urandom(path.stat().st_size))
    with pytest.raises(EpochKeysMissing):
        node.unlock(officer, OFFICER_PASSPHRASE)


def test_a_node_without_people_gets_a_new_epoch_when_its_folder_is_gone(officer: UUID, settings: Any) -> None:
    node.lock("test")
    settings.KEYS.rename(settings.KEYS.with_name("away"))
    node.unlock(officer, OFFICER_PASSPHRASE)
    assert open_document(drawer(), Letter, by=reader()).name == "Amal"


def test_the_epoch_file_is_for_its_owner_only(officer: UUID, settings: Any) -> None:
    (path,) = settings.KEYS.iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert settings.KEYS.stat().st_mode & 0o077 == 0


def test_erasing_forgets_the_key_in_every_thread(officer: UUID) -> None:
    person = drawer().sealed_for
    go, done, keys = threading.Event(), threading.Event(), []

    def elsewhere() -> None:
        persons.hold({person: b"k" * 32})
        go.set()
        done.wait(5)
        keys.append(persons._at_hand().get(person))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    go.wait(5)
    erase_person(person)
    done.set()
    thread.join()
    assert keys == [None]
    assert not PersonKey.objects.filter(person=person).exists()


def test_nothing_readable_of_a_key_stands_in_the_database_or_the_folder(officer: UUID) -> None:
    person = drawer().sealed_for
    secrets = [keyring.node_key, persons.key_of(person), epoch_files.current()[1]]
    stored = [bytes(slot.wrapped) for slot in KeySlot.objects.all()]
    stored += [bytes(key.wrapped) for key in PersonKey.objects.all()]
    stored += [path.read_bytes() for path in epoch_files.folder().iterdir()]
    assert not any(secret in blob for secret in secrets for blob in stored)
