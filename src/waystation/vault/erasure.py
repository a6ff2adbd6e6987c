"""Erasing a person: her key goes, and with it everything that was ever sealed under it."""

from uuid import UUID

from django.db import connection, transaction

from waystation.vault.models import PersonKey
from waystation.vault.persons import forget_held_keys


def erase_person(person: UUID) -> None:
    """Destroy a person's key, and overwrite its bytes once the transaction is through. Her documents become noise.

    A copy of the database made before can still be opened with this node's keys until the epoch changes.
    """
    PersonKey.objects.filter(person=person).delete()
    forget_held_keys()
    transaction.on_commit(forget_deleted_bytes)


def forget_deleted_bytes() -> None:
    """On SQLite: move the write-ahead log into the file (`secure_delete` overwrites there) and cut it to nothing.

    PostgreSQL keeps dead rows until it vacuums; epoch keys outside the database make them worthless.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
