"""Lists, states and clocks about the missing and the dead, as data.

What is asked of the dead and of families follows the least that ICRC's forensic guidance for first responders and for
families of missing migrants asks for: the same features from both sides, so that they can be laid beside each other.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.kernel.states import StateTable

CREDIT = _("Minimum estimates, IOM Missing Migrants Project, CC BY 4.0.")
"""Stands wherever their figures stand: their licence asks for it, and the word "minimum" is part of the truth."""
MOST_PEOPLE = 100_000
"""More in one incident is a slip of the pen."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
ROUNDED_TO = 2
"""Decimals of a degree, about one kilometre: enough for a map, too coarse to lead anybody to a grave."""


class Source(TextChoices):
    """Who says that it happened."""

    IOM = "iom", _("IOM Missing Migrants Project")
    OWN = "own", _("Written down by us")


class Cause(TextChoices):
    """Causes for what we write down ourselves, as IOM names them today."""

    DROWNING = "Drowning", _("Drowning")
    TRANSPORT = (
        "Vehicle accident / death linked to hazardous transport",
        _("Vehicle accident, or transport that is dangerous"),
    )
    HARSH = (
        "Harsh environmental conditions / lack of adequate shelter, food, water",
        _("Heat, cold, hunger or thirst"),
    )
    VIOLENCE = "Violence", _("Violence")
    SICKNESS = "Sickness / lack of access to adequate healthcare", _("Sickness, and no way to a doctor")
    ACCIDENT = "Accidental death", _("Another accident")
    MIXED = "Mixed or unknown", _("Several, or not known")


class Why(TextChoices):
    """What is wrong with a row, or with one field of it."""

    NO_ENTRY = "no_entry", _("This is no entry with named fields.")
    CELLS = "cells", _("It has more or fewer cells than the heading.")
    NO_ID = "no_id", _("It has no number of its own.")
    ODD_ID = "odd_id", _("Its number is not of the usual form; the day was put beside it.")
    NO_YEAR = "no_year", _("It names neither a day nor a year.")
    NO_DAY = "no_day", _("The day is missing or cannot be read; the year is that of its number.")
    NO_COUNT = "no_count", _("It says neither how many died nor how many are missing.")
    NUMBER = "number", _("This is not a number of people.")
    BELOW_ZERO = "below_zero", _("This is below zero. It counts as it stands in the source.")
    SUM = "sum", _("Dead and missing do not add up to the total. The total counts, as the source says it.")
    PLACE = "place", _("This is no place on the earth.")
    QUALITY = "quality", _("This is not one of 1 to 5.")
    CUT = "cut", _("This was too long and was cut.")


class Order(TextChoices):
    """How the list of incidents is sorted."""

    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    MOST = "most", _("Most dead and missing first")
    ROUTE = "route", _("By route")


class Outcome(TextChoices):
    """What became of somebody who was aboard, as far as anybody knows."""

    NOT_KNOWN = "not-known", _("Not known")
    SURVIVED = "survived", _("Survived")
    MISSING = "missing", pgettext_lazy("people", "Missing")
    BODY_FOUND = "body-found", _("The body was found")


OUTCOMES = StateTable(
    states=Outcome.values,
    first=Outcome.NOT_KNOWN,
    steps=[
        (Outcome.SURVIVED, (Outcome.NOT_KNOWN, Outcome.MISSING), Outcome.SURVIVED),
        (Outcome.MISSING, Outcome.NOT_KNOWN, Outcome.MISSING),
        (Outcome.BODY_FOUND, (Outcome.NOT_KNOWN, Outcome.MISSING), Outcome.BODY_FOUND),
        (Outcome.NOT_KNOWN, (Outcome.SURVIVED, Outcome.MISSING, Outcome.BODY_FOUND), Outcome.NOT_KNOWN),
    ],
)
"""An act is called as the state it leads to. What was a mistake goes back to "not known" and on from there: nobody who
survived is said to be dead in one tap."""


class Sure(TextChoices):
    """How sure who told it is that somebody was aboard."""

    SAW = "saw", _("Saw them aboard")
    HEARD = "heard", _("Heard it from somebody who was there")
    THINKS = "thinks", _("Thinks so")
    LIST = "list", _("Stood in a list")


class Samples(TextChoices):
    """Whether samples were taken, by which one may later be sure."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_KNOWN = "not-known", _("Not known")


class BodyState(TextChoices):
    """Whether it is known who somebody was."""

    UNIDENTIFIED = "unidentified", _("Nobody knows who")
    IDENTIFIED = "identified", _("Identified by an authority")


class State(TextChoices):
    """Where a hypothesis stands. It never is more than that before an authority confirms it."""

    RAISED = "raised", _("Raised")
    EXAMINED = "examined", _("Under examination")
    UNLIKELY = "unlikely", _("Unlikely")
    SUPPORTED = "supported", _("Likely")
    CONFIRMED = "confirmed", _("Confirmed by a forensic authority")


class Act(TextChoices):
    """What moves a hypothesis on."""

    RAISE = "raise", _("Raise a hypothesis")
    EXAMINE = "examine", _("Examine it")
    REJECT = "reject", _("Little speaks for it")
    SUPPORT = "support", _("Much speaks for it")
    CONFIRM = "confirm", _("A forensic authority confirmed it")
    DOUBT = "doubt", _("It is in doubt again")


HYPOTHESES = StateTable(
    states=State.values,
    first=State.RAISED,
    steps=[
        (Act.EXAMINE, (State.RAISED, State.UNLIKELY), State.EXAMINED),
        (Act.REJECT, (State.EXAMINED, State.SUPPORTED), State.UNLIKELY),
        (Act.SUPPORT, State.EXAMINED, State.SUPPORTED),
        (Act.CONFIRM, State.SUPPORTED, State.CONFIRMED),
        (Act.DOUBT, (State.SUPPORTED, State.CONFIRMED), State.EXAMINED),
    ],
)


class TellingState(TextChoices):
    """Where the telling of a death stands."""

    PLANNED = "planned", _("To be told")
    TOLD = "told", _("The family was told")
    CALLED_OFF = "called-off", _("Called off")


class TellingAct(TextChoices):
    """What is done about it."""

    TELL = "tell", _("Record that the family was told")
    CALL_OFF = "call-off", _("Call it off")


TELLINGS = StateTable(
    states=TellingState.values,
    first=TellingState.PLANNED,
    steps=[
        (TellingAct.TELL, TellingState.PLANNED, TellingState.TOLD),
        (TellingAct.CALL_OFF, TellingState.PLANNED, TellingState.CALLED_OFF),
    ],
)
STANDING = (TellingState.PLANNED, TellingState.TOLD)
"""While one of these stands, its hypothesis is not doubted in silence."""


class FamilyNeed(TextChoices):
    """What a family needs that lives with a loss that nobody can name: before the law, to live, to bear it."""

    ABSENCE = "absence", _("A paper saying that somebody is missing")
    CUSTODY = "custody", _("Who decides for the children")
    PROPERTY = "property", _("House, land, bank account, pension")
    INCOME = "income", _("Something to live on")
    DEBT = "debt", _("Debts of the journey")
    SEARCH_COSTS = "search-costs", _("What the search costs")
    TALK = "talk", _("Somebody to talk to")
    GROUP = "group", _("Other families who wait")
    CHILDREN = "children", _("How to speak with the children")
    RITE = "rite", _("A way to remember without a grave")


NEED_GROUPS: Mapping[str, tuple[Any, tuple[FamilyNeed, ...]]] = {
    "legal": (_("Before the law"), (FamilyNeed.ABSENCE, FamilyNeed.CUSTODY, FamilyNeed.PROPERTY)),
    "economic": (_("To live"), (FamilyNeed.INCOME, FamilyNeed.DEBT, FamilyNeed.SEARCH_COSTS)),
    "psychosocial": (
        _("To bear it"),
        (FamilyNeed.TALK, FamilyNeed.GROUP, FamilyNeed.CHILDREN, FamilyNeed.RITE),
    ),
}


class MissingClock(TextChoices):
    """What is owed to a family, and by when."""

    UPDATE = "missing.update", _("Tell a family of a missing person where things stand")
    TELL = "missing.tell", _("Tell a family that somebody has died")


MOST_MONTHS = 6
"""A family that waits hears from us at least so often, also when there is nothing new."""
SOONER = (3, 7, 14, 30)
"""Days within which a family that asks for it hears from us."""
KEPT_SURVIVED, KEPT_LOST = 2 * 365, 30 * 365
"""Days. Families ask for decades, and the dead are named late; who survived is not kept in a list of the lost."""
