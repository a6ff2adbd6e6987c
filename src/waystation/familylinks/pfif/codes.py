"""What is wrong in a file, in words that say what to mend; what may be told of people who allowed it."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.pfif.reading import Why
from waystation.kernel.errors import Text

SAYS: Mapping[str, Text] = {
    Why.NOT_XML: _("From this line on the file is no XML: a sign or an end is missing. What stands before was read."),
    Why.DECLARES: _(
        "The file declares its own document type, which PFIF never needs and which can hide harm. Leave it out."
    ),
    Why.TOO_LARGE: _("This is more than a record or a file can hold. Send it in parts."),
    Why.NOT_PFIF: _("No record of PFIF stands in this file."),
    Why.VERSION: _("This version of PFIF is not known. It was read as 1.4."),
    Why.UNKNOWN: _("PFIF knows no such element. It was left out."),
    Why.OTHER_VERSION: _("This version of PFIF calls it otherwise. It was taken all the same."),
    Why.REPEATED: _("This stands twice in the record. The first was taken."),
    Why.MISSING: _("This must stand in the record and does not. Add it."),
    Why.NO_NAME: _("No name stands in this record, and no last day that would explain it. Add full_name."),
    Why.NO_ID: _("The record has no id. Add one like example.org/123."),
    Why.TWICE: _("Another record in this file has the same id. The first was taken."),
    Why.NOT_AN_ID: _("An id is a domain, a slash and the record's own number, like example.org/123."),
    Why.NOT_A_TIME: _("Write day and time in UTC, like 2024-05-17T08:30:00Z."),
    Why.NOT_A_DATE: _("Write a year, a month or a day, like 1994, 1994-05 or 1994-05-17."),
    Why.NOT_AN_AGE: _("Write an age in years, like 34, or two with a hyphen, like 30-40."),
    Why.NOT_A_SEX: _("Write female, male or other."),
    Why.NOT_A_COUNTRY: _("Write the two capital letters of the country, like SD."),
    Why.NOT_A_TRUTH: _("Write true or false."),
    Why.NOT_A_STATUS: _("Write information_sought, is_note_author, believed_alive, believed_missing or believed_dead."),
    Why.TOO_LONG: _("This is too long to be kept. Shorten it."),
    Why.OTHER_PERSON: _("The note stands in one record and names another. Put it where it belongs."),
    Why.NOBODY: _("The note is about a record that is not in this file."),
}


class Told(TextChoices):
    """What a file may tell beside the name."""

    OTHER_NAMES = "other-names", _("Other names and spellings")
    SEX = "sex", _("Sex")
    BIRTH = "birth", _("Year of birth")
    COUNTRY = "country", _("Country they come from")
    ALIVE = "alive", _("That we are in touch with them")


class PfifClock(TextChoices):
    """Follow-ups that records with registries open by themselves."""

    OVER = "pfif.over", _("Tell a registry that a record is over")


OVER_TOLD_WITHIN = timedelta(days=1)
USUAL_DAYS = 180
