"""States and clocks of what is referred to us, as data. Services, priorities and reasons are those of `referrals`."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable


class State(TextChoices):
    """Where a referral to us stands."""

    ASKED = "asked", _("Asked of us")
    ACCEPTED = "accepted", _("We would help, nothing told yet")
    TOLD = "told", _("Told what is needed")
    DECLINED = "declined", _("Declined by us")
    STARTED = "started", _("Our help has begun")
    COMPLETED = "completed", _("Our help was given")
    FAILED = "failed", _("Did not work out")
    WITHDRAWN = "withdrawn", _("Taken back by them")


class Act(TextChoices):
    """What happens to a referral to us."""

    ACCEPT = "accept", _("We would help")
    DECLINE = "decline", _("Decline")
    TELL = "tell", _("What was agreed has come")
    START = "start", _("Our help has begun")
    COMPLETE = "complete", _("Our help was given")
    FAIL = "fail", _("It did not work out")
    LOSE = "lose", _("Our answer came too late")
    WITHDRAW = "withdraw", _("They take it back")


S = State
TABLE = StateTable(
    states=State.values,
    first=S.ASKED,
    steps=[
        (Act.ACCEPT, S.ASKED, S.ACCEPTED),
        (Act.DECLINE, S.ASKED, S.DECLINED),
        (Act.TELL, S.ACCEPTED, S.TOLD),
        (Act.START, S.TOLD, S.STARTED),
        (Act.COMPLETE, S.STARTED, S.COMPLETED),
        (Act.FAIL, (S.ACCEPTED, S.TOLD, S.STARTED), S.FAILED),
        (Act.LOSE, (S.ACCEPTED, S.STARTED, S.COMPLETED, S.FAILED), S.WITHDRAWN),
        (Act.WITHDRAW, (S.ASKED, S.ACCEPTED, S.TOLD, S.DECLINED, S.STARTED, S.COMPLETED, S.FAILED), S.WITHDRAWN),
    ],
)
"""Who asks decides in which order things happened: an answer that comes after they took it back is answered
`too-late`. They may take it back at any time, also when help has ended: the person may have what was told here gone."""
OPEN = (S.ASKED, S.ACCEPTED, S.TOLD, S.STARTED)
NEWS = (S.STARTED, S.COMPLETED, S.FAILED)
"""States that they are told of, by these codes."""
OF_HELP = (Act.START, Act.COMPLETE, Act.FAIL)
"""Acts that lead there."""


class AskedClock(TextChoices):
    """Follow-ups that a referral to us opens by itself."""

    ANSWER = "asked.answer", _("Answer a referral to us")
    CONTENT = "asked.content", _("They owe us what was agreed about somebody we would help")
    START = "asked.start", _("Begin to help somebody referred to us")
    OUTCOME = "asked.outcome", _("Say what came of a referral to us")
    FEEDBACK = "asked.feedback", _("Ask the person how our help was")
    GONE = "asked.gone", _("A person took the consent back: look at what stands here")


CONTENT_WITHIN = timedelta(hours=72)
GONE_WITHIN = timedelta(hours=24)
