"""Kinds, states and checks of the directory, as data.

Statuses, kinds of places and parts of schedules are those of HSDS 3.0 (Open Referral, 2022; DOMAIN.md 2.10); what is
offered is what referrals ask for. Nothing here says who may come: help goes by need.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.kernel.states import StateTable


class Status(TextChoices):
    """Whether a service helps people at present; the codes are those of HSDS."""

    ACTIVE = "active", _("Helps people")
    CLOSED = "temporarily closed", _("Closed for now")
    INACTIVE = "inactive", _("Not shown to the public")
    DEFUNCT = "defunct", _("Has ended")


class Act(TextChoices):
    """What may be done with an entry."""

    PAUSE = "pause", _("It is closed for now")
    SHOW = "show", _("Show it to the public")
    HIDE = "hide", _("Show it to nobody outside")
    END = "end", _("It has ended")


S = Status
TABLE = StateTable(
    states=Status.values,
    first=S.ACTIVE,
    steps=[
        (Act.SHOW, (S.CLOSED, S.INACTIVE, S.DEFUNCT), S.ACTIVE),
        (Act.PAUSE, (S.ACTIVE, S.INACTIVE), S.CLOSED),
        (Act.HIDE, (S.ACTIVE, S.CLOSED), S.INACTIVE),
        (Act.END, (S.ACTIVE, S.CLOSED, S.INACTIVE), S.DEFUNCT),
    ],
)
PUBLIC = (Status.ACTIVE, Status.CLOSED)
KEPT = (Status.ACTIVE, Status.CLOSED, Status.INACTIVE)
"""What somebody must ask about from time to time."""


class Safety(TextChoices):
    """Whether people can go there without fear (DOMAIN.md row 16)."""

    UNKNOWN = "unknown", _("Not looked at yet")
    SAFE = "safe", _("Safe to approach")
    UNSAFE = "unsafe", _("Not safe: shown to nobody outside")


class SafeCheck(TextChoices):
    """All of it must be so before an entry is called safe to approach."""

    NO_ID = "no_id", _("Nobody is asked there to show who they are")
    NO_AUTHORITY = "no_authority", _("No police and no border authority is there")
    NO_DATA = "no_data", _("What people tell there is passed on to nobody")


class PlaceType(TextChoices):
    """What a place is; the codes are those of HSDS."""

    PHYSICAL = "physical", _("A place to go to")
    VIRTUAL = "virtual", _("By telephone or online")
    POSTAL = "postal", _("By letter")


class Freq(TextChoices):
    """How often opening times come back; the codes are those of HSDS, empty for once."""

    WEEKLY = "WEEKLY", _("Every week")
    MONTHLY = "MONTHLY", _("Every month")
    ONCE = "", _("Only once")


class Weekday(TextChoices):
    """Days of the week as calendars write them (RFC 5545)."""

    MO = "MO", _("Monday")
    TU = "TU", _("Tuesday")
    WE = "WE", _("Wednesday")
    TH = "TH", _("Thursday")
    FR = "FR", _("Friday")
    SA = "SA", _("Saturday")
    SU = "SU", _("Sunday")


WHICH: Mapping[int, Promise] = {
    0: pgettext_lazy("day of the month", "each"),
    1: pgettext_lazy("day of the month", "first"),
    2: pgettext_lazy("day of the month", "second"),
    3: pgettext_lazy("day of the month", "third"),
    4: pgettext_lazy("day of the month", "fourth"),
    -1: pgettext_lazy("day of the month", "last"),
}


class DirectoryClock(TextChoices):
    """Follow-ups that the directory opens by itself."""

    CONFIRM = "directory.confirm", _("Ask whether what stands in the directory is still true")


FRESH = timedelta(days=183)
"""So long what somebody confirmed is taken to be true."""
ASK_SOON = timedelta(days=14)
"""When to ask about what nobody ever confirmed."""
ENDED_KEPT_DAYS = 365
IMPORTS_KEPT_DAYS = 90


class Why(TextChoices):
    """Why something in a file could not be taken as it stands."""

    MISSING = "missing", _("is missing")
    NOT_ID = "not_id", _("is not an identifier (UUID)")
    NOT_NUMBER = "not_number", _("is not a number")
    OUT_OF_RANGE = "out_of_range", _("lies outside what is possible")
    NOT_DAY = "not_day", _("is not a day like 2026-03-31")
    NOT_TIME = "not_time", _("is not a time of day like 09:30")
    NOT_IN_LIST = "not_in_list", _("is not one of the codes of HSDS")
    NOT_LANGUAGE = "not_language", _("is not the code of a language")
    TOO_LONG = "too_long", _("is too long")
    NO_PARENT = "no_parent", _("names something that is not in this file and not in the directory")
    NOT_RULE = "not_rule", _("is no rule that gives days to open")
    TWICE = "twice", _("stands twice in this file, and not the same")
    OURS = "ours", _("belongs to our own organisation and is changed only here")
