"""Kinds of things, of movements and their reasons, as data (DOMAIN.md row 80; report footnote 16, "equipment and raw
materials")."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Material(TextChoices):
    """What kind of thing it is."""

    ORDINARY = "ordinary", _("For daily life")
    MEDICAL = "medical", _("Medical")
    ASSISTIVE = "assistive", _("Aid to walk, see or hear")


class Kind(TextChoices):
    """What a movement was. Each adds to a post's stock or takes from it."""

    RECEIPT = "receipt", _("Came in")
    ISSUE = "issue", _("Given out")
    SENT = "sent", _("Sent to another post")
    ARRIVED = "arrived", _("Came from another post")
    COUNT = "count", _("Counted on the shelf")
    LOSS = "loss", _("Lost or spoilt")
    KNOWN = "known", _("Already missing when it was counted")
    UNDONE = "undone", _("Taken back")


ADDING = (Kind.RECEIPT, Kind.ARRIVED, Kind.KNOWN)
TAKING = (Kind.ISSUE, Kind.SENT, Kind.LOSS)


class CountReason(TextChoices):
    """Why the shelf and the book differ."""

    AGREES = "agrees", _("They agree")
    UNWRITTEN = "unwritten", _("Given out and not written down")
    UNENTERED = "unentered", _("A delivery was not written down")
    MISCOUNTED = "miscounted", _("Miscounted before")
    NOT_KNOWN = "not_known", _("Nobody knows")


class LossReason(TextChoices):
    """What became of it."""

    EXPIRED = "expired", _("Past its date")
    DAMAGED = "damaged", _("Broken or spoilt")
    STOLEN = "stolen", _("Stolen")
    ON_THE_WAY = "on_the_way", _("Missing on the way")
    LOST = "lost", _("Cannot be found")


class SupplyClock(TextChoices):
    """Follow-ups that stock opens by itself."""

    LOW = "supplies.low", _("Stock runs low")
    DIFFERENCE = "supplies.difference", _("More was given out than the book has: count the shelf")


ORDER_WITHIN = timedelta(days=2)
COUNT_WITHIN = timedelta(days=1)
MOST_AT_ONCE = 100_000
NOTES_KEPT_DAYS = 7 * 365
"""Deliveries are audited for years; what stood on their notes then goes."""
