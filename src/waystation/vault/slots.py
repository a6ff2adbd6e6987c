"""Key slots: one for each officer who may open the node, one for the recovery code."""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import transaction

from waystation.kernel.errors import NotFound
from waystation.kernel.ids import new_id
from waystation.vault import ciphers
from waystation.vault.models import KeySlot
from waystation.vault.problems import NotEnoughMemory, WrongPassphrase
from waystation.vault.recovery import RecoveryCode, RecoveryCodeOfAnotherNode, seal_for_recovery

__all__ = ["WrongPassphrase", "add", "add_recovery", "open_recovery", "open_slot", "stretched"]

SALT_BYTES = 16
INFO = b"ws/slot/1|"


def add(slot_id: UUID, passphrase: str, *, node_id: bytes, node_key: bytes) -> None:
    """Wrap the node key for a passphrase, at today's Argon2id cost; an older slot of the same id is replaced.

    Raises NotEnoughMemory.
    """
    salt = os.urandom(SALT_BYTES)
    cost = dict(settings.ARGON2)
    wrapped = ciphers.wrap(stretched(passphrase, salt, **cost), node_key, _bound(slot_id, node_id))
    KeySlot.objects.update_or_create(
        id=slot_id, defaults={"kind": KeySlot.OFFICER, "salt": salt, "wrapped": wrapped, **cost}
    )


def open_slot(slot_id: UUID, passphrase: str, *, node_id: bytes) -> bytes:
    """The node key out of an officer's slot. Raises NotFound, WrongPassphrase, NotEnoughMemory."""
    slot = KeySlot.objects.filter(id=slot_id, kind=KeySlot.OFFICER).first()
    if slot is None:
        raise NotFound
    key = stretched(
        passphrase,
        bytes(slot.salt),
        time_cost=slot.time_cost,
        memory_kib=slot.memory_kib,
        parallelism=slot.parallelism,
    )
    try:
        return ciphers.unwrap(key, bytes(slot.wrapped), _bound(slot_id, node_id))
    except ciphers.CannotOpen as problem:
        raise WrongPassphrase from problem


def add_recovery(*, node_id: bytes, node_key: bytes) -> RecoveryCode:
    """Make the recovery slot anew; the code is returned once and stored nowhere. Earlier codes stop working."""
    code = RecoveryCode.new()
    wrapped = seal_for_recovery(node_key, code.public(), node_id)
    with transaction.atomic():
        KeySlot.objects.filter(kind=KeySlot.RECOVERY).delete()
        KeySlot.objects.create(id=new_id(), kind=KeySlot.RECOVERY, salt=b"", wrapped=wrapped)
    return code


def open_recovery(code: RecoveryCode, *, node_id: bytes) -> bytes:
    """The node key out of the recovery slot. Raises NotFound, RecoveryCodeOfAnotherNode."""
    slot = KeySlot.objects.filter(kind=KeySlot.RECOVERY).first()
    if slot is None:
        raise NotFound
    try:
        return code.open(bytes(slot.wrapped), node_id)
    except (InvalidTag, ValueError) as problem:
        raise RecoveryCodeOfAnotherNode from problem


def stretched(passphrase: str, salt: bytes, **cost: int) -> bytes:
    """Argon2id of a passphrase or a code, at a cost as `settings.ARGON2` has it. Raises NotEnoughMemory."""
    try:
        return ciphers.stretch(passphrase, salt, **cost)
    except ciphers.CannotStretch as problem:
        raise NotEnoughMemory from problem


def _bound(slot_id: UUID, node_id: bytes) -> bytes:
    return INFO + node_id + slot_id.bytes
