"""The one form of the report."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from waystation.casework.disparity.codes import PERIODS, Ground, Measure
from waystation.people.forms.fields import choice_field


def _periods() -> list[tuple[int, str]]:
    last, before = PERIODS
    return [(last, ngettext("%d month", "%d months", last) % last), (before, gettext("The 12 months before"))]


class ReportForm(forms.Form):
    """What is compared, by what, how far back."""

    measure = choice_field(_("What is compared?"), Measure.choices)
    ground = choice_field(_("By what?"), Ground.choices)
    months = forms.TypedChoiceField(label=_("How far back?"), coerce=int, choices=_periods)
