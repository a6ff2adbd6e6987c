"""Forms of safety."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from waystation.casework.cases.codes import Risk
from waystation.casework.safety.codes import (
    LONGEST_DAYS,
    MONTHS,
    SHORTEST_DAYS,
    ActorKind,
    Ending,
    Lived,
    Paper,
    RiskKind,
)
from waystation.people.codes import Stage
from waystation.people.forms.fields import NOT_TOLD, LinesField, choice_field, line_field, note_field, offer
from waystation.web.fields import DayField

WHEN = _("A year, a month like 2024-05, or a day like 2024-05-17.")


class RiskForm(forms.Form):
    """One thing lived through or feared. Only what it was must be said."""

    risk = choice_field(_("What was it, or what is feared?"), RiskKind.choices, radios=True)
    lived = choice_field(_("Did it happen?"), Lived.choices, radios=True)
    stage = choice_field(_("On which part of the road?"), [NOT_TOLD, *Stage.choices], required=False)
    since = line_field(_("When, or since when"), WHEN, dir="ltr")
    until = line_field(_("Until when"), _("Leave it empty for one day, or if it goes on."), dir="ltr")
    going_on = forms.BooleanField(label=_("It still goes on"), required=False)
    place = line_field(_("Where"))
    actor = choice_field(_("Who did it, or would?"), [NOT_TOLD, *ActorKind.choices], required=False)
    words = note_field(_("In the person's words"), _("As much as they wish to tell. Never ask twice."))


class CorrectForm(RiskForm):
    """An entry, written anew."""

    why = note_field(_("Why is it written anew?"), rows=2)


class WhyForm(forms.Form):
    """Why an entry is struck out."""

    why = note_field(_("Why?"), rows=2)


class PlanForm(forms.Form):
    """A plan to stay safe, in the person's words. Everything may stay empty."""

    risk = choice_field(
        _("How great is the danger?"),
        Risk.choices,
        _("High: look at the plan together again in 7 days. Otherwise in 30."),
        radios=True,
    )
    fears = note_field(_("What does the person fear?"), rows=2)
    warning_signs = note_field(_("By what do they notice that it begins?"), _("A call, a car, a word, a mood."), rows=2)
    safe_people = note_field(_("Whom do they trust?"), _("Who they are, and how to reach them."), rows=2)
    safe_places = note_field(_("Where are they safe?"), _("By day, by night, on the way."), rows=2)
    reach_number = line_field(
        _("How can we reach them safely?"), _("A number, or through whom. Ask who else hears it.")
    )
    reach_when = line_field(_("When?"))
    reach_say = line_field(_("What do we say if somebody else answers?"))
    no_contact = forms.BooleanField(
        label=_("Nobody may call, write or visit"),
        help_text=_("Everyone who helps this person then sees that, and not why."),
        required=False,
    )
    no_contact_why = note_field(_("Why not"), rows=2)
    never_know = LinesField(
        label=_("Who must never know?"),
        help_text=_("One a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    signal_word = line_field(_("Signal word"), _("A harmless word that means: come, or do not come."))
    take_along = note_field(_("What to take, if they must go at once"), rows=2)
    if_then = note_field(_("What to do if …"), _("If he waits at the door: … If the phone is taken: …"))
    pocket = note_field(
        _("What may stand on a slip in the pocket"),
        _("Only words that mean nothing to whoever finds them: a first name and a number, a shop, a day."),
        rows=2,
    )

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """What is feared and who is safe; how to reach them; what to do when it happens."""
        return [(legend, [self[name] for name in names]) for legend, names in PLAN_GROUPS]


PLAN_GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("What is feared, and what is safe"), ("risk", "fears", "warning_signs", "safe_people", "safe_places")),
    (
        _("How we reach them"),
        ("reach_number", "reach_when", "reach_say", "no_contact", "no_contact_why", "never_know"),
    ),
    (_("If it happens"), ("signal_word", "take_along", "if_then", "pocket")),
)


class WordsForm(forms.Form):
    """What the person says, or what was found."""

    words = note_field(_("What the person says"))


class ReadBackForm(forms.Form):
    """The person heard the plan and agrees."""

    read_back = forms.BooleanField(label=_("I read the plan back, and the person agrees to it as it stands here."))
    words = note_field(_("What the person says to it"), rows=2)


class PaperForm(forms.Form):
    """What is printed, and that the person wishes it."""

    paper = choice_field(_("What should be printed?"), Paper.choices, radios=True)
    wished = forms.BooleanField(label=_("I said that paper may be found. The person wishes it all the same."))


class OfferForm(forms.Form):
    """Time to think was explained."""

    explained = forms.BooleanField(
        label=_("I said that there is time to rest and think, that help goes on, and that nobody is told of it.")
    )
    explained_by = line_field(
        _("Who explained it?"), _("You, or an interpreter whom the person trusts. Never somebody who came along.")
    )
    words = note_field(_("In the person's words"), rows=2)


class StartForm(forms.Form):
    """From when, for how long."""

    started_on = DayField(label=_("From which day?"), help_text=_("Leave it empty for today."), required=False)
    days = forms.IntegerField(
        label=_("For how many days?"),
        help_text=_("Thirty at least."),
        initial=SHORTEST_DAYS,
        widget=forms.NumberInput(attrs={"min": SHORTEST_DAYS, "max": LONGEST_DAYS}),
    )


class LengthenForm(forms.Form):
    """How long in all."""

    days = forms.IntegerField(
        label=_("For how many days in all?"),
        widget=forms.NumberInput(attrs={"min": SHORTEST_DAYS, "max": LONGEST_DAYS}),
    )


class EndForm(forms.Form):
    """Why it is over, and what comes after."""

    ending = choice_field(_("Why is it over?"), Ending.choices, radios=True)
    follows = note_field(_("What comes after?"), _("What the person wants now, and who helps with it."))


class FiguresForm(forms.Form):
    """How far back."""

    months = forms.TypedChoiceField(label=_("How far back?"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "months", [(months, ngettext("%d month", "%d months", months) % months) for months in MONTHS])


def plan_initial(said: Any, *, risk: str, no_contact: bool) -> dict[str, Any]:
    """The version before, as the form shows it."""
    told = {name: getattr(said, name) for name in PlanForm.base_fields if hasattr(said, name)}
    return {**told, "risk": risk, "no_contact": no_contact}
