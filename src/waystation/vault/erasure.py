"""Erasing a person: her key goes, and with it everything that was ever sealed under it."""

import logging
from collections.abc import Sequence
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from waystation.vault.models import PersonKey
from waystation.vault.persons import forget_everywhere

CHUNK = 500
log = logging.getLogger(__name__)
_owed = False


def erase_person(person: UUID) -> None:
    """Destroy a person's key, and overwrite its bytes once the transaction is through. Her documents become noise.

    A copy of the database made before can still be opened with this node's keys until the epoch changes.
    """
    erase_people([person])


def erase_people(people: Sequence[UUID]) -> None:
    """The same for many at once, as a list of thousands that may no longer be used."""
    for start in range(0, len(people), CHUNK):
        PersonKey.objects.filter(person__in=people[start : start + CHUNK]).delete()
    forget_surely()


def forget_surely() -> None:
    """Drop the keys at hand everywhere, and overwrite what was deleted or replaced once the transaction is through."""
    global _owed
    forget_everywhere()
    _owed = True
    transaction.on_commit(_forget_once_committed)


def forget_deleted_bytes() -> bool:
    """On SQLite: move the write-ahead log into the file (`secure_delete` overwrites there) and cut it to nothing.

    Returns whether it is done; a reader in the middle of something can hold it up, and `owes` says so until a later
    call succeeds. PostgreSQL keeps dead rows until it vacuums; the change of epoch makes them worthless.
    """
    global _owed
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _pages, _moved = cursor.fetchone()
        if busy:
            return False
    _owed = False
    return True


def owes() -> bool:
    """Whether bytes of an erased person may still stand in the database's files."""
    return _owed


def _forget_once_committed() -> None:
    # The erasure itself is through: a busy database must not tell its owner otherwise. Housekeeping tries again.
    try:
        if not forget_deleted_bytes():
            log.warning("Bytes of an erased person wait in the write-ahead log; a reader holds them.")
    except DatabaseError:
        log.exception("Bytes of an erased person wait in the write-ahead log.")
