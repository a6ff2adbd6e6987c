"""Kinds of questions that the forms of this room share."""

from typing import Any

from django import forms


def ticks(label: Any, choices: Any = (), hint: Any = "") -> forms.MultipleChoiceField:
    """As many answers as are true."""
    return forms.MultipleChoiceField(
        label=label, help_text=hint, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )
