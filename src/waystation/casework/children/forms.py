"""Forms about children."""

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.children.codes import Care, Concern, GuardianKind, Procedure
from waystation.people.forms.fields import LinesField, choice_field, line_field, note_field
from waystation.web.fields import DayField


class GuardianForm(forms.Form):
    """Who speaks for the child."""

    name = line_field(_("Who is it?"))
    kind = choice_field(_("Why this person?"), GuardianKind.choices, radios=True)
    contact = line_field(_("How to reach them"))
    since = DayField(label=_("Since"), help_text=_("Leave it empty for today."), required=False)
    note = note_field(_("Note"), rows=2)


class CareForm(forms.Form):
    """Who cares for the child."""

    kind = choice_field(_("Who cares for the child?"), Care.choices)
    who = line_field(_("Their name"))
    contact = line_field(_("How to reach them"))
    since = DayField(label=_("Since"), help_text=_("Leave it empty for today."), required=False)
    why = note_field(_("Why this care, or why it changes"), rows=2)
    concerns = forms.MultipleChoiceField(
        label=_("What must this child be protected from?"),
        choices=Concern.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class BeginForm(forms.Form):
    """What is to be decided, and what the child says."""

    procedure = choice_field(
        _("Which procedure?"),
        Procedure.choices,
        _("A panel decides on a lasting solution, on parting a child from parents, and on care that is not simple."),
        radios=True,
    )
    question = note_field(_("What is to be decided?"), rows=2)
    views = note_field(_("What the child says"), _("In the child's own words, by age. Or why the child was not heard."))
    weighed = note_field(_("What was weighed"), _("Safety, family, health, growing up, where the child belongs."))


class PanelForm(forms.Form):
    """Who sits on the panel."""

    panel = LinesField(
        label=_("Who sits on the panel?"),
        help_text=_("One a line, three or more, from different organisations where you can."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class DecideForm(forms.Form):
    """The decision."""

    views = note_field(_("What the child says"))
    weighed = note_field(_("What was weighed"))
    minutes = note_field(_("Minutes of the panel"), _("Needed of a panel: who said what, and how they voted."), rows=6)
    decision = note_field(_("What was decided?"), rows=2)
    reasons = note_field(_("Why?"))
    review_on = DayField(
        label=_("When to look again"), help_text=_("Leave it empty for three months from now."), required=False
    )


class LookAgainForm(forms.Form):
    """What was found when it was looked at again."""

    words = note_field(_("What was found?"))
