"""What can go wrong with a handover; between nodes its code is the reason of the refusal."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Conflict, Problem


class UnknownHandover(Problem):
    """A message about a handover that is not known here, or not with this organisation."""

    code = "unknown-handover"
    status = 404
    message = _("This handover is not known here.")


class AlreadyOffered(Conflict):
    """A second handover of one case."""

    code = "already-offered"
    message = _("This case is being handed over already. Take that offer back first.")


class NotAnnounced(Problem):
    """A part of a file that no handover names, or more of them than one may bring."""

    code = "not-announced"
    status = 409
    message = _("This does not belong to what was agreed.")


class Recalled(Conflict):
    """Content that comes after the word that the person took the consent back."""

    code = "recalled"
    message = _("The person took the consent back before this came.")
