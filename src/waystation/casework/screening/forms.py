"""Forms of screening."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.screening.codes import CARDS, Domain, Immediate, Need, Rating
from waystation.casework.screening.indicators import SIGNS
from waystation.casework.screening.placements import Placement, Suggestion
from waystation.people.codes import InterviewerSex
from waystation.people.forms.fields import LanguageField, choice_field, line_field, note_field, offer, ticks


class BeginForm(forms.Form):
    """Before anything is asked: what this is for, who talks, what cannot wait."""

    explained = forms.BooleanField(
        label=_(
            "I said what this is for and who reads it, that any question may stay without an answer, and that we stop "
            "when the person wishes."
        )
    )
    language = LanguageField(label=_("In which language was it explained?"), required=False)
    explained_by = line_field(_("Who explained it?"), _("You, an interpreter, a relative."))
    talks_with = choice_field(
        _("With whom would the person rather speak?"),
        [("", _("Either is fine")), *InterviewerSex.choices],
        required=False,
    )
    immediate = ticks(_("What cannot wait?"), Immediate.choices, _("Help with this first. The talk can go on later."))
    needs = ticks(_("What does the person say at once?"), Need.choices)
    words = note_field(_("In the person's words"), rows=2)


class DomainForm(forms.Form):
    """One domain, step by step."""

    prompts = ticks(_("What do you see or hear?"), [], _("None of these is asked for; tick what comes up."))
    answers = note_field(_("What the person says"))
    providers = note_field(_("Who helps already"), _("A doctor, a lawyer, a neighbour, a group."), rows=2)
    harm = note_field(_("What harm is to be feared"), _("If nothing changes: what could happen, and how soon."), rows=2)
    summary = note_field(_("In one or two sentences"), rows=2)
    rating = choice_field(
        _("How much must be done?"),
        [
            (Rating.LOW, _("Low: what is there already is enough")),
            (Rating.MEDIUM, _("Medium: help is needed within days")),
            (Rating.HIGH, _("High: without help soon there will be harm")),
        ],
        radios=True,
    )

    def __init__(self, *args: Any, domain: Domain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "prompts", CARDS[domain].prompts.items())


class FinishForm(forms.Form):
    """Where the person could stay, and the whole in a few sentences."""

    placement = choice_field(
        _("Where should the person stay?"), (), _("The least restrictive comes first."), radios=True
    )
    why = note_field(_("Why there"), _("Needed for a place that restricts more than the first one suggested."), rows=2)
    summary = note_field(_("The whole in a few sentences"), _("What the person wishes comes first."))

    def __init__(self, *args: Any, suggestion: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "placement", [(place.value, _words(place, suggestion)) for place in Placement])


def _words(place: Placement, suggestion: Suggestion) -> str:
    if place not in suggestion.places:
        return str(place.label)
    return str(_("%(place)s – suggested") % {"place": place.label})


class StopForm(forms.Form):
    """Why it stops; nobody has to say."""

    words = note_field(_("Why, if the person wishes to say"), rows=2)


class SignsForm(forms.Form):
    """What was seen or heard."""

    signs = ticks(_("What did you see or hear?"), [(code, sign.says) for code, sign in SIGNS.items()])
    words = note_field(_("In words"), _("What you saw and heard, not what you think of it."))
    reach = note_field(_("How to talk with the person alone"), _("When, where, with which excuse."), rows=2)
