"""Kinds, states and clocks of feedback, as data (DOMAIN.md row 81; IASC accountability to affected people, 2017)."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable


class Kind(TextChoices):
    """What somebody wants to say."""

    PRAISE = "praise", _("Something was good")
    QUESTION = "question", _("I have a question")
    WISH = "wish", _("Something should be better")
    COMPLAINT = "complaint", _("Something was wrong")
    CONDUCT = "conduct", _("Somebody of you did harm, or asked for money or sex")


SENSITIVE = frozenset({Kind.CONDUCT})
"""Read only by those who look into the conduct of our own people."""


class State(TextChoices):
    """Where it stands."""

    RECEIVED = "received", _("Received")
    ACKNOWLEDGED = "acknowledged", _("Read")
    EXAMINED = "examined", _("Being looked into")
    ANSWERED = "answered", _("Answered")
    REFERRED = "referred", _("With somebody else who must decide")
    CLOSED = "closed", _("Closed")


class Act(TextChoices):
    """What may be done with it."""

    ACKNOWLEDGE = "acknowledge", _("I have read it")
    EXAMINE = "examine", _("I look into it")
    ANSWER = "answer", _("Write back")
    REFER = "refer", _("Somebody else must decide")
    WRITE_AGAIN = "write_again", _("They wrote again")
    CLOSE = "close", _("Close")


S = State
OPEN = (S.RECEIVED, S.ACKNOWLEDGED, S.EXAMINED, S.ANSWERED, S.REFERRED)
TABLE = StateTable(
    states=State.values,
    first=S.RECEIVED,
    steps=[
        (Act.ACKNOWLEDGE, S.RECEIVED, S.ACKNOWLEDGED),
        (Act.EXAMINE, (S.RECEIVED, S.ACKNOWLEDGED, S.ANSWERED), S.EXAMINED),
        (Act.ANSWER, OPEN, S.ANSWERED),
        (Act.REFER, (S.RECEIVED, S.ACKNOWLEDGED, S.EXAMINED), S.REFERRED),
        (Act.WRITE_AGAIN, State.values, S.RECEIVED),
        (Act.CLOSE, (S.ACKNOWLEDGED, S.EXAMINED, S.ANSWERED, S.REFERRED), S.CLOSED),
    ],
)


class Outcome(TextChoices):
    """What came of it."""

    CHANGED = "changed", _("We changed something")
    EXPLAINED = "explained", _("We explained")
    HELPED = "helped", _("The person was helped")
    SORRY = "sorry", _("We said sorry and made it good")
    MEASURE = "measure", _("Somebody of us had to answer for it")
    THANKS = "thanks", _("We thanked")
    NOTHING = "nothing", _("We could not do anything")


class Via(TextChoices):
    """How it reached us."""

    PAGE = "page", _("Written by themselves")
    SPOKEN = "spoken", _("Told one of us")
    PAPER = "paper", _("On paper")


class FeedbackClock(TextChoices):
    """Follow-ups that feedback opens by itself."""

    READ = "feedback.read", _("Read what somebody wrote to us")
    CONDUCT = "feedback.conduct", _("Somebody says that one of us did harm")
    ANSWER = "feedback.answer", _("Answer what somebody wrote to us")


READ_WITHIN: Mapping[bool, timedelta] = {False: timedelta(hours=72), True: timedelta(hours=24)}
"""Of usual and of sensitive feedback."""
ANSWER_WITHIN = timedelta(days=14)
LONGEST = 5000
"""Characters that anybody may send at once."""
MOST_AN_HOUR = 120
"""Letters taken from outside in one hour, whoever they are from: nobody is told apart, so all share it."""
KEPT_DAYS = 365
