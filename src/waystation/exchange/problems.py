"""What can go wrong between nodes, in words for a person."""

from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Problem


class PeerNotTrusted(Problem):
    """Nothing is sent to a node that nobody here trusts."""

    code = "peer-not-trusted"
    status = 409
    message = _("This organisation is not trusted here, so nothing was sent. A coordinator can look under Other nodes.")


class MessageTooLarge(Problem):
    """More than one envelope may hold."""

    code = "message-too-large"
    status = 413
    message = _("This is too much for one message, so nothing was sent. Send it in parts.")


class NotTheirRoot(Problem):
    """A descriptor of a known node under another root."""

    code = "not-their-root"
    status = 409
    message = _(
        "A node of this number is known here under another key, so nothing was changed. Somebody may be pretending to "
        "be them: ask them by voice."
    )


class OwnDescriptor(Problem):
    """Our own descriptor, given as another's."""

    code = "own-descriptor"
    status = 422
    message = _("This is the descriptor of this node itself. Ask the other organisation for theirs.")


class OlderDescriptor(Problem):
    """A descriptor with a smaller number than the one on file."""

    code = "older-descriptor"
    status = 409
    message = _("A newer descriptor of this node is on file already; nothing was changed.")


class WordsDiffer(Problem):
    """The fingerprint was not compared, or does not agree."""

    code = "words-differ"
    status = 422
    message = _("The words do not agree. Do not trust this node: ask them for their descriptor again.")


class WrongCircle(Problem):
    """No circle of both nodes that has not ended allows the sender to begin this."""

    code = "wrong-circle"
    status = 409
    message = _(
        "You and this organisation are in a circle, and no circle of yours allows you to begin this with them now, so "
        "nothing was sent. Look under Circles what was agreed, and until when."
    )


class CannotCarry(Problem):
    """The folder cannot be read or written to its end."""

    code = "cannot-carry"
    status = 503
    message = _(
        "The folder could not be read or written to its end. What was done stays done: free some space, "
        "then do it again."
    )
