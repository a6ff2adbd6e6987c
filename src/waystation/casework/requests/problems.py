"""What can go wrong with a request; between nodes its code is the reason of the refusal."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Problem


class UnknownRequest(Problem):
    """A message about a request that is not known here, or not with this organisation."""

    code = "unknown-request"
    status = 404
    message = _("This request is not known here.")


class TooMany(Problem):
    """More questions than one organisation may ask."""

    code = "too-many"
    status = 429
    message = _("They have as many questions of ours as they take at once, or in one day. Ask again later.")


class NotStated(Problem):
    """A consent that the other side does not state, or that does not stand here."""

    code = "not-stated"
    status = 409
    message = _("The consent that they state does not allow it.")
