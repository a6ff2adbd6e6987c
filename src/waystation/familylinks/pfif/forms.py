"""Forms of files that leave as PFIF."""

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.pfif.codes import Told
from waystation.familylinks.pfif.exporting import NOT_TO, FileDraft
from waystation.people.codes import RecipientKind
from waystation.people.forms.fields import choice_field, line_field, note_field, ticks
from waystation.web.fields import DayField

KINDS = [("", _("Choose one")), *(one for one in RecipientKind.choices if one[0] not in NOT_TO)]


class FileForm(forms.Form):
    """To whom a file goes, and what it tells of each person."""

    recipient_kind = choice_field(_("Who receives it?"), KINDS)
    recipient = line_field(_("Their name"), _("As it stands in the consents."))
    fields_told = ticks(_("What is told beside the name"), Told.choices, _("Only what they need."))
    until = DayField(
        label=_("Until which day may they show it?"),
        help_text=_("Earlier where a consent ends earlier. The day after, only a number without a name may be left."),
    )
    domain = line_field(_("Domain of your organisation"), _("It stands before each number, like relief.example.org."))
    why = note_field(_("Why"), rows=2)

    def draft(self) -> FileDraft:
        """What the action takes."""
        said = {**self.cleaned_data}
        return FileDraft(fields=tuple(said.pop("fields_told")), **said)
