"""Finding the other record, joining two, and erasing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.people.codes import ErasureReason
from waystation.people.forms.fields import choice_field, line_field, note_field, offer


class FindForm(forms.Form):
    """A name in any script, an alias, a card code or a telephone number."""

    q = line_field(_("Name, alias, card code or telephone"))


class MergeForm(forms.Form):
    """Which record stands in front, and why the two are one person."""

    survivor = choice_field(_("Which record stays in front?"), radios=True)
    note = note_field(_("How do you know that this is one person?"), rows=2)
    sure = forms.BooleanField(label=_("I have compared both. They are one person."))

    def __init__(self, *args: Any, names: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "survivor", names)


class EraseForm(forms.Form):
    """Why a record goes for good."""

    reason = choice_field(_("Why?"), ErasureReason.choices, radios=True)
    note = note_field(_("What should the coordinator know?"), rows=2)
    sure = forms.BooleanField(label=_("I have read what will be lost."))

    def __init__(self, *args: Any, at_once: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if at_once:
            del self.fields["note"]
