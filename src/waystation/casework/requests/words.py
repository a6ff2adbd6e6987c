"""Where a request stands, in words for whoever works on it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waystation.casework.requests.codes import Answering, Asking, Refusal
from waystation.casework.requests.models import OurRequest
from waystation.kernel.errors import Text

OURS: Mapping[str, Text] = {
    Asking.DRAFT: gettext_lazy("Nothing has left yet. Ask the person first."),
    Asking.AGREED: gettext_lazy("Nothing has left yet."),
    Asking.ASKED: gettext_lazy("They were asked without a name, and have not answered yet."),
    Asking.ACCEPTED: gettext_lazy("They will look. They do not know yet who it is."),
    Asking.NAMED: gettext_lazy("They look for the person, and decide what they tell."),
    Asking.TOLD: gettext_lazy("They told us what stands below. Nothing in our record was changed by it."),
    Asking.NOTHING: gettext_lazy(
        "They have nothing to tell us. This does not say whether they know the person: the answer is the same when "
        "nobody is known and when nothing may be told."
    ),
    Asking.REFUSED: gettext_lazy("They do not look. They never heard who it is."),
    Asking.WITHDRAWN: gettext_lazy("The question was taken back. They forget what they were told."),
    Asking.LAPSED: gettext_lazy("They did not answer in time. What still comes is not taken."),
    Asking.FAILED: gettext_lazy("It did not reach them."),
}
THEIRS: Mapping[str, Text] = {
    Answering.ASKED: gettext_lazy("They ask without a name. Say whether you will look."),
    Answering.ACCEPTED: gettext_lazy("They tell us next whom they mean."),
    Answering.NAMED: gettext_lazy("Look for the person in our book, and decide what is told."),
    Answering.TOLD: gettext_lazy("We told them. What we used to find the person is forgotten here."),
    Answering.NOTHING: gettext_lazy("We said that there is nothing to tell. Whom they meant is forgotten here."),
    Answering.REFUSED: gettext_lazy("We do not look. We never heard who it is."),
    Answering.WITHDRAWN: gettext_lazy("They took the question back. What we were told is forgotten here."),
    Answering.LAPSED: gettext_lazy("The time ran out. What we were told is forgotten here."),
}
_FAILED: Mapping[str, Text] = {
    "too-late": gettext_lazy("It had ended there already."),
    "too-many": gettext_lazy("They have as many questions of ours as they take at once, or in one day. Ask later."),
    "unknown-request": gettext_lazy("They do not know this request any more. Ask again."),
    "not-accepted": gettext_lazy("They do not know any more that they will look. Ask again."),
}


def why_not(row: OurRequest) -> Text:
    """Why it was refused or did not reach them; empty where nothing is known."""
    if row.refused in Refusal.values:
        return Refusal(row.refused).label
    if row.state != Asking.FAILED:
        return ""
    if not row.refused:
        return _("No receipt came back in time. Ask them by voice.")
    return _FAILED.get(row.refused) or _("Their node could not take it. A coordinator can look under Other nodes.")
