"""Who comes from outside gives way.

What comes locks its sender before what it speaks of, and staff the other way round: on a server that locks row by row
each could wait for the other, and the server would turn one of them away, perhaps a person's withdrawal. Nobody outside
notices that a message was taken at the second try.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

R = TypeVar("R")
PAUSES = tuple(0.05 * 2**times for times in range(8))
"""Seconds before it is tried again; as long in all as anybody waits for a database that is a file."""
WAITS_FOR_NOBODY = "SET LOCAL lock_timeout = '50ms'"
"""A server looks for two that wait for each other after a second: by then we are out of the way."""
IN_THE_WAY = {"40P01", "55P03"}
"""What PostgreSQL says when two wait for each other, and when one has waited long enough."""


def giving_way(work: Callable[[], R]) -> R:
    """Do something in a transaction, and all of it again where it stood in somebody's way."""
    for pause in PAUSES:
        try:
            with transaction.atomic():
                return work()
        except OperationalError as problem:
            if connection.in_atomic_block or getattr(problem.__cause__, "sqlstate", "") not in IN_THE_WAY:
                raise
        time.sleep(pause)
    with transaction.atomic():
        return work()


def hurry() -> None:
    """The sender is locked: until this transaction ends, wait no more for what somebody else has locked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(WAITS_FOR_NOBODY)
