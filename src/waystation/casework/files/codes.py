"""Kinds and states of files, as data."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.kernel.states import StateTable
from waystation.vault.stream import PART

LARGEST = 50 * PART
"""Bytes of one file."""
ARRIVES_WITHIN = timedelta(days=1)
"""So long a cut upload can go on; then what came of it is erased."""


class Kind(TextChoices):
    """What a file is."""

    IDENTITY = "identity", _("Copy of something that says who they are")
    LETTER = "letter", _("Letter from a court or an office")
    MEDICAL = "medical", _("Medical paper")
    PICTURE = "picture", _("Picture")
    CONSENT = "consent", _("Signed consent")
    OTHER = "other", _("Something else")


class State(TextChoices):
    """Whether it is all there."""

    ARRIVING = "arriving", _("Has not wholly arrived")
    WHOLE = "whole", _("Kept")


class Act(TextChoices):
    """What may be done with a file; erasing takes the row away."""

    PUT = "put", _("Take a part")
    FINISH = "finish", _("It is whole")


TABLE = StateTable(
    states=State.values,
    first=State.ARRIVING,
    steps=[(Act.PUT, State.ARRIVING, State.ARRIVING), (Act.FINISH, State.ARRIVING, State.WHOLE)],
)
