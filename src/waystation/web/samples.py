"""What the gallery shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """Each kind of question once."""

    name = forms.CharField(label=_("Name"), help_text=_("As the person says it, in any script."), max_length=200)
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[("female", _("Female")), ("male", _("Male")), ("not-said", _("Prefers not to say"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    shown = forms.BooleanField(label=_("She has read the notice"), required=False)


def everything(typed: Any) -> dict[str, Any]:
    """Samples for each component."""
    wrong = SampleForm({"name": "", "sex": "female"})
    return {
        "form": SampleForm(typed),
        "wrong_form": wrong,
        "stops": [
            {"label": _("Origin"), "kind": "origin", "country": "ER", "place": "Keren", "when": "2025-01"},
            {"label": _("In transit"), "kind": "transit", "country": "SD", "place": "Kassala", "when": "2025-06"},
            {"label": _("Destination"), "kind": "destination", "country": "SE", "place": "", "when": ""},
        ],
    }
