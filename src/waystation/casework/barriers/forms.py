"""Forms of barriers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.barriers.actions import BarrierDraft
from waystation.casework.barriers.codes import GROUPS, MOST_PEOPLE, By, Denied, Done
from waystation.casework.barriers.models import BarrierDocument
from waystation.people.forms.fields import choice_field, line_field, note_field, offer
from waystation.web.components.cldr import country_choices
from waystation.web.fields import DayField

CHOOSE = ("", _("Choose one"))


class BarrierForm(forms.Form):
    """What was denied, in a few taps."""

    denied = choice_field(_("Which help was denied?"), [CHOOSE, *Denied.choices])
    by = choice_field(_("By whom?"), [CHOOSE, *By.choices])
    kind = choice_field(_("What stood in the way?"))
    ground = note_field(_("Which ground did they give?"), _("In their words, if they gave one."), rows=2)
    who = line_field(_("Who exactly, and where?"), _("The office, the ward, the desk."))
    words = note_field(_("What happened?"))
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    day = DayField(label=_("On which day?"))
    country = choice_field(_("In which country?"))
    done = choice_field(_("What was done about it?"), Done.choices)
    see_to = forms.BooleanField(label=_("A colleague should see to it"), required=False)

    def __init__(self, *args: Any, named: bool, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(title, [(kind.value, kind.label) for kind in kinds]) for title, kinds in GROUPS]
        offer(self, "kind", [CHOOSE, *groups])
        offer(self, "country", country_choices())
        if named:
            del self.fields["people"]
        if again:
            del self.fields["done"], self.fields["see_to"]

    def draft(self) -> BarrierDraft:
        """What the action takes."""
        said = {**self.cleaned_data}
        document = BarrierDocument(**{name: said.pop(name) for name in ("who", "ground", "words")})
        return BarrierDraft(document=document, **said)


class DoneForm(forms.Form):
    """What was done about it."""

    done = choice_field(_("What was done about it?"), Done.choices, radios=True)
    words = note_field(_("In words"), rows=2)


class ListForm(forms.Form):
    """What is to be done about which help. Nobody is found by what stood in the way."""

    done = choice_field(_("What was done about it?"), [("", _("Anything")), *Done.choices], required=False)
    denied = choice_field(_("Which help was denied?"), [("", _("Anything")), *Denied.choices], required=False)
    order = choice_field(_("Order"), [("newest", _("Newest first")), ("oldest", _("Oldest first"))], required=False)
