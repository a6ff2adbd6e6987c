"""What may be looked for, states, reasons and limits of the page of photos, as data (DOMAIN.md 2.2, Trace the Face)."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.errors import Text
from waystation.kernel.states import StateTable


class LooksFor(TextChoices):
    """Whom the person on a photo looks for: all that the page says."""

    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    PARENTS = "parents", _("Parents")
    CHILD = "child", _("Son or daughter")
    SIBLING = "sibling", _("Brother or sister")
    PARTNER = "partner", _("Husband, wife or partner")
    FAMILY = "family", _("Other family")


SAYS: Mapping[str, Text] = {
    LooksFor.MOTHER: _("Looks for their mother"),
    LooksFor.FATHER: _("Looks for their father"),
    LooksFor.PARENTS: _("Looks for their parents"),
    LooksFor.CHILD: _("Looks for their son or daughter"),
    LooksFor.SIBLING: _("Looks for their brother or sister"),
    LooksFor.PARTNER: _("Looks for their husband, wife or partner"),
    LooksFor.FAMILY: _("Looks for their family"),
}


class State(TextChoices):
    """Where a posting stands."""

    DRAFTED = "drafted", _("Waits for a second officer")
    SHOWN = "shown", _("On the page of photos")
    DOWN = "down", _("Taken down")


class Act(TextChoices):
    """What may be done with a posting."""

    SHOW = "show", _("Agree, and show it")
    REFUSE = "refuse", _("Do not show it")
    TAKE_DOWN = "take_down", _("Take it down")


class Down(TextChoices):
    """Why a photo is not shown any more."""

    WITHDRAWN = "withdrawn", _("The person took it back")
    EXPIRED = "expired", _("Its last day has passed")
    REPLACED = "replaced", _("Another photo took its place")
    NOT_AGREED = "not_agreed", _("The second officer did not agree")
    FOUND = "found", _("The family was found")
    RISK = "risk", _("It could put somebody at risk")
    OTHER = "other", _("Another reason")


BY_OFFICER = (Down.FOUND, Down.RISK, Down.REPLACED, Down.OTHER)
"""What an officer may say. That the person takes it back is said where the consent is taken back."""
TABLE = StateTable(
    states=State.values,
    first=State.DRAFTED,
    steps=[
        (Act.SHOW, State.DRAFTED, State.SHOWN),
        (Act.REFUSE, State.DRAFTED, State.DOWN),
        (Act.TAKE_DOWN, (State.DRAFTED, State.SHOWN), State.DOWN),
    ],
)


class AnswerState(TextChoices):
    """Where an answer of somebody outside stands."""

    CAME = "came", _("Not read yet")
    LOOKED_INTO = "looked_into", _("Being looked into")
    CLOSED = "closed", _("Closed")


class AnswerAct(TextChoices):
    """What may be done with an answer."""

    LOOK_INTO = "look_into", _("I look into it")
    CLOSE = "close", _("Close it")


class Outcome(TextChoices):
    """What came of an answer."""

    LED_ON = "led_on", _("It led on")
    NOTHING = "nothing", _("It led nowhere")
    NOT_MEANT = "not_meant", _("It was not meant seriously")
    HARM = "harm", _("It was meant to harm")


ANSWER_TABLE = StateTable(
    states=AnswerState.values,
    first=AnswerState.CAME,
    steps=[
        (AnswerAct.LOOK_INTO, AnswerState.CAME, AnswerState.LOOKED_INTO),
        (AnswerAct.CLOSE, (AnswerState.CAME, AnswerState.LOOKED_INTO), AnswerState.CLOSED),
    ],
)


class PhotoClock(TextChoices):
    """Follow-ups that the page of photos opens by itself."""

    DECIDE = "photos.decide", _("A photo waits for a second officer")
    ENDS = "photos.ends", _("A photo comes down soon: ask the person whether to go on")
    ANSWER = "photos.answer", _("Somebody answered to a photo")


YOUNGEST = 15
USUAL = timedelta(days=365)
"""So long a photo is shown at the most, and never longer than its consent."""
DECIDE_WITHIN = timedelta(days=3)
READ_WITHIN = timedelta(hours=72)
ASK_BEFORE_END = timedelta(days=14)
STILL_TAKEN = timedelta(days=30)
"""Whoever had the page open before a photo came down is still heard for so long."""
MOST_AN_HOUR, MOST_A_PHOTO = 60, 10
"""Answers taken in one hour: in all, and to one photo; nobody is told apart."""
LONGEST, LONGEST_REACH = 3000, 300
"""Characters of an answer, and of how to reach who answers."""
KEPT_DAYS = 365
ON_A_PAGE = 12
