"""What several actions of this room ask of what was typed."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from waystation.kernel import clock
from waystation.people import cleaning
from waystation.people.cleaning import Errors

LONGEST_REASON = 1000
FARTHEST = timedelta(days=3 * 365)
"""Who wants longer looks again in three years."""


def reason(text: str, errors: Errors, field: str = "reason") -> str:
    """A reason that was given, cleaned."""
    cleaned = cleaning.note(text)
    if not cleaned:
        errors[field] = _("Say why, in a few words.")
    elif problem := cleaning.too_long(cleaned, LONGEST_REASON):
        errors[field] = problem
    return cleaned


def until(day: date | None, errors: Errors, field: str = "until") -> None:
    """A day to come, not too far."""
    today = clock.today()
    if day is None or day <= today:
        errors[field] = _("Choose a day that is still to come.")
    elif day > today + FARTHEST:
        errors[field] = _("Choose a day within three years. Then it is looked at again.")
