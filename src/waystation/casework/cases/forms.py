"""Forms of cases."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import KINDS, CaseKind, Closing, ReviewOf, Risk
from waystation.kernel import clock
from waystation.kernel.actors import Actor
from waystation.people.forms.fields import line_field, note_field, offer
from waystation.web.fields import DayField


class OpenForm(forms.Form):
    """What is needed to begin."""

    kind = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    risk = forms.ChoiceField(
        label=_("How soon must someone be there?"),
        help_text=_("High: within 24 hours. Medium: within 72 hours. Low: within 7 days."),
        choices=Risk.choices,
        widget=forms.RadioSelect,
    )
    reason = note_field(_("Why this case?"), _("What happened, what is feared. As much as help needs, no more."))
    wishes = note_field(_("What does the person wish?"), _("In their own words where you can."), rows=2)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(k.value, k.label) for k in CaseKind if by.opens(KINDS[k].compartment)])


class WriteForm(forms.Form):
    """What a case says."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    risk = forms.ChoiceField(label=_("How soon must someone be there?"), choices=Risk.choices, widget=forms.RadioSelect)
    reason = note_field(_("Why this case?"))
    wishes = note_field(_("What does the person wish?"), rows=2)
    assessment = note_field(_("Assessment"), _("Strengths, risks, who already helps, what is needed first."), rows=10)


class GoalForm(forms.Form):
    """One line of the plan."""

    goal = line_field(_("What is to be reached?"))
    service = line_field(_("By which help?"))
    provider = line_field(_("Given by whom?"))
    by_when = DayField(label=_("By when"), required=False)


class NoteForm(forms.Form):
    """Something written down."""

    text = note_field(_("Note"))
    compartment = forms.ChoiceField(label=_("Who may read it?"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "compartment", places)


class DueIn(TextChoices):
    """When a task is due, as people say it."""

    TODAY = "0", _("Today")
    TOMORROW = "1", _("Tomorrow")
    THREE_DAYS = "3", _("In three days")
    WEEK = "7", _("In a week")
    TWO_WEEKS = "14", _("In two weeks")
    MONTH = "30", _("In a month")


class TaskForm(forms.Form):
    """Something to do."""

    text = line_field(_("What is to be done?"))
    due_in = forms.ChoiceField(
        label=_("When?"), choices=DueIn.choices, widget=forms.RadioSelect, initial=DueIn.TOMORROW
    )
    immediate = forms.BooleanField(label=_("A life or dignity is threatened now"), required=False)

    def due_at(self) -> datetime:
        """The end of the day chosen, in the node's time."""
        return clock.end_of(clock.today() + timedelta(days=int(self.cleaned_data["due_in"])))


class AskForm(forms.Form):
    """A question to the supervisor."""

    of = forms.ChoiceField(
        label=_("What should the supervisor approve?"), choices=ReviewOf.choices, widget=forms.RadioSelect
    )
    closing = forms.ChoiceField(
        label=_("If it is the closing: why does the case end?"), choices=[("", "—"), *Closing.choices], required=False
    )
    asked = note_field(_("A word to the supervisor"), rows=2)


class DecideForm(forms.Form):
    """A supervisor's answer, to what they had before them."""

    as_read = forms.CharField(widget=forms.HiddenInput, required=False)
    said = note_field(_("A word to the caseworker"), _("Needed when you give it back."), rows=3)


class CloseForm(forms.Form):
    """The end of a case."""

    closing = forms.ChoiceField(label=_("Why does the case end?"), choices=Closing.choices, widget=forms.RadioSelect)
    ending = note_field(_("How did it end?"), _("What was reached, what was not, what comes after."))


class HandForm(forms.Form):
    """Another owner."""

    owner = forms.ChoiceField(label=_("To whom?"))

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", colleagues)
