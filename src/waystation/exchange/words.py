"""Kinds, reasons and outcomes in words for a page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from waystation.audit import words
from waystation.exchange import kinds
from waystation.kernel.errors import Text

OUTCOMES: dict[str, Any] = {
    "taken": ngettext_lazy("%(count)d message was taken.", "%(count)d messages were taken.", "count"),
    "again": ngettext_lazy("%(count)d was known already.", "%(count)d were known already.", "count"),
    "answer": ngettext_lazy("%(count)d receipt came.", "%(count)d receipts came.", "count"),
    "relayed": ngettext_lazy("%(count)d is kept for others.", "%(count)d are kept for others.", "count"),
    "dropped": ngettext_lazy(
        "%(count)d is for other nodes, or of nobody trusted here.",
        "%(count)d are for other nodes, or of nobody trusted here.",
        "count",
    ),
    "held": ngettext_lazy("%(count)d file could not be taken.", "%(count)d files could not be taken.", "count"),
    "damaged": ngettext_lazy("%(count)d file is damaged.", "%(count)d files are damaged.", "count"),
}
DAMAGED = _("It is empty, or the .zip is broken. Copy it anew.")
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


def outcomes(counted: Mapping[str, int]) -> list[str]:
    """What became of files, in sentences."""
    return [str(says % {"count": counted[name]}) for name, says in OUTCOMES.items() if counted.get(name)]


def with_kinds(rows: Iterable[Any]) -> list[tuple[Any, Text, Text]]:
    """Rows of messages, each with what its kind is for and why it was refused."""
    return [(row, _purpose(row.kind), _why(row)) for row in rows]


def _purpose(wire: str) -> Text:
    kind = kinds.find(wire)
    return kind.purpose if kind is not None else wire


def _why(row: Any) -> Text:
    code = getattr(row, "reason", "") or getattr(row, "outcome", "")
    return "" if code in {"", "done"} else words.reason(code)
