"""Who is responsible, and what they will hear, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from waystation.casework.asked.codes import State
from waystation.kernel.errors import Text

RESPONSIBLE = _("They stay responsible for the person's case. We are asked for one thing only.")
NEXT: Mapping[str, Text] = {
    State.ASKED: _("Nobody is named yet. Say that you would help, decline, or ask something."),
    State.ACCEPTED: _("They were told that we would help. What the person agreed to comes next."),
    State.TOLD: _("You know who it is now. Begin to help, and say so."),
    State.STARTED: _("They know that help has begun. Say what came of it."),
    State.COMPLETED: _("They know that our help was given."),
    State.FAILED: _("They know that it did not work out, and look for another way."),
    State.DECLINED: _("They know that we do not help, and look for another way."),
    State.WITHDRAWN: _("They have taken it back. Nothing more is to be done for it."),
}
