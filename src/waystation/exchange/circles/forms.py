"""Forms about circles."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from waystation.exchange.circles import documents
from waystation.exchange.circles.documents import Circle
from waystation.exchange.circles.drafting import Candidate, Chosen, Part
from waystation.kernel.clock import today
from waystation.kernel.errors import Text
from waystation.web.fields import DayField

MEMBER, STEWARD = "member", "steward"
USUAL = timedelta(days=365)
"""How long a circle usually runs."""
PLAIN: dict[str, re.Pattern[str]] = documents.TEXTS


class CircleForm(forms.Form):
    """A new circle or the next version of one; one question for each node that can be in it."""

    name = forms.CharField(label=_("Name of the circle"), max_length=documents.LONGEST_NAME)
    purpose = forms.CharField(
        label=_("What is it for?"),
        help_text=_("In one sentence, such as: that help goes on along the coast road."),
        max_length=documents.LONGEST_PURPOSE,
    )
    agreement = forms.CharField(
        label=_("What do all agree to?"),
        help_text=_(
            "How fast each answers, what is told to whom, who mends mistakes, how one leaves. "
            "Name nobody who is helped."
        ),
        max_length=documents.LONGEST_AGREEMENT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    until = DayField(label=_("Last day"), help_text=_("No circle runs for ever: before it ends, sign a next version."))
    k = forms.IntegerField(
        label=_("How many stewards must sign?"),
        help_text=_("More than half of them is safe: then no two versions can hold side by side."),
        min_value=1,
        max_value=documents.MOST_STEWARDS,
    )

    def __init__(
        self,
        *given: Any,
        candidates: Sequence[Candidate],
        codes: Mapping[str, Text],
        before: Circle | None,
        **more: Any,
    ) -> None:
        initial = {
            "until": today() + USUAL,
            **({name: getattr(before, name) for name in (*PLAIN, "k")} if before else {}),
            **{_field_of(one.node): _ticked(one) for one in candidates},
        }
        super().__init__(*given, **{**more, "initial": initial})
        choices = [
            (MEMBER, _("Member")),
            (STEWARD, _("Steward: signs for the circle")),
            *((code, _("May begin: %(what)s") % {"what": says}) for code, says in codes.items()),
        ]
        self.candidates = candidates
        for one in candidates:
            possible = [choice for choice in choices if one.key or choice[0] != STEWARD]
            self.fields[_field_of(one.node)] = forms.MultipleChoiceField(
                label=one.name, choices=possible, required=False, widget=forms.CheckboxSelectMultiple
            )
        if candidates:
            self.fields[_field_of(candidates[0].node)].help_text = _(
                "Whoever signs or may begin something is a member."
            )

    def clean_agreement(self) -> str:
        """Lines end as everywhere."""
        said: str = self.cleaned_data["agreement"]
        return said.replace("\r\n", "\n").replace("\r", "\n")

    def clean_until(self) -> Any:
        """Not in the past."""
        until = self.cleaned_data["until"]
        if until < today():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return until

    def clean(self) -> dict[str, Any]:
        """Whoever signs or begins is a member; as many stewards as must sign."""
        said = super().clean() or {}
        for name, form in PLAIN.items():
            if said.get(name) and not form.fullmatch(said[name]):
                self.add_error(name, _("There is a character in it that cannot be seen. Type it anew."))
        ticked = [said.get(_field_of(one.node)) or [] for one in self.candidates]
        if sum(map(bool, ticked)) > documents.MOST_MEMBERS:
            self.add_error(None, _("These are more members than a circle can have: at most 64."))
        if said.get("k") and sum(STEWARD in one for one in ticked) < said["k"]:
            self.add_error("k", _("There are fewer stewards below than must sign. Tick more of them, or ask for less."))
        return said

    def chosen(self) -> Chosen:
        """What the document is made of."""
        said = self.cleaned_data
        ticked = {one.node: said[_field_of(one.node)] for one in self.candidates}
        return Chosen(
            **{name: said[name] for name in (*PLAIN, "until", "k")},
            parts={node: _part(choices) for node, choices in ticked.items() if choices},
        )


class CircleFileForm(forms.Form):
    """A circle's file."""

    file = forms.FileField(
        label=_("Its file"),
        help_text=_("It ends in .circle. Taking the same one again does no harm."),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file.")},
    )

    def raw(self) -> bytes:
        """Its bytes, and no more than a circle may have."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        return bytes(upload.read(documents.LARGEST + 1))


def _field_of(node: UUID) -> str:
    return f"node-{node.hex}"


def _ticked(one: Candidate) -> list[str]:
    return [*([MEMBER] if one.is_member else []), *([STEWARD] if one.is_steward else []), *one.begins]


def _part(choices: Sequence[str]) -> Part:
    begins = tuple(sorted(choice for choice in choices if choice not in {MEMBER, STEWARD}))
    return Part(steward=STEWARD in choices, begins=begins)
