"""What can go wrong with a circle, in words for a person."""

from django.utils.translation import gettext_lazy as _

from waystation.exchange.circles.documents import NotACircle
from waystation.kernel.errors import Problem, Text

REFUSED: dict[str, Text] = {
    "not-a-circle": _("This is not the whole file of a circle. Ask for it again."),
    "too-large": _("This is larger than a circle may be. Shorten the agreement, or make two circles."),
    "unknown-version": _("This circle was written by a newer program. Bring this one up to date, then take it again."),
    "counted-twice": _(
        "A steward stands in this circle, or has signed it, more than once. Ask its stewards to mend it."
    ),
    "no-steward": _("Somebody who is no steward has signed this circle, so it was not taken."),
    "not-signed": _("This circle was changed after it was signed. Ask a steward for it again."),
    "other-circle": _("This is another circle."),
    "older": _("A newer version of this circle is here already; nothing was changed."),
    "not-next": _("A version between this one and the one that is here is missing. Ask for that one too."),
    "ended": _("This circle has ended. Ask its stewards for the version that goes on."),
    "too-few": _("Too few stewards have signed this circle, so nobody is bound by it yet."),
    "forked": _(
        "Another version of the same number holds here, so nothing was changed. Somebody signed two: ask the stewards "
        "which one they meant."
    ),
    "outsider": _("It came from somebody who has no part in this circle, or this node has no part in it."),
    "too-many": _("There are too many circles, or versions that do not hold yet. Throw some away first."),
}


class CircleRefused(Problem):
    """A circle that is not taken; `reason` is a code of REFUSED."""

    status = 422

    def __init__(self, reason: str) -> None:
        self.reason, self.code = reason, f"circle-{reason}"
        super().__init__(REFUSED[reason])


class NotItsSteward(Problem):
    """This node cannot sign: it is no steward, or another key stands for it."""

    code = "not-its-steward"
    status = 409
    message = _(
        "This node cannot sign this version: it is no steward of it under the key that it has. Ask who wrote it to put "
        "in the key of your present descriptor."
    )


class SignedAnother(Problem):
    """A steward signs one version of a number, or the circle would split."""

    code = "signed-another"
    status = 409
    message = _("This node has signed another version of the same number already. Agree on one, and drop the other.")


class NotItsMember(Problem):
    """Only a member joins."""

    code = "not-its-member"
    status = 409
    message = _("This organisation is not a member of this circle, so there is nothing to join.")


def refused(problem: NotACircle) -> CircleRefused:
    """A refusal of the document, in words."""
    return CircleRefused(problem.reason)
