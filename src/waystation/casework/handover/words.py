"""Who is responsible now, in words: the same truth on both sides."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waystation.accounts.roles import CARDS, Role
from waystation.casework.handover.codes import Giving, Refusal, Taking
from waystation.casework.handover.models import Given, Offered
from waystation.kernel.errors import Text

GIVEN: Mapping[str, Text] = {
    Giving.DRAFT: gettext_lazy("We are responsible. Nothing has left yet."),
    Giving.AGREED: gettext_lazy("We are responsible. Nothing has left yet."),
    Giving.OFFERED: gettext_lazy("We are responsible until they accept, and confirm that what was agreed came."),
    Giving.ACCEPTED: gettext_lazy(
        "They have accepted. We stay responsible until they confirm that what was agreed came."
    ),
    Giving.SENT: gettext_lazy("We stay responsible until they confirm that it came."),
    Giving.TAKEN: gettext_lazy("They are responsible now, and have confirmed it."),
    Giving.BACK: gettext_lazy("We are responsible again: they gave it back."),
    Giving.REFUSED: gettext_lazy("We are responsible: they did not take it over."),
    Giving.WITHDRAWN: gettext_lazy("We are responsible: the offer was taken back."),
    Giving.FAILED: gettext_lazy("We are responsible: it did not reach them."),
}
OFFERED: Mapping[str, Text] = {
    Taking.OFFERED: gettext_lazy("They are responsible. Nothing was told yet."),
    Taking.ACCEPTED: gettext_lazy("They are responsible until what they know has come here."),
    Taking.TAKEN: gettext_lazy("We are responsible now."),
    Taking.REFUSED: gettext_lazy("They are responsible: we did not take it over."),
    Taking.GIVING_BACK: gettext_lazy("We gave it back. We stay responsible until they confirm that they have it."),
    Taking.GIVEN_BACK: gettext_lazy("They are responsible again: we gave it back."),
    Taking.WITHDRAWN: gettext_lazy("They are responsible: the offer is over."),
}
_FAILED: Mapping[str, Text] = {
    "too-late": gettext_lazy("It had ended there already."),
    "recalled": gettext_lazy("The person took the consent back before it came to them."),
    "nobody-to-take": gettext_lazy("Nobody there may take it over any more."),
    "not-accepted": gettext_lazy("They do not know any more that they accepted. Offer it again."),
    "too-many-waiting": gettext_lazy("They have too many of our offers to decide on. Offer it again later."),
    "unknown-handover": gettext_lazy("They do not know this handover. Offer it again."),
}


def of_given(row: Given) -> Text:
    """Who is responsible for what we hand over."""
    return GIVEN[row.state]


def of_offered(row: Offered) -> Text:
    """Who is responsible for what is offered to us."""
    return OFFERED[row.state]


def why_not(row: Given) -> Text:
    """Why it was refused or did not reach them; empty where nothing is known."""
    if row.refused in Refusal.values:
        return _("Their reason: %(reason)s") % {"reason": Refusal(row.refused).label}
    if not row.refused:
        return _("No receipt came back in time. Ask them by voice.") if row.state == Giving.FAILED else ""
    return _FAILED.get(row.refused) or _("Their node could not take it. A coordinator can look under Other nodes.")


def roles(codes: Collection[str]) -> str:
    """Roles in words."""
    return _(", ").join(str(CARDS[role].label) for role in Role if role in codes)
