"""Everything that can be refused, each with words for a person and one HTTP status for pages and API alike."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Problem(Exception):  # noqa: N818 - RFC 9457 calls it a problem
    """Something a person must be told. `code` is stable for programs, `message` is for people.

    `keeps`: what the refused act wrote before it met this stays written (that it was asked for, say).
    """

    code = "problem"
    status = 400
    keeps = False
    message: Text = _("This could not be done.")

    def __init__(self, message: Text | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(self.code))

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Problem):
    """The actor's role does not permit this."""

    code = "not-allowed"
    status = 403
    message = _("Your role does not allow this. Ask a coordinator if you need it.")


class NotFound(Problem):
    """No such thing, or not for this actor: the two are never told apart."""

    code = "not-found"
    status = 404
    message = _("Nothing was found here, or it is not for you to see.")


class Conflict(Problem):
    """Someone else changed the same thing in between; nothing of either was lost."""

    code = "conflict"
    status = 409
    message = _("Someone else changed this while you were writing. Your text is kept below; compare and save again.")


class Invalid(Problem):
    """What was sent needs mending. `fields` maps a field's name to what to mend."""

    code = "invalid"
    status = 422
    message = _("Some answers need mending.")

    def __init__(self, fields: Mapping[str, Text], message: Text | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields)


class NodeLocked(Problem):
    """The node's key is not in memory, so nothing sealed can be read or written."""

    code = "node-locked"
    status = 423
    message = _("This node is locked. An officer opens it with a passphrase.")


class BudgetSpent(Problem):
    """This account opened more people this hour than its role ever honestly needs."""

    code = "budget-spent"
    status = 429
    message = _("You have opened many people this hour. A second officer can release more.")


class ConsentMissing(Problem):
    """The person has not allowed this, or has withdrawn it."""

    code = "consent-missing"
    status = 409
    message = _("The person has not allowed this. Ask, and record the answer first.")


class StorageFailed(Problem):
    """The disk is full or the database is busy; nothing was half-written."""

    code = "storage-failed"
    status = 503
    message = _("The disk is full or busy. Nothing was lost: free some space or wait a moment, then save again.")
