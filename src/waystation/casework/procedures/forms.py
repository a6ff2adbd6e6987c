"""Forms of procedures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.procedures.codes import DayKind, Interpreter, ProcedureKind, Step
from waystation.people.forms.fields import LanguageField, choice_field, line_field, note_field, offer
from waystation.web.fields import DayField

NOT_ENDED = [(value, label) for value, label in Step.choices if value != Step.ENDED]


class OpenForm(forms.Form):
    """What it is about and where it stands."""

    kind = choice_field(_("What is it about?"), ProcedureKind.choices)
    step = choice_field(_("Where does it stand?"), NOT_ENDED)
    authority = line_field(_("Before which office or court?"))
    reference = line_field(_("Their file number"))
    about = note_field(_("What is to be reached?"), _("In the person's words. Only what the work needs."))


class WriteForm(forms.Form):
    """What it says."""

    kind = choice_field(_("What is it about?"), ProcedureKind.choices)
    authority = line_field(_("Before which office or court?"))
    reference = line_field(_("Their file number"))
    about = note_field(_("What is to be reached?"), _("In the person's words. Only what the work needs."))
    revision = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(forms.Form):
    """When it happened, and in words what."""

    day = DayField(label=_("On which day?"), help_text=_("Leave it empty for today."), required=False)
    words = note_field(_("In words"))


class BackForm(forms.Form):
    """Why the last step is taken back."""

    why = note_field(_("Why?"), _("A slip, or news that was wrong. The step stays in the history."), rows=2)


class DayForm(forms.Form):
    """A day that must not be missed."""

    kind = choice_field(_("What happens on that day?"), DayKind.choices, radios=True)
    day = DayField(label=_("On which day?"))
    at = forms.TimeField(
        label=_("At what time?"),
        help_text=_("Empty: until the end of the day."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = note_field(_("Where?"), _("Building, floor, room; how to get there."), rows=2)
    bring = note_field(_("What to take along, what to prepare"), rows=2)

    def answers(self) -> dict[str, Any]:
        """What the document takes."""
        said = self.cleaned_data
        at = said["at"].strftime("%H:%M") if said["at"] else ""
        return {"kind": said["kind"], "day": said["day"], "at": at, "place": said["place"], "bring": said["bring"]}


class MoveForm(DayForm):
    """A day corrected or moved."""

    why = note_field(_("Why does it change?"), _("What stood here before is kept."), rows=2)


class CameForm(forms.Form):
    """What became of a day."""

    words = note_field(_("In words"), rows=2)


class RepresentForm(forms.Form):
    """Who represents the person."""

    name = line_field(_("Who is it?"), _("Name, and the office they work for."))
    contact = note_field(_("How to reach them"), rows=2)
    since = DayField(label=_("Since"), help_text=_("Leave it empty for today."), required=False)


class InterpretForm(forms.Form):
    """Whether somebody interprets."""

    interpreter = choice_field(_("Is there an interpreter?"), Interpreter.choices, radios=True)
    language = LanguageField(label=_("For which language?"), required=False)


class HandForm(forms.Form):
    """Who takes over."""

    owner = choice_field(_("To whom?"))

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", _("Choose who")), *colleagues])


class ListForm(forms.Form):
    """Which days to come."""

    whose = choice_field(
        _("Whose"),
        [("", _("Anyone's")), ("mine", _("Mine")), ("none", _("Nobody's"))],
        required=False,
    )
    within = choice_field(
        _("When"),
        [("", _("All to come")), ("0", _("Today or overdue")), ("7", _("Within a week")), ("30", _("Within a month"))],
        required=False,
    )
    order = choice_field(
        _("Order"),
        [("soonest", _("The soonest first")), ("latest", _("The latest first")), ("newest", _("Newest first"))],
        required=False,
    )
