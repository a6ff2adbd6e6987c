"""Making, unlocking and locking the node; what happens around it is told to whoever registered a hook."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from waystation.kernel import journal
from waystation.kernel.errors import Conflict, NotFound
from waystation.vault import ciphers, epoch_files, epochs, slots
from waystation.vault.actors import system_actor
from waystation.vault.keyring import keyring
from waystation.vault.models import KeySlot, NodeIdentity, PersonKey
from waystation.vault.persons import forget_everywhere
from waystation.vault.problems import LastSlot, WrongPassphrase
from waystation.vault.recovery import RecoveryCode

__all__ = ["RecoveryCode", "WrongPassphrase", "initialise", "is_initialised", "is_unlocked", "lock", "unlock"]

Hook = Callable[[], None]
LOCK_PATIENCE = 2.0
"""Seconds that ending things with the keys (signing the log, say) may take before the keys go anyway."""
# CLOCK_MONOTONIC stands still while a laptop sleeps; an hour with the lid closed is an hour without work.
_IDLE_CLOCK = getattr(time, "CLOCK_BOOTTIME", None)
_unlocked: list[Hook] = []
_locking: list[Hook] = []
_last_touch = 0.0
log = logging.getLogger(__name__)


def on_unlock(hook: Hook) -> None:
    """Call `hook` after each unlocking (the search index builds itself)."""
    _unlocked.append(hook)


def on_lock(hook: Hook, *, first: bool = False) -> None:
    """Call `hook` at each locking, in the locking thread, which alone still has the keys, for `LOCK_PATIENCE`.

    `first`: before the others, which may hang.
    """
    _locking.insert(0 if first else len(_locking), hook)


def is_initialised() -> bool:
    """Whether this node has keys at all; if not, the set-up page makes them."""
    return NodeIdentity.objects.exists()


def is_unlocked() -> bool:
    """Whether the keys are in memory."""
    return keyring.is_full


def initialise(*, passphrase: str, slot_id: UUID) -> RecoveryCode:
    """Make the node's keys, the first officer's slot and the recovery slot. The node is unlocked afterwards.

    Raises Conflict when it was made already, NotEnoughMemory.
    """
    if is_initialised():
        raise Conflict
    try:
        with transaction.atomic():
            code = _initialise(passphrase, slot_id)
    except IntegrityError as problem:
        raise Conflict from problem
    touch()
    _run(_unlocked)
    return code


def unlock(slot_id: UUID, passphrase: str) -> None:
    """Open the node with an officer's passphrase.

    Raises WrongPassphrase, NotFound (no such slot), EpochKeysMissing, NotEnoughMemory.
    """
    _fill(_open_slot(slot_id, passphrase), slot_id, "")


def unlock_with_recovery(code: RecoveryCode) -> None:
    """Open the node with the code on paper. Raises RecoveryCodeOfAnotherNode, NotFound, EpochKeysMissing."""
    _fill(slots.open_recovery(code, node_id=_node_id()), None, "recovery")


def lock(reason: str) -> None:
    """Drop every key from memory. Whatever else fails or hangs, the keys go. `reason` is a code for the log."""
    if not keyring.is_full:
        return
    # From here every other thread meets a locked node; this one may still sign, but not for long.
    filling = keyring.begin_closing()
    watch = threading.Timer(LOCK_PATIENCE, keyring.empty, [filling])
    watch.daemon = True
    watch.start()
    try:
        with _logged("The locking could not be logged."):
            journal.record(system_actor(), journal.Entry(action="vault.lock", reason=reason))
        _run(_locking)
    finally:
        watch.cancel()
        keyring.empty(filling)
        forget_everywhere()


def touch() -> None:
    """Someone is working: the idle lock starts again."""
    global _last_touch
    _last_touch = _moment()


def lock_if_idle() -> bool:
    """Lock when nobody worked for the node's idle time, asleep or awake. Returns whether it did."""
    if keyring.is_full and _moment() - _last_touch > settings.IDLE_MINUTES * 60:
        lock("idle")
        return True
    return False


def has_slot(slot_id: UUID) -> bool:
    """Whether an account may open the node."""
    return KeySlot.objects.filter(id=slot_id, kind=KeySlot.OFFICER).exists()


def verify_passphrase(slot_id: UUID, passphrase: str) -> bool:
    """Whether a passphrase opens a slot of this node. A wrong one is journalled. Raises NotEnoughMemory."""
    try:
        _open_slot(slot_id, passphrase)
    except (WrongPassphrase, NotFound):
        return False
    return True


def add_slot(slot_id: UUID, passphrase: str) -> None:
    """Let another officer open this node. Raises NodeLocked, NotEnoughMemory."""
    with transaction.atomic():
        slots.add(slot_id, passphrase, node_id=keyring.node_id, node_key=keyring.node_key)
        journal.record(system_actor(slot_id), journal.Entry(action="vault.add_slot", subject=slot_id))


def change_slot(slot_id: UUID, old: str, new: str) -> None:
    """Change an officer's passphrase, locked or not. Raises WrongPassphrase, NotFound, NotEnoughMemory."""
    node_key = _open_slot(slot_id, old)
    with transaction.atomic():
        slots.add(slot_id, new, node_id=_node_id(), node_key=node_key)
        journal.record(system_actor(slot_id), journal.Entry(action="vault.change_slot", subject=slot_id))


def remove_slot(slot_id: UUID) -> None:
    """Take away an officer's way to open the node. Raises LastSlot for the last one."""
    with transaction.atomic():
        # All of them locked: two officers taking away each other must not leave none.
        others = KeySlot.objects.select_for_update().filter(kind=KeySlot.OFFICER).values_list("id", flat=True)
        if not set(others) - {slot_id}:
            raise LastSlot
        KeySlot.objects.filter(id=slot_id).delete()
        journal.record(system_actor(slot_id), journal.Entry(action="vault.remove_slot", subject=slot_id))


def new_recovery_code() -> RecoveryCode:
    """Make the recovery code anew; the old paper stops working. Raises NodeLocked."""
    with transaction.atomic():
        code = slots.add_recovery(node_id=keyring.node_id, node_key=keyring.node_key)
        journal.record(system_actor(), journal.Entry(action="vault.new_recovery_code"))
    return code


def _initialise(passphrase: str, slot_id: UUID) -> RecoveryCode:
    identity = NodeIdentity.objects.create()
    node_id, node_key = identity.id.bytes, ciphers.new_key()
    slots.add(slot_id, passphrase, node_id=node_id, node_key=node_key)
    code = slots.add_recovery(node_id=node_id, node_key=node_key)
    journal.record(system_actor(slot_id), journal.Entry(action="vault.initialise"))
    _no_core_dumps()
    keyring.fill(node_id, node_key, dict([epoch_files.create(node_id=node_id, node_key=node_key)]))
    return code


def _open_slot(slot_id: UUID, passphrase: str) -> bytes:
    try:
        return slots.open_slot(slot_id, passphrase, node_id=_node_id())
    except WrongPassphrase:
        journal.record(system_actor(slot_id), journal.Entry(action="vault.wrong_passphrase"))
        raise


def _fill(node_key: bytes, slot_id: UUID | None, reason: str) -> None:
    node_id = _node_id()
    keys = epoch_files.read_all(node_id=node_id, node_key=node_key)
    if not keys and not PersonKey.objects.exists():
        keys = dict([epoch_files.create(node_id=node_id, node_key=node_key)])
    epochs.require(keys)
    journal.record(system_actor(*([slot_id] if slot_id else [])), journal.Entry(action="vault.unlock", reason=reason))
    touch()
    if not keyring.is_full:
        _no_core_dumps()
        keyring.fill(node_id, node_key, keys)
        with _logged("A change of epoch that was cut short could not be ended; it is tried again."):
            epochs.finish()
        if problem := epochs.clock_problem():
            log.warning(problem)
        _run(_unlocked)


def _node_id() -> bytes:
    identity = NodeIdentity.objects.first()
    if identity is None:
        raise NotFound
    return identity.id.bytes


def _run(hooks: list[Hook]) -> None:
    for hook in hooks:
        with _logged("A hook around locking failed."):
            hook()


@contextlib.contextmanager
def _logged(message: str) -> Iterator[None]:
    try:
        yield
    except Exception:
        log.exception(message)


def _moment() -> float:
    return time.monotonic() if _IDLE_CLOCK is None else time.clock_gettime(_IDLE_CLOCK)


def _no_core_dumps() -> None:
    # A crash must not write the keys to disk.
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
