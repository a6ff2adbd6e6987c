"""Forms of the health summary."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.health.actions.handing import HandOver
from waystation.casework.health.codes.summary import SYSTEMS, WRITTEN
from waystation.casework.health.models import LineDocument
from waystation.people.codes import DisclosureKind, GivenBy, RecipientKind
from waystation.people.documents import ConsentDocument
from waystation.people.forms.fields import LanguageField, choice_field, line_field, note_field, offer, ticks
from waystation.web.fields import DayField

HELPERS = [
    (kind.value, kind.label) for kind in RecipientKind if kind not in {RecipientKind.AUTHORITY, RecipientKind.PUBLIC}
]
WAYS = [
    (DisclosureKind.PAPER.value, _("Into their hand: on a stick, on their telephone, or printed")),
    (DisclosureKind.LETTER.value, DisclosureKind.LETTER.label),
]


class LineForm(forms.Form):
    """One line of the summary."""

    kind = choice_field(_("What is it?"), [(kind.value, kind.label) for kind in WRITTEN], radios=True)
    text = line_field(_("In words"), _("Penicillin; insulin; asthma; measles, first dose."))
    more = line_field(_("What else matters?"), _("How the allergy shows; dose and how often; how bad it is."))
    since = line_field(_("Since when, or when?"), _("A year, a month or a day: 2019, 2019-04, 2019-04-30."))
    system = choice_field(_("Code list, if you know a code"), [("", _("No code")), *SYSTEMS.items()], required=False)
    code = line_field(_("Code"))

    def document(self) -> LineDocument:
        """What the action takes."""
        return LineDocument(**self.cleaned_data)


class HandOverForm(forms.Form):
    """What leaves, to whom, and how the person agreed."""

    lines = ticks(
        _("What does the person want told?"), (), _("Read each line out. Take the tick off where they say no.")
    )
    results = ticks(_("Results of screenings"), (), _("Only what the person wants the next helper to know."))
    to = choice_field(
        _("Who receives the file?"),
        [("self", _("The person, to carry it")), ("helper", _("The next helper"))],
        radios=True,
    )
    recipient = line_field(_("Name of the next helper"), _("The organisation and, if you know, the person there."))
    recipient_kind = choice_field(_("What are they?"), HELPERS)
    kind = choice_field(_("By which way?"), WAYS, radios=True)
    given_by = choice_field(_("Who decided?"), GivenBy.choices, radios=True)
    language = LanguageField(label=_("In which language was it explained?"), required=False)
    explained_by = line_field(_("Who explained it?"), _("You, an interpreter, a relative."))
    expires_on = DayField(label=_("Until"), help_text=_("It can be taken back on any day."))
    agreed = forms.BooleanField(
        label=_("I read out what would leave and to whom; the person said it back and said yes.")
    )

    def __init__(self, *args: Any, lines: Any, results: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "lines", lines)
        offer(self, "results", results)
        for name, choices in (("lines", lines), ("results", results)):
            if not choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A next helper has a name."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("to") == "helper" and not told.get("recipient", "").strip():
            self.add_error("recipient", _("Say to whom it goes."))
        return told

    def what(self) -> HandOver:
        """What the action takes."""
        told = self.cleaned_data
        names = ("given_by", "language", "explained_by")
        return HandOver(
            lines=frozenset(map(UUID, told.get("lines", ()))),
            results=frozenset(map(UUID, told.get("results", ()))),
            recipient=told["recipient"] if told["to"] == "helper" else "",
            recipient_kind=told["recipient_kind"],
            kind=told["kind"],
            consent=ConsentDocument(**{name: told[name] for name in names}, read_back=True),
            expires_on=told["expires_on"],
        )


class ReadForm(forms.Form):
    """A file, or its text: what could not be read comes back as text, so that nothing is lost."""

    file = forms.FileField(
        label=_("The file"), help_text=_("An International Patient Summary (FHIR, JSON), at most 1 MB."), required=False
    )
    text = note_field(_("Or its text"), _("Paste it here when there is no file."), rows=6)
    same = forms.BooleanField(
        label=_("It is the same person, although the name differs"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].max_length = None  # type: ignore[attr-defined]
        self.fields["text"].validators = []

    def raw(self) -> bytes:
        """The bytes of the file, else of the text."""
        chosen = self.cleaned_data["file"]
        return bytes(chosen.read()) if chosen else str(self.cleaned_data["text"]).encode()


class CoverageForm(forms.Form):
    """Which disease, which year."""

    disease = choice_field(_("Which disease?"))
    year = forms.TypedChoiceField(label=_("Which year?"), coerce=int)

    def __init__(self, *args: Any, diseases: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "disease", diseases)
        offer(self, "year", [(year, str(year)) for year in years])
