"""What can go wrong when the road is asked; between nodes its code is the reason of the refusal."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Problem


class PublicationOver(Problem):
    """A question about a publication whose key is destroyed, or that never was."""

    code = "publication-over"
    status = 410
    message = _("This publication is over. Ask about the next one.")


class QuotaSpent(Problem):
    """More questions than a table of this size may answer."""

    code = "quota-spent"
    status = 429
    message = _("This organisation has asked as much as it may for now.")


class AskingSuspended(Problem):
    """A node that asked as one does who tries out names."""

    code = "asking-suspended"
    status = 403
    message = _("Questions of this organisation are answered no more. Speak with them.")


class NotOfCircle(Problem):
    """A publication for a circle that does not bind both."""

    code = "not-of-circle"
    status = 403
    message = _("This publication is for a circle to which not both organisations belong.")


class WrongPublication(Problem):
    """A publication that is not as it must be."""

    code = "wrong-publication"
    message = _("This publication is not as it must be.")


class NoSodium(Problem):
    """The system's library for hidden questions is missing."""

    code = "no-sodium"
    status = 503
    message = _(
        "This machine lacks the library libsodium 1.0.18 or newer, so it can neither ask the road nor answer it. Ask "
        "an administrator to install it."
    )
