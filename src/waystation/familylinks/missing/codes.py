"""What may be chosen about incidents, and why a row of a file was not taken as it stood."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

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
