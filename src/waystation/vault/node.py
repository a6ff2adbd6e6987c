"""Making, unlocking and locking the node; what happens around it is told to whoever registered a hook."""

import logging
import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.db import transaction

from waystation.kernel import journal
from waystation.kernel.errors import Conflict, NotFound
from waystation.vault import ciphers, epochs, slots
from waystation.vault.actors import system_actor
from waystation.vault.keyring import keyring
from waystation.vault.models import KeySlot, NodeIdentity, PersonKey
from waystation.vault.persons import forget_held_keys
from waystation.vault.recovery import RecoveryCode
from waystation.vault.slots import WrongPassphrase

Hook = Callable[[], None]
_unlocked: list[Hook] = []
_locking: list[Hook] = []
_last_touch = 0.0
log = logging.getLogger(__name__)


def on_unlock(hook: Hook) -> None:
    """Call `hook` after each unlocking (the search index builds itself)."""
    _unlocked.append(hook)


def on_lock(hook: Hook) -> None:
    """Call `hook` at each locking, while the keys are still there (a checkpoint is signed, the index dropped)."""
    _locking.append(hook)


def is_initialised() -> bool:
    """Whether this node has keys at all; if not, the set-up page makes them."""
    return NodeIdentity.objects.exists()


def is_unlocked() -> bool:
    """Whether the keys are in memory."""
    return keyring.is_full


def initialise(*, passphrase: str, slot_id: UUID) -> RecoveryCode:
    """Make the node's keys, the first officer's slot and the recovery slot. The node is unlocked afterwards.

    Raises Conflict when it was made already.
    """
    if is_initialised():
        raise Conflict
    with transaction.atomic():
        identity = NodeIdentity.objects.create()
        node_id, node_key = identity.id.bytes, ciphers.new_key()
        slots.add(slot_id, passphrase, node_id=node_id, node_key=node_key)
        code = slots.add_recovery(node_id=node_id, node_key=node_key)
        keyring.fill(node_id, node_key, {1: epochs.create(1, node_id=node_id, node_key=node_key)})
        journal.record(system_actor(slot_id), journal.Entry(action="vault.initialise"))
    touch()
    _run(_unlocked)
    return code


def unlock(slot_id: UUID, passphrase: str) -> None:
    """Open the node with an officer's passphrase. Raises WrongPassphrase, NotFound (no such slot)."""
    try:
        node_key = slots.open_slot(slot_id, passphrase, node_id=_node_id())
    except WrongPassphrase:
        journal.record(system_actor(slot_id), journal.Entry(action="vault.wrong_passphrase"))
        raise
    _fill(node_key, slot_id)


def unlock_with_recovery(code: RecoveryCode) -> None:
    """Open the node with the code on paper. Raises RecoveryCodeMistyped, NotFound."""
    _fill(slots.open_recovery(code, node_id=_node_id()), None)


def lock(reason: str) -> None:
    """Drop every key from memory. Whatever else fails, the keys go. `reason` is a code for the log."""
    if not keyring.is_full:
        return
    try:
        journal.record(system_actor(), journal.Entry(action="vault.lock", reason=reason))
    except Exception:
        log.exception("The locking could not be logged.")
    finally:
        _run(_locking)
        keyring.empty()
        forget_held_keys()


def touch() -> None:
    """Someone is working: the idle lock starts again."""
    global _last_touch
    _last_touch = time.monotonic()


def lock_if_idle() -> bool:
    """Lock when nobody worked for the node's idle time. Returns whether it did."""
    if keyring.is_full and time.monotonic() - _last_touch > settings.IDLE_MINUTES * 60:
        lock("idle")
        return True
    return False


def has_slot(slot_id: UUID) -> bool:
    """Whether an account may open the node."""
    return KeySlot.objects.filter(id=slot_id, kind=KeySlot.OFFICER).exists()


def verify_passphrase(slot_id: UUID, passphrase: str) -> bool:
    """Whether a passphrase opens a slot of this node."""
    try:
        slots.open_slot(slot_id, passphrase, node_id=_node_id())
    except (WrongPassphrase, NotFound):
        return False
    return True


def add_slot(slot_id: UUID, passphrase: str) -> None:
    """Let another officer open this node. Raises NodeLocked."""
    slots.add(slot_id, passphrase, node_id=keyring.node_id, node_key=keyring.node_key)
    journal.record(system_actor(slot_id), journal.Entry(action="vault.add_slot", subject=slot_id))


def change_slot(slot_id: UUID, old: str, new: str) -> None:
    """Change an officer's passphrase. Raises WrongPassphrase."""
    node_id = _node_id()
    node_key = slots.open_slot(slot_id, old, node_id=node_id)
    slots.add(slot_id, new, node_id=node_id, node_key=node_key)
    journal.record(system_actor(slot_id), journal.Entry(action="vault.change_slot", subject=slot_id))


def remove_slot(slot_id: UUID) -> None:
    """Take away an officer's way to open the node. Raises Conflict for the last one."""
    with transaction.atomic():
        if not KeySlot.objects.filter(kind=KeySlot.OFFICER).exclude(id=slot_id).exists():
            raise Conflict
        KeySlot.objects.filter(id=slot_id).delete()
        journal.record(system_actor(slot_id), journal.Entry(action="vault.remove_slot", subject=slot_id))


def new_recovery_code() -> RecoveryCode:
    """Make the recovery code anew; the old paper stops working. Raises NodeLocked."""
    return slots.add_recovery(node_id=keyring.node_id, node_key=keyring.node_key)


def _fill(node_key: bytes, slot_id: UUID | None) -> None:
    node_id = _node_id()
    keys = epochs.read_all(node_id=node_id, node_key=node_key)
    if not keys:
        keys = {_next_epoch(): epochs.create(_next_epoch(), node_id=node_id, node_key=node_key)}
    was_locked = not keyring.is_full
    keyring.fill(node_id, node_key, keys)
    touch()
    journal.record(system_actor(*([slot_id] if slot_id else [])), journal.Entry(action="vault.unlock"))
    if was_locked:
        epochs.finish()
        _run(_unlocked)


def _next_epoch() -> int:
    newest = PersonKey.objects.order_by("-epoch").values_list("epoch", flat=True).first()
    return (newest or 0) + 1


def _node_id() -> bytes:
    identity = NodeIdentity.objects.first()
    if identity is None:
        raise NotFound
    return identity.id.bytes


def _run(hooks: list[Hook]) -> None:
    for hook in hooks:
        try:
            hook()
        except Exception:
            log.exception("A hook around locking failed.")
