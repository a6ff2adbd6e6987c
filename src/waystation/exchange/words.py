"""Kinds, reasons and outcomes in words for a page."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from waystation.audit import words
from waystation.exchange import kinds
from waystation.kernel.errors import Text

OUTCOMES: dict[str, Text] = {
    "taken": _("taken"),
    "again": _("known already"),
    "answer": _("receipts"),
    "relayed": _("kept for others whose mail we hold"),
    "held": _("could not be taken"),
    "dropped": _("not for this node, or of nobody it trusts"),
    "damaged": _("damaged on the stick"),
}
REASONS: dict[str, Text] = {
    "not-an-envelope": _("It is no sealed message, or a part is missing."),
    "too-large": _("It is larger than any message may be."),
    "unknown-version": _("It is of a newer version than this node. Bring the program up to date, then take it again."),
    "unknown-suite": _("It is sealed in a way that this node does not accept."),
    "not-for-us": _("It was for another node."),
    "cannot-open": _("It was changed on the way, or sealed to a key that is no more. Ask them to send it again."),
    "not-padded": _("What it holds is not in the form it must have."),
    "unknown-sender": _("It was of a node that is not trusted here."),
    "not-signed": _("It does not bear the signature of who it says it is from. Somebody may be pretending to be them."),
    "wrong-count": _("It is numbered as none may be."),
    "wrong-body": _("It does not hold what it must."),
    "too-many-gaps": _("Too many messages of this sender are missing."),
    "effect-failed": _("This node failed on it. It comes again; if it stays here, tell who looks after the program."),
}


def reason(code: str) -> Text:
    """Why a file was not taken."""
    return REASONS.get(code, words.reason(code))


def with_kinds(rows: Iterable[Any]) -> list[tuple[Any, Text, Text]]:
    """Rows of messages, each with what its kind is for and why it was refused."""
    return [(row, _purpose(row.kind), _why(row)) for row in rows]


def _purpose(wire: str) -> Text:
    kind = kinds.find(wire)
    return kind.purpose if kind is not None else wire


def _why(row: Any) -> Text:
    code = getattr(row, "reason", "") or getattr(row, "outcome", "")
    return "" if code in {"", "done"} else words.reason(code)
