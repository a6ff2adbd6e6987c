"""Forms of lists: which file it is, and what its columns hold."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.lists.actions import MOST_BYTES, ListDraft
from waystation.familylinks.lists.codes import State
from waystation.familylinks.lists.formats import Column
from waystation.familylinks.lists.reading.columns import Field
from waystation.people.codes import Basis
from waystation.people.forms.fields import choice_field, line_field, note_field
from waystation.web.fields import DayField

NOT_READ = ("", _("Not read"))


class BringForm(forms.Form):
    """A list of somebody else, and by what right we have it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A table (CSV) or PFIF. 10 MB at most. The next page shows what was read; nothing is taken yet."),
    )
    name = line_field(_("Which people stand in it?"), _("Like: people brought to the harbour on 3 May."))
    keeper = line_field(_("Who keeps it?"), _("The camp, the hospital, the registry."))
    came_on = DayField(label=_("When did it come to us?"))
    until = DayField(
        label=_("Until which day may we use it?"), help_text=_("The day after, everybody in it is erased here.")
    )
    basis = choice_field(_("By what right may we use it?"), Basis.choices)
    agreement = note_field(_("What was agreed with its keeper?"), _("The letter or agreement, and its day."), rows=2)

    def draft(self) -> ListDraft:
        """What the action takes."""
        return ListDraft(**{name: value for name, value in self.cleaned_data.items() if name != "file"})

    def data_and_name(self) -> tuple[bytes, str]:
        """The file, and what it is called."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        return file.read(MOST_BYTES + 1), file.name or ""


class ColumnsForm(forms.Form):
    """What each column of a table holds."""

    def __init__(self, *args: Any, columns: Sequence[Column], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, column in enumerate(columns, 1):
            label = column.head or _("Column %(number)d") % {"number": number}
            hint = " · ".join(cell for cell in column.cells if cell.strip())
            field = choice_field(label, [NOT_READ, *Field.choices], hint, required=False)
            field.initial = column.field
            self.fields[f"column{number}"] = field

    def columns(self) -> list[str]:
        """The answers in the order of the columns."""
        return [self.cleaned_data[name] for name in self.fields]


class ListForm(forms.Form):
    """Filter and order of the page of lists."""

    state = choice_field(_("State"), [("", _("All")), *State.choices], required=False)
    order = choice_field(
        _("Order"), [("newest", _("Newest first")), ("ends", _("First to end first")), ("keeper", _("By keeper"))],
        required=False,
    )  # fmt: skip
