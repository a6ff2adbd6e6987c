"""What a person allows, what is passed on because of it, and whether they understood who sees their record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.people.codes import Basis, DisclosureKind, GivenBy, NoticeVia, Purpose, RecipientKind, Told
from waystation.people.documents import ConsentDocument, DisclosureDocument
from waystation.people.forms.fields import LanguageField, LinesField, choice_field, line_field, note_field
from waystation.web.fields import DayField

CHOOSE = ("", _("Choose who"))
ANSWERS = [("given", _("Yes, allowed")), ("refused", _("No, refused"))]
KINDS = [choice for choice in DisclosureKind.choices if choice[0] != DisclosureKind.MESSAGE]


class ConsentForm(forms.Form):
    """One answer of the person to one question."""

    purpose = choice_field(_("For what?"), Purpose.choices, radios=True)
    recipient_kind = choice_field(_("Who may receive it?"), [CHOOSE, *RecipientKind.choices])
    recipients = LinesField(
        label=_("Only these, by name"),
        help_text=_("One a line. Leave it empty for any of this kind."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    withheld = LinesField(
        label=_("Never these"),
        help_text=_("One a line: people or places that must not receive anything, whatever else was allowed."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    answer = choice_field(_("What did the person say?"), ANSWERS, radios=True)
    expires_on = DayField(
        label=_("Until"),
        help_text=_("A yes needs a last day, two years at the most. It can be taken back on any day."),
        required=False,
    )
    given_by = choice_field(_("Who decided?"), GivenBy.choices, radios=True)
    language = LanguageField(label=_("In which language was it explained?"), required=False)
    explained_by = line_field(_("Who explained it?"), _("You, an interpreter, a relative."))
    read_back = forms.BooleanField(
        label=_("The person said in their own words what is passed on, to whom, and until when."), required=False
    )
    note = note_field(_("Note"), rows=2)

    def document(self) -> ConsentDocument:
        """What the action takes."""
        names = ("recipients", "withheld", "given_by", "language", "explained_by", "read_back", "note")
        return ConsentDocument(**{name: self.cleaned_data[name] for name in names}, basis=Basis.CONSENT)


class DisclosureForm(forms.Form):
    """What is about to leave: to whom, what exactly, by which way."""

    purpose = choice_field(_("For what?"), Purpose.choices, radios=True)
    recipient_kind = choice_field(_("Who receives it?"), [CHOOSE, *RecipientKind.choices])
    recipient = line_field(_("Their name"), _("The organisation and, if you know, the person there."))
    fields_told = LinesField(
        label=_("What is passed on"),
        help_text=_("One thing a line: name, telephone, what is needed. Nothing else may go."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    kind = choice_field(_("By which way?"), KINDS, radios=True)
    why = note_field(_("Why"), rows=2)
    although_withheld = forms.BooleanField(
        label=_("There is no other way, although the person said never to tell them."),
        required=False,
        widget=forms.HiddenInput,
    )

    def document(self) -> DisclosureDocument:
        """What the action takes."""
        answers = self.cleaned_data
        return DisclosureDocument(recipient=answers["recipient"], fields=answers["fields_told"], why=answers["why"])


class ShareForm(forms.Form):
    """For whom a list is made, and what it tells of each person."""

    purpose = choice_field(_("For what?"), Purpose.choices, radios=True)
    recipient_kind = choice_field(_("Who receives it?"), [CHOOSE, *RecipientKind.choices])
    recipient = line_field(_("Their name"), _("As it stands in the consents."))
    fields_told = forms.MultipleChoiceField(
        label=_("What is told of each person"),
        help_text=_("Only what they need."),
        choices=Told.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = choice_field(_("By which way?"), KINDS, radios=True)
    why = note_field(_("Why"), rows=2)


class NoticeForm(forms.Form):
    """How the notice reached the person, and what they said back."""

    via = choice_field(_("How was it told?"), NoticeVia.choices, radios=True)

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = [("yes", _("Understood")), ("again", _("To explain again"))]
        self.question_fields = [f"back_{key}" for key, _words in questions]
        for key, words in questions:
            self.fields[f"back_{key}"] = choice_field(words, answers, radios=True)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The read-back questions."""
        return [self[name] for name in self.question_fields]

    @property
    def understood(self) -> bool:
        """Whether every answer came back right."""
        return all(self.cleaned_data[name] == "yes" for name in self.question_fields)
