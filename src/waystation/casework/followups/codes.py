"""Lists of this room: what a follow-up waits on, and where it stands on the page Today."""

from datetime import timedelta

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Whether something is still to be done."""

    OPEN = "open", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")


class WaitingOn(TextChoices):
    """Whose move it is; empty: ours."""

    US = "", _("us")
    PARTNER = "partner", _("a partner")
    PERSON = "person", _("the person")
    SUPERVISOR = "supervisor", _("the supervisor")
    AUTHORITY = "authority", _("an authority")


class Section(IntegerChoices):
    """Parts of the page Today, the most pressing first. The order is this list and nothing else."""

    IMMEDIATE = 0, _("Immediate threats")
    OVERDUE = 1, _("Overdue")
    DUE = 2, _("Due")
    NEW = 3, _("New")
    WAITING = 4, _("Waiting on others")
    LATER = 5, _("For later")


DUE_WITHIN = timedelta(hours=24)
"""From this long before its time, something is due."""
