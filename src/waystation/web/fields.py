"""Kinds of questions that every room asks."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A day: from the browser's own calendar, or typed with the day first, in digits of any script."""

    default_error_messages = {"invalid": _("Type the day like 17/05/2024 or 2024-05-17.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, **kwargs})

    def to_python(self, value: Any) -> Any:
        """The day. Raises ValidationError."""
        if isinstance(value, str):
            value = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in value.strip())
        return super().to_python(value)
