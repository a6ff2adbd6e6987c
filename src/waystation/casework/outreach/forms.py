"""Forms of outreach."""

from datetime import datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waystation.casework.codes import Service
from waystation.casework.outreach.codes import CalledOff, Check, DoorKind, Fear, PlaceKind, Way
from waystation.people.codes import AgeBand, Sex
from waystation.people.forms.fields import LinesField, choice_field, line_field, note_field, offer, ticks
from waystation.web.fields import DayField

FIRST_SERVICES = (Service.INFORMATION, Service.FOOD, Service.WATER, Service.HYGIENE, Service.FIRST_AID, Service.PHONE)


def lines(label: Any, hint: Any) -> LinesField:
    """One a line."""
    widget = forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    return LinesField(label=label, help_text=hint, required=False, widget=widget)


class DoorForm(forms.Form):
    """Who opens a door."""

    name = line_field(_("Who is it?"))
    kind = choice_field(_("What are they?"), DoorKind.choices)
    contact = line_field(_("How to reach them"))
    languages = lines(_("Languages spoken there"), _("One a line."))
    known_to = line_field(_("Who of us knows them?"))
    note = note_field(_("Note"), rows=2)


class PlaceForm(forms.Form):
    """Where people are."""

    name = line_field(_("Which place?"), _("So that a colleague finds it. Nobody else reads it."))
    kind = choice_field(_("What kind of place?"), PlaceKind.choices)
    how = note_field(_("When people are there, and how to get there"), rows=2)
    risk = note_field(_("What is dangerous there"), _("For us, and for those whom our coming could expose."), rows=2)


class RoundForm(forms.Form):
    """A round to plan."""

    place = choice_field(_("Where?"))
    day = DayField(label=_("On which day?"))
    at = forms.TimeField(label=_("At what time?"), widget=forms.TimeInput(attrs={"type": "time"}), initial=time(18))
    way = choice_field(_("How do we come?"), Way.choices, radios=True)
    door = choice_field(_("Who lets us in?"), required=False)
    team = lines(_("Who goes?"), _("One a line."))
    purpose = note_field(_("What for?"), rows=2)

    def __init__(self, *args: Any, places: Any, doors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", places)
        offer(self, "door", [("", _("Nobody: we go by ourselves")), *doors])

    def starts_at(self) -> datetime:
        """The moment, in the node's time zone."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["at"]))


class SetOutForm(forms.Form):
    """What was checked."""

    checks = ticks(_("Before you set out"), Check.choices, _("All of it must be so. Else call the round off."))


class ContactForm(forms.Form):
    """Somebody met, in a few taps and without a name."""

    contact = forms.UUIDField(widget=forms.HiddenInput)
    sex = choice_field(_("Sex"), Sex.choices, radios=True)
    age_band = choice_field(_("Age"), AgeBand.choices, radios=True)
    fears = ticks(_("What keeps them away?"), Fear.choices, _("Only what they say themselves."))
    services = ticks(_("What did they get?"), [(one.value, one.label) for one in FIRST_SERVICES])
    through_door = forms.BooleanField(label=_("Met through who lets us in"), required=False, initial=True)

    def __init__(self, *args: Any, has_door: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"contact": uuid4(), "sex": Sex.NOT_KNOWN, "age_band": AgeBand.NOT_KNOWN})
        super().__init__(*args, **kwargs)
        if not has_door:
            del self.fields["through_door"]


class EndForm(forms.Form):
    """What was heard."""

    heard = note_field(_("What did you hear and see?"), _("No names."))


class CallOffForm(forms.Form):
    """Why it does not take place."""

    why = choice_field(_("Why?"), CalledOff.choices, radios=True)
    words = note_field(_("In words"), rows=2)
