"""Forms of asking the road."""

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.asking.codes import LONGEST_WORDS, CheckedBy, Never
from waystation.familylinks.asking.deciding import Answer
from waystation.people.forms.fields import LanguageField, choice_field, line_field, note_field
from waystation.web.fields import DayField


class AskForm(forms.Form):
    """How it was checked who the enquirer is: whoever is found hears that, and the relation, before they decide."""

    checked_by = choice_field(_("How did you check who the enquirer is?"), CheckedBy.choices, radios=True)


class NoteForm(forms.Form):
    """What an officer knows of it."""

    note = note_field(_("Why? For us alone"), rows=2)


class AgreeForm(forms.Form):
    """What the person says to the family."""

    words = note_field(
        _("Their own words for the family"), _("Nothing else leaves. As they say them, in their language.")
    )
    note = note_field(_("What else they said, for us alone"), rows=2)
    language = LanguageField(label=_("In which language was it explained?"), required=False)
    explained_by = line_field(_("Who explained it?"))
    until = DayField(label=_("Until"), help_text=_("It can be taken back on any day."), required=False)
    read_back = forms.BooleanField(label=_("They said in their own words what is sent."), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["words"].widget.attrs["maxlength"] = LONGEST_WORDS

    def answer(self) -> Answer:
        """What the action takes."""
        return Answer(**self.cleaned_data)


class DeclineForm(forms.Form):
    """The person does not wish it."""

    note = note_field(_("What they said, for us alone"), _("They need give no reason."), rows=2)
    never = choice_field(_("Who must never look for them again?"), Never.choices, radios=True)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["never"].initial = Never.NOBODY
