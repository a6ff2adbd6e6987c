"""Kinds, steps and days of procedures, as data (DOMAIN.md rows 32 and 33).

The steps are those the background report's row 33 names (lodged, registered, interview, decision, appeal levels), with
one before and one after. A procedure is what is being done and by when, never what a person is.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.casework.clocks import YEAR
from waystation.kernel.states import StateTable


class ProcedureKind(TextChoices):
    """What it is about; sealed."""

    PROTECTION = "protection", _("Request for protection")
    FAMILY = "family", _("Family coming together")
    WORK = "work", _("Claim about work or wages")
    LEAVE = "leave", _("Appeal against an order to leave")
    HELD = "held", _("Review of being held")
    CHILD = "child", _("Guardian or care of a child")
    VIOLENCE = "violence", _("Victim or witness of a crime")
    CIVIL = "civil", _("Birth, marriage or death to be registered")
    SUPPORT = "support", _("Housing or social support")
    OTHER = "other", _("Something else")


class Work(TextChoices):
    """Whether there is still something to do: the only thing that stands unsealed."""

    OPEN = "open", _("Under way")
    ENDED = "ended", _("Ended")


class Step(TextChoices):
    """How far it has come; sealed."""

    PREPARING = "preparing", _("Being prepared")
    LODGED = "lodged", _("Lodged")
    REGISTERED = "registered", _("Registered")
    INTERVIEW_SET = "interview_set", _("Interview set")
    HEARD = "heard", _("Heard")
    DECIDED = "decided", _("Decided")
    APPEALED = "appealed", _("Appeal lodged")
    ENDED = "ended", _("Ended")


class Act(TextChoices):
    """What happened."""

    LODGE = "lodge", _("It was lodged")
    REGISTER = "register", _("It was registered")
    SUMMON = "summon", _("The interview is set")
    HEAR = "hear", _("The person was heard")
    DECIDE = "decide", _("It was decided")
    APPEAL = "appeal", _("An appeal was lodged")
    END = "end", _("It is over")


S = Step
UNDER_WAY = tuple(step for step in Step if step != S.ENDED)
"""Where a procedure may stand when we come to know of it."""
TABLE = StateTable(
    states=Step.values,
    first=S.PREPARING,
    steps=[
        (Act.LODGE, S.PREPARING, S.LODGED),
        (Act.REGISTER, (S.PREPARING, S.LODGED), S.REGISTERED),
        (Act.SUMMON, (S.LODGED, S.REGISTERED, S.HEARD, S.APPEALED), S.INTERVIEW_SET),
        (Act.HEAR, (S.REGISTERED, S.INTERVIEW_SET, S.APPEALED), S.HEARD),
        (Act.DECIDE, (S.LODGED, S.REGISTERED, S.INTERVIEW_SET, S.HEARD, S.APPEALED), S.DECIDED),
        (Act.APPEAL, (S.PREPARING, S.DECIDED), S.APPEALED),
        (Act.END, UNDER_WAY, S.ENDED),
    ],
)
"""Skipped may be: lodging where an office registers at once; registering; the interview where it decides on paper or
without the person; everything before an appeal against what somebody else decided. Each appeal is one level higher."""


class DayKind(TextChoices):
    """What happens on a day."""

    HEARING = "hearing", _("Hearing")
    INTERVIEW = "interview", _("Interview")
    APPEAL = "appeal", _("Last day to appeal")
    DOCUMENTS = "documents", _("Last day to hand in documents")
    ANSWER = "answer", _("Last day to answer a letter")
    OTHER = "other", _("Another day")


class DayState(TextChoices):
    """What became of a day."""

    OPEN = "open", _("To come")
    KEPT = "kept", _("Done in time")
    MISSED = "missed", _("Missed")
    CALLED_OFF = "called_off", _("Called off")


class DayAct(TextChoices):
    """What may be said of a day."""

    KEEP = "keep", _("It was done in time")
    MISS = "miss", _("It was missed")
    CALL_OFF = "call_off", _("It was called off")
    MOVE = "move", _("Correct or move this day")
    AGAIN = "again", _("Open it again")


DAY_TABLE = StateTable(
    states=DayState.values,
    first=DayState.OPEN,
    steps=[
        (DayAct.KEEP, DayState.OPEN, DayState.KEPT),
        (DayAct.MISS, DayState.OPEN, DayState.MISSED),
        (DayAct.CALL_OFF, DayState.OPEN, DayState.CALLED_OFF),
        (DayAct.MOVE, DayState.OPEN, DayState.OPEN),
        (DayAct.AGAIN, (DayState.KEPT, DayState.MISSED, DayState.CALLED_OFF), DayState.OPEN),
    ],
)
ASKS_FOR: Mapping[str, DayKind] = {Act.SUMMON: DayKind.INTERVIEW, Act.DECIDE: DayKind.APPEAL}
"""The day to ask for right after a step."""
KEEPS: Mapping[str, frozenset[DayKind]] = {
    Act.APPEAL: frozenset({DayKind.APPEAL}),
    Act.HEAR: frozenset({DayKind.HEARING, DayKind.INTERVIEW}),
}
"""Days that a step says were kept; those of a hearing only once they have come."""


class Interpreter(TextChoices):
    """Whether somebody interprets."""

    NONE = "none", _("Nobody is needed")
    NEEDED = "needed", _("Needed, not asked yet")
    ASKED = "asked", _("Asked for")
    CONFIRMED = "confirmed", _("Confirmed")


class ProcedureClock(TextChoices):
    """Follow-ups that a day opens by itself."""

    WEEK = "procedure.week", _("A week before a day that must not be missed")
    NEAR = "procedure.near", _("Two days before a day that must not be missed")
    DAY = "procedure.day", _("A day that must not be missed")
    MISSED = "procedure.missed", _("A day was missed: ask at once what can still be done")


AHEAD: Mapping[ProcedureClock, timedelta] = {
    ProcedureClock.WEEK: timedelta(days=7),
    ProcedureClock.NEAR: timedelta(days=2),
}
"""One warning stands at a time: the next opens when the one before was seen to, and one that was not stays on top."""
KEPT_DAYS = 2 * YEAR
"""How long what an ended procedure says is kept (DOMAIN.md 2.1: a closed case is dormant at two years)."""
