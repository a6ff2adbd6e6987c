"""Forms of possible matches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.matches.actions import Answer
from waystation.familylinks.matches.codes import Act, Allowed
from waystation.people.forms.fields import LanguageField, line_field, note_field, ticks
from waystation.web.fields import DayField


class WordsForm(forms.Form):
    """By what one knows; of a second look also whether it was a second interview."""

    words = note_field(_("In words"))
    second_interview = forms.BooleanField(
        label=_("I spoke with the person a second time, on another day"),
        help_text=_("Only where no second officer can be reached."),
        required=False,
    )

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, hint = ASKS[act]
        self.fields["words"].label, self.fields["words"].help_text = label, hint
        if act != Act.VERIFY:
            del self.fields["second_interview"]


ASKS: dict[str, tuple[Any, Any]] = {
    Act.CONFIRM: (
        _("By what do you know that it is the same person?"),
        _("What both know and no list tells: a name used at home, a place, a day."),
    ),
    Act.VERIFY: (_("What did you look at, and what did you see?"), _("Look by yourself before you read the first.")),
    Act.DISMISS: (_("By what do you know that it is somebody else?"), ""),
    Act.ASK: (
        _("Who asks them, and how?"),
        _("Alone, in their language. Say who looks for them only if they wish to hear it; a no has no consequences."),
    ),
}


class AgreeForm(forms.Form):
    """What the person found allows."""

    allowed = ticks(_("What may we tell?"), Allowed.choices, _("Nothing else leaves. Read each one out."))
    told = note_field(_("Their own words for the enquirer"), _("As they say them, in their language."))
    phone = line_field(_("The number that may be told"), dir="ltr")
    where = line_field(_("Where they are, as it may be told"), _("A country is enough."))
    words = note_field(_("What else they said, for us alone"), rows=2)
    language = LanguageField(label=_("In which language was it explained?"), required=False)
    explained_by = line_field(_("Who explained it?"))
    until = DayField(label=_("Until"), help_text=_("It can be taken back on any day."), required=False)
    read_back = forms.BooleanField(label=_("They said in their own words what they allow."), required=False)

    def answer(self) -> Answer:
        """What the action takes."""
        answers = dict(self.cleaned_data)
        return Answer(**{**answers, "allowed": tuple(answers["allowed"])})


class DeclineForm(forms.Form):
    """The person found does not wish it."""

    words = note_field(_("What they said, for us alone"), _("They need give no reason."), rows=2)
    never = forms.BooleanField(
        label=_("This enquirer must never hear of them, and nobody asks them again for this enquirer"), required=False
    )

    def answer(self) -> Answer:
        """What the action takes."""
        return Answer(words=self.cleaned_data["words"], never=self.cleaned_data["never"])
