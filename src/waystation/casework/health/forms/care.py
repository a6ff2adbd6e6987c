"""Forms about being seen, things, and support."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.health.codes.care import Colour, Complaint, Done, Thing
from waystation.casework.health.codes.support import Topic
from waystation.casework.health.models import ContactDocument, SessionDocument
from waystation.people.forms.fields import choice_field, line_field, note_field, ticks
from waystation.web.fields import DayField

KEEPS = [("lent", _("Lent: it comes back")), ("given", _("Given to keep"))]


class ContactForm(forms.Form):
    """Somebody is seen."""

    colour = choice_field(
        _("How soon must somebody look at this person?"),
        [
            (Colour.RED, _("Red: now – cannot breathe, bleeds, does not wake, has a fit, gives birth")),
            (Colour.YELLOW, _("Yellow: soon – in pain, feverish, cannot drink, pregnant and unwell")),
            (Colour.GREEN, _("Green: can wait – walks, talks, drinks")),
        ],
        radios=True,
    )
    complaints = ticks(_("What did the person come with?"), Complaint.choices)
    words = note_field(_("In the person's words"), rows=2)
    done = ticks(_("What was done?"), Done.choices)
    note = note_field(_("Note"), _("What the next one who looks needs to know."), rows=2)
    again_on = DayField(label=_("Look again on"), required=False)

    def document(self) -> ContactDocument:
        """What the action takes."""
        told = self.cleaned_data
        return ContactDocument(
            complaints=tuple(told["complaints"]), done=tuple(told["done"]), words=told["words"], note=told["note"]
        )


class ThingForm(forms.Form):
    """Something lent or given."""

    thing = choice_field(_("What is it?"), Thing.choices, radios=True)
    words = line_field(_("In words"), _("Size, side, strength, number on it."))
    keeps = choice_field(_("For how long?"), KEEPS, radios=True)


class SessionForm(forms.Form):
    """A session with one person."""

    topics = ticks(_("What was it about?"), Topic.choices)
    minutes = forms.IntegerField(label=_("How many minutes?"), initial=45)
    words = note_field(_("In words"), _("What was agreed, what helped. Only health staff read it."))
    next_on = DayField(label=_("The next talk is on"), required=False)

    def document(self) -> SessionDocument:
        """What the action takes."""
        return SessionDocument(topics=tuple(self.cleaned_data["topics"]), words=self.cleaned_data["words"])


class GroupForm(SessionForm):
    """A session with a group of whom nobody is written down."""

    people_count = forms.IntegerField(label=_("How many people came?"), help_text=_("The number only, no names."))
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("people_count", "topics", "minutes", "words", "next_on", "after")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _("How it went, and what to do differently. No names.")
        self.fields["next_on"].label = _("The next session is on")
