"""What can go wrong with a handover; between nodes its code is the reason of the refusal."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Conflict, Problem


class UnknownHandover(Problem):
    """A message about a handover that is not known here, or not with this organisation."""

    code = "unknown-handover"
    status = 404
    message = _("This handover is not known here.")


class TooLate(Conflict):
    """An acceptance or a return after the handover had ended."""

    code = "too-late"
    message = _("It has ended already.")


class NotAccepted(Conflict):
    """Content of an offer that nobody here accepted."""

    code = "not-accepted"
    message = _("Nobody here has accepted this.")


class NobodyToTake(Problem):
    """Who accepted does not work here any more, or may not open such a case."""

    code = "nobody-to-take"
    status = 409
    message = _("Nobody here can take this over.")


class NotAgreed(Problem):
    """News about a person who did not agree to it."""

    code = "not-agreed"
    status = 409
    message = _("The person did not agree that news of them comes back.")


class AlreadyOffered(Conflict):
    """A second handover of one case."""

    code = "already-offered"
    message = _("This case is being handed over already. Take that offer back first.")


class NotAnnounced(Problem):
    """A part of a file that no handover names, or more of them than one may bring."""

    code = "not-announced"
    status = 409
    message = _("This does not belong to what was agreed.")
