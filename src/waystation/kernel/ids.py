"""Identifiers say nothing: random, without time or order, so that a row's id tells no one when or where."""

from uuid import UUID, uuid4


def new_id() -> UUID:
    """A fresh random identifier (RFC 9562, version 4)."""
    return uuid4()
