"""Forms of follow-ups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.people.forms.fields import offer
from waystation.web.fields import DayField


class CoverForm(forms.Form):
    """Who is away, who stands in, from when until when."""

    away = forms.ChoiceField(label=_("Who is away?"))
    covered_by = forms.ChoiceField(label=_("Who stands in?"))
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "away", staff)
        offer(self, "covered_by", staff)
