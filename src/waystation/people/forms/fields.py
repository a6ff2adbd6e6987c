"""Kinds of questions this room asks: names in any script, notes, lists typed line by line, countries, languages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.people.tongues import LANGUAGES, language_choices, own_name

LONGEST_TYPED = 4000
NOT_TOLD = ("", _("Not told"))
TYPED = {"dir": "auto", "autocomplete": "off", "spellcheck": "false"}


def line_field(label: Any, hint: Any = "", **attributes: str) -> forms.CharField:
    """One line in any script. How long it may be is judged by the action, which keeps what was typed."""
    widget = forms.TextInput(attrs=TYPED | attributes)
    return forms.CharField(label=label, help_text=hint, required=False, max_length=LONGEST_TYPED, widget=widget)


def note_field(label: Any, hint: Any = "", rows: int = 3) -> forms.CharField:
    """Several lines in any script."""
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    field = forms.CharField(label=label, help_text=hint, required=False, max_length=4 * LONGEST_TYPED, widget=widget)
    # A browser would cut what is pasted, and say nothing.
    field.widget.attrs.pop("maxlength")
    return field


def choice_field(
    label: Any, choices: Iterable[tuple[Any, Any]] = (), hint: Any = "", *, radios: bool = False, required: bool = True
) -> forms.ChoiceField:
    """One answer out of some: side by side where they are few, else a list to open."""
    widget = forms.RadioSelect() if radios else forms.Select()
    return forms.ChoiceField(label=label, help_text=hint, choices=list(choices), widget=widget, required=required)


def ticks(label: Any, choices: Any = (), hint: Any = "") -> forms.MultipleChoiceField:
    """As many answers as are true."""
    return forms.MultipleChoiceField(
        label=label, help_text=hint, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def offer(form: forms.Form, field: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Fill a list whose words depend on the page's language."""
    form.fields[field].choices = list(choices)  # type: ignore[attr-defined]


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """A tuple as lines."""
        return "\n".join(value) if isinstance(value, tuple | list) else value

    def to_python(self, value: Any) -> Any:
        """Lines as a tuple."""
        return tuple(part.strip() for part in str(value or "").splitlines() if part.strip())

    def run_validators(self, value: Any) -> None:
        """Length is judged by the action."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other lines stand there."""
        return bool(self.to_python(self.prepare_value(initial)) != self.to_python(data))


class LanguageField(forms.CharField):
    """A language typed by its name in the reader's language or its own, with suggestions; kept as ISO 639-3."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Suggestions come from one list on the page (see the template `people/languages.html`)."""
        return {**super().widget_attrs(widget), **TYPED, "list": "languages"}

    def prepare_value(self, value: Any) -> Any:
        """A code as its name."""
        return dict(language_choices()).get(value, value)

    def to_python(self, value: Any) -> str:
        """A name as its code. Raises ValidationError for a name nobody knows; what was typed stays."""
        wanted = " ".join(str(value or "").split())
        if not wanted or wanted in LANGUAGES:
            return wanted
        plain = wanted.casefold()
        for code, name in language_choices():
            if plain in {name.casefold(), own_name(code).casefold()}:
                return code
        raise forms.ValidationError(_("This language is not in the list. Choose one of those offered while you type."))
