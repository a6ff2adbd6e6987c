"""The one place that asks what time it is, so that a test or a wrong laptop clock meets one function."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The present day in the node's own time zone."""
    return timezone.localdate()
