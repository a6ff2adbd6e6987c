"""Forms of screening for disease."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.health.actions.screenings import FIRST, StepDraft
from waystation.casework.health.codes.diseases import Act, Disease, Place
from waystation.people.codes import GivenBy
from waystation.people.forms.fields import choice_field, line_field, note_field
from waystation.web.fields import DayField


class AskForm(forms.Form):
    """The question and the answer."""

    disease = choice_field(_("Which disease?"), Disease.choices, radios=True)
    other = line_field(_("If another, which?"))
    place = choice_field(_("Where?"), Place.choices)
    act = choice_field(_("What did the person say?"), [(act.value, act.label) for act in map(Act, FIRST)], radios=True)
    agreed_by = choice_field(_("Who decided?"), GivenBy.choices, radios=True)
    words = note_field(_("Note"), rows=2)


class StepForm(forms.Form):
    """The next step; which questions stand depends on it."""

    on = DayField(label=_("On which day?"), required=False)
    next_stop = line_field(
        _("Who goes on with it?"), _("A clinic, a post of another society, or the town the person goes to.")
    )
    next_on = DayField(
        label=_("Look at it again on"), help_text=_("The day on which the supply ends, or sooner."), required=False
    )
    words = note_field(_("In words"), _("Test, medicine, dose: what the next one needs."), rows=2)

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, asked_by in ASKED_BY.items():
            if act not in asked_by:
                del self.fields[name]

    def draft(self, act: str) -> StepDraft:
        """What the action takes."""
        return StepDraft(act=act, **self.cleaned_data)


ASKED_BY = {
    "on": {Act.NEGATIVE, Act.POSITIVE, Act.DOUBT, Act.TREAT, Act.COMPLETE},
    "next_stop": {Act.PASS_ON},
    "next_on": {Act.TREAT, Act.CHECK, Act.RETEST},
}
