"""Identifiers say nothing: random, without time or order, so that a row's id tells no one when or where."""

from uuid import UUID, uuid4

from waystation.kernel.errors import NotFound


def new_id() -> UUID:
    """A fresh random identifier (RFC 9562, version 4)."""
    return uuid4()


def read_id(text: object) -> UUID | None:
    """The identifier that somebody sent as text; None for anything else."""
    try:
        return UUID(str(text))
    except ValueError:
        return None


def known_id(text: object) -> UUID:
    """The same where nothing else may stand. Raises NotFound."""
    found = read_id(text)
    if found is None:
        raise NotFound
    return found
