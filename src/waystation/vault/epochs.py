"""Changing the epoch: every 30 days all person keys are wrapped anew and the old epoch key is destroyed, so that a
copy of the database made before an erasure becomes noise (EXCHANGE.md section 1)."""

import logging
import threading
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from waystation.kernel import journal
from waystation.kernel.clock import now
from waystation.vault import ciphers, epoch_files, locks
from waystation.vault.actors import system_actor
from waystation.vault.erasure import forget_deleted_bytes
from waystation.vault.keyring import keyring
from waystation.vault.models import PersonKey
from waystation.vault.persons import person_bound
from waystation.vault.problems import EpochKeysMissing

EPOCH_DAYS = 30
CHUNK = 2000
"""Each chunk is one transaction: who saves meanwhile waits for some forty milliseconds, not for everyone."""
CLOCK_TOLERANCE = timedelta(minutes=10)
NEVER_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
"""Older than this software: a clock that shows less has lost its battery."""
_changing = threading.Lock()
log = logging.getLogger(__name__)


def due() -> bool:
    """Whether the epoch has to change now: it is 30 days old, or an earlier change was cut short. Raises NodeLocked.

    A clock that went back makes nothing due; an epoch that claims to be made more than 30 days from now was made
    under a wrong clock, and would otherwise last for years.
    """
    if now() < NEVER_BEFORE:
        return False
    made_at = keyring.epoch_made_at(keyring.current_epoch)
    return not made_at - timedelta(days=EPOCH_DAYS) < now() < ends_at() or bool(_unfinished())


def ends_at() -> datetime:
    """When the current epoch ends: from then on, older copies of the database cannot bring an erased person back."""
    return keyring.epoch_made_at(keyring.current_epoch) + timedelta(days=EPOCH_DAYS)


def clock_problem() -> str:
    """What is wrong with this machine's clock, in words for the page's frame; empty when nothing is."""
    seen = NEVER_BEFORE
    if keyring.is_full:
        seen = max(seen, keyring.epoch_made_at(keyring.current_epoch))
    if now() >= seen - CLOCK_TOLERANCE:
        return ""
    says = _("The clock of this machine says %(shown)s, but this node was in use on %(seen)s already. Set the clock.")
    shown, before = (formats.date_format(localtime(moment), "SHORT_DATETIME_FORMAT") for moment in (now(), seen))
    return says % {"shown": shown, "seen": before}


def rotate() -> int:
    """Start a new epoch: re-wrap every person key under a fresh key, then destroy the older ones.

    Each step can be cut short. The new file is on disk before any row needs it; every row says which epoch it is
    wrapped under, so the rows change in several short transactions and nobody at a front desk waits; old files go
    last, when no row needs them. What was left is taken up at the next unlock, or by `rotate` itself. Returns how many
    keys were re-wrapped. Raises NodeLocked, RuntimeError inside a transaction.
    """
    with _changing:
        _begin()
        count = finish()
    entry = journal.Entry(action="vault.rotate", detail={"epoch": keyring.current_epoch, "people": count})
    journal.record(system_actor(), entry)
    return count


def finish() -> int:
    """Wrap what is left of older epochs under the current one, and destroy every older key. Raises NodeLocked.

    Returns how many person keys were re-wrapped.
    """
    epoch_files.sweep()
    number, key = epoch_files.current()
    count = 0
    for old in _unfinished():
        count += _rewrap(old, number, key)
    # Only what surely stands on disk may depend on the new key alone; a busy database keeps the old one until later.
    if forget_deleted_bytes():
        for old in keyring.epochs:
            if old < number and not PersonKey.objects.filter(epoch=old).exists():
                epoch_files.destroy(old)
    return count


def require(readable: Collection[int]) -> None:
    """Raise EpochKeysMissing when people are on record and not one of their keys could be opened."""
    needed = set(PersonKey.objects.order_by().values_list("epoch", flat=True).distinct())
    missing = needed - set(readable)
    if needed and missing == needed:
        raise EpochKeysMissing
    for number in missing:
        log.error("The key of epoch %s is not there: people wrapped under it cannot be opened.", number)


def _begin() -> None:
    with transaction.atomic(durable=True):
        locks.own_epoch()
        number, epoch = epoch_files.create(node_id=keyring.node_id, node_key=keyring.node_key)
        keyring.put_epoch(number, epoch)


def _unfinished() -> list[int]:
    current = keyring.current_epoch
    older = (number for number in keyring.epochs if number < current)
    return [number for number in older if PersonKey.objects.filter(epoch=number).exists()]


def _rewrap(old: int, new: int, new_key: bytes) -> int:
    old_key = epoch_files.key(old)
    count = 0
    while old_key is not None:
        with transaction.atomic(durable=True):
            # Locked rows: who is erased meanwhile stays erased, for an UPDATE never brings a row back.
            rows = PersonKey.objects.select_for_update().filter(epoch=old).values_list("person", "wrapped")[:CHUNK]
            changed = [(person, _under(new_key, old_key, person, bytes(wrapped))) for person, wrapped in rows]
            if not changed:
                break
            _update(changed, old, new)
        count += len(changed)
    return count


def _under(new_key: bytes, old_key: bytes, person: UUID, wrapped: bytes) -> bytes:
    bound = person_bound(person.bytes)
    try:
        return ciphers.wrap(new_key, ciphers.unwrap(old_key, wrapped, bound), bound)
    except ciphers.CannotOpen:
        log.error("The wrapped key of person %s does not open.", person)
        return wrapped


def _update(changed: list[tuple[UUID, bytes]], old: int, new: int) -> None:
    person_field, wrapped_field = PersonKey._meta.get_field("person"), PersonKey._meta.get_field("wrapped")
    rows = [
        (
            new,
            wrapped_field.get_db_prep_value(wrapped, connection),
            person_field.get_db_prep_value(person, connection),
            old,
        )
        for person, wrapped in changed
    ]
    # One prepared statement for all rows; the ORM's bulk_update would build a CASE of thousands of branches.
    table = PersonKey._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f'UPDATE "{table}" SET epoch = %s, wrapped = %s WHERE person = %s AND epoch = %s', rows)  # noqa: S608 - our own table's name
