"""What another node's answer means, and why a message did not reach it, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from waystation.casework.referrals.codes import State
from waystation.casework.referrals.models import Referral
from waystation.kernel.errors import Text

RESPONSIBLE = _("We stay responsible for this person's case, whatever they answer.")
NEXT: Mapping[str, Text] = {
    State.SENT: _("They were asked without a name. Nothing else has left."),
    State.ACKNOWLEDGED: _("Their node has it, without a name. Nothing else has left."),
    State.WILLING: _("They would help. Tell them now what the person agreed to."),
    State.ACCEPTED: _("They were told what the person agreed to. They say when their help begins."),
}
_LOST: Mapping[str, Text] = {
    "given-up": _("No receipt came back in time. Ask them by voice."),
    "too-late": _("It had ended there already."),
    "nobody-to-take": _("Nobody there may take it up any more."),
    "not-accepted": _("They do not know any more that they would help. Ask them again."),
    "too-many-waiting": _("They have too many of our referrals to decide on. Ask them again later."),
    "unknown-referral": _("They do not know this referral. Ask them again."),
}


def why_lost(referral: Referral) -> Text:
    """Why it did not reach them; empty where it did."""
    if not referral.lost:
        return ""
    return _LOST.get(referral.lost) or _("Their node could not take it. A coordinator can look under Other nodes.")
