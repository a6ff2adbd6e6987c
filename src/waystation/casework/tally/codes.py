"""States of a post's day, why it was not opened, and what a clock may be off, as data (DOMAIN.md rows 16 and 25)."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.kernel.states import StateTable


class State(TextChoices):
    """Where a post's day stands."""

    NOT_YET = "not_yet", _("Not yet open")
    OPEN = "open", pgettext_lazy("a post", "Open")
    CLOSED = "closed", pgettext_lazy("a post", "Closed for the day")
    NOT_OPENED = "not_opened", pgettext_lazy("a post", "Not opened")


class Act(TextChoices):
    """What may be done with a post's day."""

    OPEN = "open", _("Open the post")
    CLOSE = "close", _("Close for the day")
    NOT_OPENED = "not-opened", _("It is not opened")
    REOPEN = "reopen", _("Open it again")


S = State
TABLE = StateTable(
    states=State.values,
    first=S.NOT_YET,
    steps=[
        (Act.OPEN, (S.NOT_YET, S.NOT_OPENED), S.OPEN),
        (Act.CLOSE, S.OPEN, S.CLOSED),
        (Act.NOT_OPENED, S.NOT_YET, S.NOT_OPENED),
        (Act.REOPEN, S.CLOSED, S.OPEN),
    ],
)


class WhyNot(TextChoices):
    """Why a post was not opened on a day."""

    REST = "rest", _("A day of rest")
    TEAM = "team", _("Too few of us")
    DANGER = "danger", _("Not safe")
    AUTHORITY = "authority", _("An authority did not let us")
    WEATHER = "weather", _("Weather or road")
    NOBODY = "nobody", _("Nobody comes here now")
    OTHER = "other", _("Something else")


class Verdict(TextChoices):
    """What became of a count that a phone sent."""

    COUNTED = "counted", _("Counted")
    ALREADY = "already", _("Counted already")
    TAKEN_BACK = "taken_back", _("Taken back")
    REFUSED = "refused", _("Not counted")


WEEKS_SHOWN = 8
CLOCK_OFF = timedelta(minutes=10)
"""A phone whose clock differs more from this machine's has a wrong clock."""
LONGEST_WAIT = timedelta(days=14)
"""What a phone kept for longer, or counted in time to come, is counted once somebody has chosen its day."""
BELIEVABLE = range(1970, 2200)
"""Years a phone may say at all; a clock beyond them cannot even be put right."""
MOST_ROWS = 500
"""So many counts a phone sends at once."""
TIMES_KEPT_DAYS = 365
