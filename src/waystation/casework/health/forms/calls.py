"""Forms of a call to health staff."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.health.codes.support import PLAN_STEPS, Outcome
from waystation.casework.health.models import CallDocument
from waystation.people.forms.fields import choice_field, note_field


class CallForm(forms.Form):
    """What was seen or heard; nobody has to say before help comes."""

    words = note_field(_("What did you see or hear?"), _("In the person's words. You will not see it again."))


class PlanForm(forms.Form):
    """The plan to stay safe, made with the person, in their words."""

    found = note_field(_("How is the person now?"), _("Thoughts, intent, means, what happened before."), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in PLAN_STEPS.items():
            self.fields[name] = note_field(label, hint, rows=2)

    def document(self) -> CallDocument:
        """What the action takes."""
        return CallDocument(**self.cleaned_data)


class CloseForm(forms.Form):
    """How it ended."""

    outcome = choice_field(_("How did it end?"), Outcome.choices, radios=True)
    words = note_field(_("Why can it be closed?"), rows=2)
