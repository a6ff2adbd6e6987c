"""The road and those who travel along."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.people.codes import Relation, Stage
from waystation.people.documents import StopDocument
from waystation.people.forms.fields import NOT_TOLD, choice_field, line_field, note_field, offer
from waystation.people.places import country_choices


class StopForm(forms.Form):
    """One stop, as told. Only the stage must be said."""

    stage = choice_field(_("What was it?"), Stage.choices, radios=True)
    country = choice_field(_("Country"), required=False)
    place = line_field(_("Place"))
    when = line_field(_("When"), _("A year, a month like 2024-05, or a day like 2024-05-17."), dir="ltr")
    note = note_field(_("Note"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "country", [NOT_TOLD, *country_choices()])

    def stop(self) -> StopDocument:
        """What the action takes."""
        return StopDocument(**{name: self.cleaned_data[name] for name in ("country", "place", "when", "note")})


class RelationForm(forms.Form):
    """What someone is to the first person of the household."""

    relation = choice_field(_("Is to the first person of the household"), Relation.choices)
    note = note_field(_("Note"), rows=2)


class JoinForm(forms.Form):
    """Someone found joins the household."""

    person_id = forms.UUIDField(widget=forms.HiddenInput)
    relation = choice_field(_("Is to the first person of the household"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "relation", [choice for choice in Relation.choices if choice[0] != Relation.FIRST])
