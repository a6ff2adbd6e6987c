"""The one place that asks what time it is, so that a test or a wrong laptop clock meets one function."""

from datetime import date, datetime, time

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The present day in the node's own time zone."""
    return timezone.localdate()


def end_of(day: date) -> datetime:
    """The last moment of a day in the node's own time zone."""
    return timezone.make_aware(datetime.combine(day, time.max))
