"""Forms of feedback: for anybody, and for those who answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.feedback.codes import Act, Kind, Outcome, State, Via
from waystation.people.forms.fields import LanguageField, choice_field, line_field, note_field


class SayForm(forms.Form):
    """What anybody wants to say."""

    kind = choice_field(_("What is it?"), Kind.choices, radios=True)
    text = note_field(
        _("Say it in your own words, in any language"),
        _("You need not say who you are. Tell only what you want us to know."),
        rows=6,
    )


class AnswerForm(forms.Form):
    """The reply code."""

    code = line_field(_("Your reply code"), _("Twelve letters and digits, like 4F7K-9Q2M-X3B8."))


class AgainForm(forms.Form):
    """Something to add."""

    code = forms.CharField(widget=forms.HiddenInput)
    text = note_field(_("Write again"), rows=4)


class TakeDownForm(SayForm):
    """What somebody tells one of us."""

    via = choice_field(_("How did they say it?"), [one for one in Via.choices if one[0] != Via.PAGE], radios=True)
    language = LanguageField(label=_("In which language?"), required=False)
    field_order = ("via", "kind", "language", "text")


class GoOnForm(forms.Form):
    """What is done now."""

    outcome = choice_field(_("What came of it?"), Outcome.choices, radios=True, required=False)
    words = note_field(_("In words"), rows=5)

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if act != Act.CLOSE:
            del self.fields["outcome"]
        hint = _("Only who has the reply code reads this. Name nobody.") if act == Act.ANSWER else _("A note among us.")
        self.fields["words"].help_text = hint


class ListForm(forms.Form):
    """Coarse facts only."""

    state = choice_field(_("State"), [("", _("All that are not closed")), *State.choices], required=False)
    kind = choice_field(_("Kind"), [("", _("Any")), *Kind.choices], required=False)
