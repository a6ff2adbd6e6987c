"""What may be chosen in this room, and the declared states of its work."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable


class OfTwo(TextChoices):
    """Where something stands that one officer asks for and another decides."""

    ASKED = "asked", _("Waits for a second officer")
    STANDS = "stands", _("Stands")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended")


OF_TWO = StateTable(
    states=OfTwo.values,
    first=OfTwo.ASKED,
    steps=[
        ("approve", OfTwo.ASKED, OfTwo.STANDS),
        ("refuse", OfTwo.ASKED, OfTwo.REFUSED),
        ("end", [OfTwo.ASKED, OfTwo.STANDS], OfTwo.ENDED),
    ],
)
"""Legal holds, offline keys, longer periods, erasures of several people."""

ACTIVE = (OfTwo.ASKED, OfTwo.STANDS)
"""A hold that only waits for its second officer holds already: an erasure cannot be undone, a day's delay can."""


class Away(TextChoices):
    """Where a record stands that was sealed to the offline key."""

    SEALED = "sealed", _("Sealed away")
    ASKED = "asked", _("A second officer was asked to bring it back")
    OPENING = "opening", _("Waits for the answer of the offline key")
    BACK = "back", _("Brought back")
    ERASED = "erased", _("Erased")


AWAY = StateTable(
    states=Away.values,
    first=Away.SEALED,
    steps=[
        ("ask", Away.SEALED, Away.ASKED),
        ("approve", Away.ASKED, Away.OPENING),
        ("refuse", Away.ASKED, Away.SEALED),
        ("give-up", Away.OPENING, Away.SEALED),
        ("bring-back", Away.OPENING, Away.BACK),
        ("erase", [Away.SEALED, Away.ASKED, Away.OPENING], Away.ERASED),
    ],
)
STILL_AWAY = (Away.SEALED, Away.ASKED, Away.OPENING)


class Authority(TextChoices):
    """Who asks."""

    POLICE = "police", _("Police")
    BORDER = "border", _("Border or immigration authority")
    DETENTION = "detention", _("Detention authority or a company that detains for it")
    COURT = "court", _("Court or prosecutor")
    MILITARY = "military", _("Military or intelligence")
    MINISTRY = "ministry", _("Ministry or local administration")
    OTHER = "other", _("Another authority")


class AskedFor(TextChoices):
    """What an authority wants."""

    PERSON = "person", _("Something about one person")
    LIST = "list", _("A list, or something about several people")
    PREMISES = "premises", _("To come in, search, or take a machine or papers")


class Paper(TextChoices):
    """Whether a legal paper was shown."""

    NO = "no", _("No paper was shown")
    OTHER = "other", _("A paper was shown, but no court order")
    ORDER = "order", _("A court order was shown")


class Told(TextChoices):
    """Whether the person knows that they were asked about."""

    NOT_YET = "not-yet", _("Not told yet")
    TOLD = "told", _("The person was told")
    UNREACHED = "unreached", _("The person could not be reached")
    FORBIDDEN = "forbidden", _("A court order forbids to tell")
    NOBODY = "nobody", _("It is about nobody in particular")


class Answer(TextChoices):
    """What an authority was answered."""

    REFUSED = "refused", _("Refused")
    ASKED = "asked", _("A second officer was asked to allow an answer")
    GIVEN = "given", _("Given under a court order")


ANSWER = StateTable(
    states=Answer.values,
    first=Answer.REFUSED,
    steps=[
        ("ask", Answer.REFUSED, Answer.ASKED),
        ("approve", Answer.ASKED, Answer.GIVEN),
        ("refuse", Answer.ASKED, Answer.REFUSED),
    ],
)
