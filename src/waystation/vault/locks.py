"""Who may make person keys while an epoch changes. SQLite has one writer at a time and needs nothing; on PostgreSQL
an advisory lock, held to the end of the transaction, keeps a key from being wrapped under an epoch that is ending."""

from django.db import connection

EPOCH_LOCK = 0x57535F45  # "WS_E", one number for all nodes: a node has its database to itself


def share_epoch() -> None:
    """Make person keys: together with others who do, never together with a change of epoch."""
    _take("pg_advisory_xact_lock_shared")


def own_epoch() -> None:
    """Change the epoch: wait until nobody makes person keys, and let nobody begin."""
    _take("pg_advisory_xact_lock")


def _take(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [EPOCH_LOCK])
