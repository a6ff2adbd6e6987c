"""Forms about who was aboard, who was found dead, and what families tell."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.familylinks.missing.codes import BodyState, Outcome, Samples, Sure
from waystation.familylinks.missing.documents import AboardDocument, AnteMortemDocument, BodyDocument, Features
from waystation.people.codes import Sex
from waystation.people.forms.fields import NOT_TOLD, LinesField, choice_field, line_field, note_field

WHEN = _("A year, a month like 2024-05, or a day like 2024-05-17.")
FEATURES = tuple(Features.__dataclass_fields__)


def _number(label: Any, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, required=False, widget=forms.NumberInput(attrs={"dir": "ltr"})
    )


class AboardForm(forms.Form):
    """Somebody who was aboard. One thing by which somebody would know them is enough."""

    names = LinesField(
        label=_("Names"),
        help_text=_("One a line, as they were heard; nicknames too."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "spellcheck": "false"}),
    )
    sex = choice_field(_("Sex"), [NOT_TOLD, *Sex.choices], required=False)
    age = line_field(_("Age"), _("About is enough."))
    origin = line_field(_("Where they came from"))
    words = note_field(_("What else was told"), _("Where they sat, what they wore, with whom they were."))
    told_by = line_field(_("Who told it?"), _("So that somebody can ask again: a name, or how to find them."))
    sure = choice_field(_("How sure are they?"), Sure.choices, radios=True)

    def document(self) -> AboardDocument:
        """What the action takes."""
        return AboardDocument(**self.cleaned_data)


class OutcomeForm(forms.Form):
    """What became of somebody."""

    outcome = choice_field(_("What became of them?"), radios=True)

    def __init__(self, *args: Any, acts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(act, Outcome(act).label) for act in acts]  # type: ignore[attr-defined]


class FeaturesForm(forms.Form):
    """What somebody looks like: the same questions for the family and for the dead."""

    sex = choice_field(_("Sex"), [NOT_TOLD, *Sex.choices], required=False)
    age_from = _number(_("Age from (years)"))
    age_to = _number(_("Age to (years)"))
    height_from = _number(_("Height from (centimetres)"))
    height_to = _number(_("Height to (centimetres)"))
    hair = note_field(_("Hair and beard"), _("Colour, length, how it was worn."), rows=2)
    teeth = note_field(_("Teeth"), _("Missing, broken, crooked, gold, a gap."), rows=2)
    scars = note_field(_("Scars, operations, old injuries"), _("Where on the body, and since when."), rows=2)
    tattoos = note_field(_("Tattoos, piercings, birthmarks"), _("Where on the body, and what they show."), rows=2)
    clothing = note_field(_("Clothing and shoes"), _("Colours, marks, sizes, what stands on the label."), rows=2)
    belongings = note_field(_("What they carried"), _("Jewellery, telephone, bag, amulet."), rows=2)
    written = note_field(_("Anything written that they carried"), _("Letters, numbers, addresses, a prayer."), rows=2)
    other = note_field(_("Anything else"), rows=2)

    def features(self) -> Features:
        """As both documents hold them."""
        return Features(**{name: self.cleaned_data[name] for name in FEATURES})


LOOKS = (_("What somebody looks like"), FEATURES)


class BodyForm(FeaturesForm):
    """Somebody found dead."""

    found_on = line_field(_("Found when"), WHEN, dir="ltr")
    found_at = note_field(_("Found where"), rows=2)
    lies_at = note_field(
        _("Where the body lies now"), _("Hospital, mortuary, cemetery and number of the grave."), rows=2
    )
    authority = line_field(_("Which authority has it in hand?"))
    reference = line_field(_("Their reference"), dir="ltr")
    samples = choice_field(_("Were samples taken?"), Samples.choices, radios=True)
    samples_words = note_field(_("Which, by whom, where they are kept"), rows=2)

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Found; what can be seen; where it is now."""
        groups = ((pgettext_lazy("somebody dead", "Found"), ("found_on", "found_at")), LOOKS, (_("Now"), NOW))
        return [(legend, [self[name] for name in names]) for legend, names in groups]

    def document(self) -> BodyDocument:
        """What the action takes."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in FEATURES}
        return BodyDocument(features=self.features(), **rest)


NOW = ("lies_at", "authority", "reference", "samples", "samples_words")


class AnteMortemForm(FeaturesForm):
    """What the family tells. Whatever hurts too much to tell may stay empty."""

    told_by = line_field(_("Who of the family told it?"))
    samples = choice_field(_("Has somebody of the family given a sample?"), Samples.choices, radios=True)
    samples_words = note_field(_("Who, to whom, when"), rows=2)

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Who tells; what they tell; samples."""
        groups = ((_("Who tells"), ("told_by",)), LOOKS, (_("Samples"), ("samples", "samples_words")))
        return [(legend, [self[name] for name in names]) for legend, names in groups]

    def document(self) -> AnteMortemDocument:
        """What the action takes."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in FEATURES}
        return AnteMortemDocument(features=self.features(), **rest)


class BodiesForm(forms.Form):
    """Which of those found dead are listed."""

    state = choice_field(
        _("Who they were"), [("", pgettext_lazy("of a filter", "All")), *BodyState.choices], required=False
    )
    order = choice_field(_("Sort"), [("newest", _("Newest first")), ("oldest", _("Oldest first"))], required=False)


def initial_of(document: Any) -> dict[str, Any]:
    """A document that has features, as the forms show it."""
    told = {name: getattr(document, name) for name in document.__dataclass_fields__ if name != "features"}
    return told | {name: getattr(document.features, name) for name in FEATURES}
