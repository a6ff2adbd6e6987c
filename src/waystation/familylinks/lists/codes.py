"""States of a list, what may be wrong in its rows, and how long what is left is kept, as data."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.kernel.states import StateTable


class State(TextChoices):
    """Where a list stands."""

    WAITING = "waiting", pgettext_lazy("of a list", "Not taken yet")
    STANDING = "standing", pgettext_lazy("of a list", "In use")
    OVER = "over", pgettext_lazy("of a list", "Time over")
    DELETED = "deleted", pgettext_lazy("of a list", "Deleted")


class Act(TextChoices):
    """What may be done with a list."""

    TAKE = "take", _("Take these people")
    END = "end", _("Its last day has passed")
    DELETE = "delete", _("Delete the whole list")


S = State
TABLE = StateTable(
    states=State.values,
    first=S.WAITING,
    steps=[
        (Act.TAKE, S.WAITING, S.STANDING),
        (Act.END, S.STANDING, S.OVER),
        (Act.DELETE, (S.WAITING, S.STANDING), S.DELETED),
    ],
)
"""Of a list whose people are gone a line stays: who kept it, how many it was, and when they were erased."""
ENDED = (S.OVER, S.DELETED)


class Why(TextChoices):
    """What is wrong with a row or a value. Formats may know more reasons (`formats.Format.says`)."""

    NO_NAME = "no-name", _("No name stands here.")
    TOO_LONG = "too-long", _("This is too long to be kept.")
    MORE_CELLS = (
        "more-cells",
        _("More cells stand here than the first line names columns. Look whether they are right."),
    )
    OPEN_QUOTE = "open-quote", _("A quotation mark is opened and never closed. Look whether the cells are right.")
    NOT_A_DATE = "not-a-date", _("This is no date or year. Write it like 1994, 1994-05 or 17/05/1994.")
    NOT_YET = "not-yet", _("This day lies in the future, or too far back for anybody to live.")
    NOT_AN_AGE = "not-an-age", _("This is no age. Write years like 34, or 30-40.")
    NOT_A_SEX = "not-a-sex", _("Write female, male or other.")
    NOT_A_COUNTRY = "not-a-country", _("This country is not known. Write its name or its two letters.")
    TWICE = "twice", _("This record stands in the file twice; the first was taken.")


class Believed(TextChoices):
    """What somebody believes of a person (the states of PFIF)."""

    INFORMATION_SOUGHT = "information_sought", _("Somebody looks for this person")
    IS_NOTE_AUTHOR = "is_note_author", _("The person wrote this")
    BELIEVED_ALIVE = "believed_alive", _("Believed to be alive")
    BELIEVED_MISSING = "believed_missing", _("Believed to be missing")
    BELIEVED_DEAD = "believed_dead", _("Believed to be dead")


LONGEST_USE_DAYS = 5 * 365
"""So long a list may be used at most: then ask its keeper again."""
USUAL_USE_DAYS = 365
WAITING_DAYS = 1
"""So long a file waits for somebody to look at its columns."""
LINE, NOTE = 200, 4000
MOST_NAMES = 20
