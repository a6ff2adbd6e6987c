"""The forms of this room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.retention.codes import AskedFor, Authority, Paper, Told
from waystation.people.forms.fields import LinesField, choice_field, line_field, note_field
from waystation.web.fields import DayField


def day_field(label: Any, hint: Any = "", *, required: bool = True) -> DayField:
    """A day, from the browser's own calendar or typed."""
    return DayField(label=label, help_text=hint, required=required)


class ReviewForm(forms.Form):
    """What becomes of the people who are ticked."""

    ACTS = (
        ("keep", _("Keep until a day")),
        ("seal", _("Seal to the offline key")),
        ("erase", _("Ask a second officer to erase")),
    )
    act = choice_field(_("What becomes of those who are ticked?"), ACTS, radios=True)
    until = day_field(_("Keep until"), _("Only if you keep them. Then they come up again."), required=False)
    reason = note_field(_("Why are they kept?"), _("Only if you keep them. It is sealed with their record."), rows=2)
    sure = forms.BooleanField(
        label=_(
            "I have looked at every name that is ticked. To erase cannot be undone; to seal, only with two officers."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Sealing and erasing want a second look."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("act") in {"seal", "erase"} and not cleaned.get("sure"):
            self.add_error("sure", _("Look at every name that is ticked, then say so here."))
        return cleaned


class HoldForm(forms.Form):
    """Until when and why a record must stay."""

    until = day_field(_("Until"))
    reason = note_field(_("Why must this record stay?"), _("Who reads this page reads this too."), rows=2)


class ReasonForm(forms.Form):
    """Why."""

    reason = note_field(_("Why?"), rows=2)


class SealForm(forms.Form):
    """Sealing one person."""

    sure = forms.BooleanField(label=_("I have read what this means."))


class PeriodForm(forms.Form):
    """How long a clock runs."""

    days = forms.IntegerField(label=_("Days"), min_value=1)


class OfflineKeyForm(forms.Form):
    """The public half."""

    public = line_field(_("The line “public:” of the key's file"), _("Fourteen groups of four, after eight letters."))


class CardForm(forms.Form):
    """Finding a sealed record."""

    card = line_field(_("Code of the slip"))


class AnswerForm(forms.Form):
    """The file that came back from the offline machine."""

    answer = forms.FileField(label=_("The answer of the offline key"), required=False)


class RequestForm(forms.Form):
    """An authority asked for something."""

    authority = choice_field(_("Who asked?"), Authority.choices, radios=True)
    who = line_field(_("Which office, and whose name if they gave one?"))
    asked_for = choice_field(_("What do they want?"), AskedFor.choices, radios=True)
    about = note_field(
        _("About whom or what?"), _("In their words. It is sealed. Say nothing to them about anyone."), rows=2
    )
    paper_shown = choice_field(_("Did they show a paper?"), Paper.choices, radios=True)
    paper = line_field(_("Which paper, with its number and day?"))
    asked_on = day_field(_("When?"), required=False)
    note = note_field(_("What was said, and by whom?"), rows=3)


class ToldForm(forms.Form):
    """Whether the person knows."""

    told = choice_field(_("Does the person know?"), Told.choices)


class GiveForm(forms.Form):
    """What a court ordered, and exactly what would be given."""

    order = note_field(_("What did the court order? Name the court, the number and the day."), rows=2)
    fields_given = LinesField(
        label=_("Exactly what would be given, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
