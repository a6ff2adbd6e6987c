"""What can go wrong between two organisations about a person; between nodes its code is the reason of the refusal."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Conflict, Problem


class TooLate(Conflict):
    """An answer after it had ended."""

    code = "too-late"
    message = _("It has ended already.")


class NotAccepted(Conflict):
    """Content of what nobody here accepted."""

    code = "not-accepted"
    message = _("Nobody here has accepted this.")


class NobodyToTake(Problem):
    """Who accepted does not work here any more, or may not open such a record."""

    code = "nobody-to-take"
    status = 409
    message = _("Nobody here can take this over.")


class TooManyWaiting(Problem):
    """More from one organisation than anybody here can decide on."""

    code = "too-many-waiting"
    status = 429
    message = _("They have as much to decide on from us as they can. Ask again once they have answered.")


class NotAgreed(Problem):
    """News about a person who did not agree to it."""

    code = "not-agreed"
    status = 409
    message = _("The person did not agree that news of them comes back.")
