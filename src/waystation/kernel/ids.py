"""Identifiers say nothing: random, without time or order, so that a row's id tells no one when or where."""

import secrets
from uuid import UUID, uuid4

from waystation.kernel.errors import NotFound

LETTERS = "23456789CFGHJMPQRVWX"
"""Signs that nobody takes for another, and that make no words."""


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


def drawn_number(mark: str) -> str:
    """What stands on a form instead of a name: MARK-XXXXXXXX, drawn at random."""
    return f"{mark}-" + "".join(secrets.choice(LETTERS) for _place in range(8))
