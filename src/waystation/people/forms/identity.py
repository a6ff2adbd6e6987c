"""Correcting what is written about a person; when two people do it at once, both texts stay to be seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.people.codes import AgeBand, InterviewerSex, Sex
from waystation.people.documents import IdentityDocument
from waystation.people.forms.fields import (
    LONGEST_TYPED,
    NOT_TOLD,
    LanguageField,
    LinesField,
    choice_field,
    line_field,
    note_field,
    offer,
)
from waystation.people.models import Person
from waystation.people.places import country_choices
from waystation.web.fields import DayField

FEWEST_LANGUAGES = 3
MOST_LANGUAGES = 10
SAME_NAME = ("given_name", "family_name", "alias", "names_as_written", "birth_year", "birth_date", "origin")
ALSO_SAME = ("phone", "contact_note", "know_now", "prefers_interviewer_sex")


@dataclass(frozen=True, kw_only=True)
class TwoTexts:
    """One answer that two people wrote at the same time."""

    label: Any
    theirs: str
    yours: str


class CorrectForm(forms.Form):
    """All that is kept about who someone is; every answer may be empty."""

    given_name = line_field(_("Given name"))
    family_name = line_field(_("Family name"))
    alias = line_field(_("Or: a name to be called by"), _("Enough by itself."))
    names_as_written = LinesField(
        label=_("Other names and spellings"),
        help_text=_("One a line, in any script. Each of them finds this person."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "spellcheck": "false"}),
    )
    sex = choice_field(_("Sex"), Sex.choices, radios=True)
    age_band = choice_field(_("Age"), AgeBand.choices, radios=True)
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        help_text=_("About is enough. It decides the age above."),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    birth_date = DayField(label=_("Date of birth, if known"), required=False)
    origin = choice_field(_("Comes from"), required=False)
    interpreter_needed = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    prefers_interviewer_sex = choice_field(
        _("Would rather speak with"), [("", _("No wish told")), *InterviewerSex.choices], radios=True, required=False
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )
    contact_note = note_field(
        _("How to reach them safely"), _("When to call, who may answer, what not to say."), rows=2
    )
    know_now = note_field(_("To know now"), _("Read by everyone who helps them: an allergy, a fear, a wish."), rows=2)

    def __init__(self, *args: Any, spoken: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "origin", [NOT_TOLD, *country_choices()])
        count = min(MOST_LANGUAGES, max(FEWEST_LANGUAGES, spoken + 1))
        self.language_fields = [f"language_{place}" for place in range(count)]
        for place, name in enumerate(self.language_fields):
            label = _("Speaks best") if place == 0 else _("Also speaks")
            self.fields[name] = LanguageField(label=label, required=False, max_length=LONGEST_TYPED)

    @classmethod
    def of(cls, person: Person, identity: IdentityDocument, data: Mapping[str, Any] | None = None) -> "CorrectForm":
        """The form filled with what stands now, or with what was typed."""
        initial: dict[str, Any] = {name: getattr(identity, name) for name in (*SAME_NAME, *ALSO_SAME)}
        initial |= {name: getattr(person, name) for name in ("sex", "age_band", "interpreter_needed")}
        initial |= {f"language_{place}": code for place, code in enumerate(identity.languages)}
        return cls(data, initial=initial, spoken=len(identity.languages))

    @property
    def languages(self) -> list[forms.BoundField]:
        """The questions about languages, to be drawn side by side."""
        return [self[name] for name in self.language_fields]

    @property
    def written(self) -> dict[str, str]:
        """What stands on the page for each question before anybody types."""
        return {field.html_name: _plain(field.initial, field.field) for field in self}

    def identity(self) -> IdentityDocument:
        """What the action takes."""
        answers = self.cleaned_data
        return IdentityDocument(
            **{name: answers[name] for name in (*SAME_NAME, *ALSO_SAME)},
            languages=tuple(dict.fromkeys(answers[name] for name in self.language_fields if answers[name])),
        )


def merge_texts(
    typed: Mapping[str, str], was: Mapping[str, str], now: CorrectForm
) -> tuple[dict[str, str], list[TwoTexts]]:
    """What to put into the form after someone else saved in between, and what both wrote.

    An answer left as it was takes theirs; one that only this reader changed stays; where both changed it, this
    reader's stays in the form and theirs stands beside it.
    """
    kept: dict[str, str] = {}
    both: list[TwoTexts] = []
    for name, theirs in now.written.items():
        yours = _lines(typed.get(name, ""))
        before = _lines(was.get(name, ""))
        kept[name] = theirs if yours == before else yours
        if theirs not in {before, yours} and yours != before:
            field = now[name]
            both.append(TwoTexts(label=field.label, theirs=_words(field, theirs), yours=_words(field, yours)))
    return kept, both


def _plain(value: Any, field: forms.Field) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    shown = field.prepare_value(value)
    return _lines("" if shown is None else str(shown))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _words(field: forms.BoundField, value: str) -> str:
    """An answer in words: the label of a code, yes or no for a tick."""
    if isinstance(field.field, forms.BooleanField):
        return str(_("Yes") if value else _("No"))
    choices = dict(getattr(field.field, "choices", ()))
    return str(choices.get(value, value)) or str(_("Nothing"))
