"""The form of a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.accounts.roles import COMPARTMENT_LABELS
from waystation.casework.files.codes import Kind
from waystation.casework.files.models import FileDocument
from waystation.kernel.actors import Actor, Compartment
from waystation.people.forms.fields import choice_field, line_field, note_field, offer


class FileForm(forms.Form):
    """What the file is; the file itself stands last, so that what was typed arrives before it."""

    name = line_field(_("What is it called?"))
    kind = choice_field(_("What is it?"), Kind.choices, radios=True)
    compartment = choice_field(_("Who may open it?"), radios=True)
    note = note_field(_("Note"), rows=2)
    upload = forms.UUIDField(required=False, widget=forms.HiddenInput)
    file = forms.Field(
        label=_("The file"),
        help_text=_("At most 50 MB. A picture may tell where it was taken: it is kept as it is."),
        required=False,
        widget=forms.FileInput,
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opened = [(one.value, COMPARTMENT_LABELS[one]) for one in Compartment if by.opens(one)]
        offer(self, "compartment", opened)

    def document(self) -> FileDocument:
        """What the action takes."""
        return FileDocument(**{name: self.cleaned_data[name] for name in ("name", "kind", "note")})
