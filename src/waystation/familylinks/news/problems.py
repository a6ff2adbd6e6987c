"""What may go wrong with family news; between nodes its code is the reason of the refusal."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Conflict, Problem


class UnknownMessage(Problem):
    """Word about a message that is not known here, or did not go to who speaks of it."""

    code = "unknown-message"
    status = 404
    message = _("This family message is not known here.")


class AlreadyHere(Conflict):
    """A message that came through here before."""

    code = "already-here"
    message = _("This family message came through this office before.")


class TooManyOffices(Conflict):
    """A message that goes round in a circle."""

    code = "too-many-offices"
    message = _(
        "This message has been through as many offices as one may. Deliver it, or say why it cannot be delivered."
    )


class SameHand(Conflict):
    """Who wrote it down cannot check it."""

    code = "same-hand"
    message = _("You wrote this message down. Somebody else checks it.")


class NothingToSay(Conflict):
    """Somebody asks for a person of whom they may not be told: the answer is the same as for who is not known."""

    code = "nothing-to-say"
    keeps = True
    message = _(
        "Nothing may be told. Say what we say to everybody: “We cannot say whether we know somebody. If you look for a "
        "relative, we write that down and begin to look.”"
    )
