"""Forms about incidents on routes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waystation.familylinks.missing.codes import FIRST_YEAR, LAST_YEAR, MOST_PEOPLE, Cause, Order, Source
from waystation.people.forms.fields import NOT_TOLD, choice_field, line_field, note_field, offer
from waystation.web.fields import DayField

ALL = ("", pgettext_lazy("of a filter", "All"))
QUALITIES = [
    (1, _("1: one report in the media")),
    (2, _("2: told by people who saw it, on the way")),
    (3, _("3: several reports in the media")),
    (4, _("4: an organisation that helps")),
    (5, _("5: an authority, a court or a doctor of the dead")),
]


def year_field(label: Any) -> forms.IntegerField:
    """A year, or none."""
    widget = forms.NumberInput(attrs={"min": FIRST_YEAR, "max": LAST_YEAR, "dir": "ltr"})
    return forms.IntegerField(
        label=label, required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False, widget=widget
    )


def count_field(label: Any, hint: Any = "") -> forms.IntegerField:
    """How many people; nothing where nobody knows. Bounds are judged by the action."""
    widget = forms.NumberInput(attrs={"min": 0, "max": MOST_PEOPLE, "dir": "ltr"})
    return forms.IntegerField(label=label, help_text=hint, required=False, widget=widget)


class FilterForm(forms.Form):
    """Which incidents count."""

    source = choice_field(_("Who says so?"), [ALL, *Source.choices], required=False)
    first_year = year_field(_("From which year?"))
    last_year = year_field(_("Until which year?"))
    route = choice_field(_("Route"), required=False)
    region = choice_field(_("Region"), required=False)

    def __init__(self, *args: Any, choices: dict[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in choices.items():
            offer(self, name, [ALL, *((word, word) for word in words)])

    def clean(self) -> dict[str, Any]:
        """The years in their order."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("first_year") and told.get("last_year") and told["last_year"] < told["first_year"]:
            self.add_error("last_year", _("Write years, the lower number first."))
        return told


class ListForm(FilterForm):
    """Which incidents are listed, in which order."""

    cause = forms.CharField(required=False, widget=forms.HiddenInput())
    words = line_field(_("Place or country"))
    order = choice_field(_("Sort"), Order.choices, required=False)


class FileForm(forms.Form):
    """A file of the Missing Migrants Project."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("As IOM publishes it: a list of incidents (JSON) or a table (CSV). 20 MB at most."),
    )


class IncidentForm(forms.Form):
    """An incident that we write down. No name belongs here."""

    day = DayField(label=_("On which day?"), help_text=_("As near as anybody knows."))
    route = line_field(_("Route"), _("As others call it, so that it is counted with the others."), list="routes")
    region = line_field(_("Region"))
    country = line_field(_("Country"))
    place = note_field(_("Where, in words"), rows=2)
    latitude = forms.FloatField(label=_("Latitude"), required=False, widget=forms.TextInput(attrs={"dir": "ltr"}))
    longitude = forms.FloatField(label=_("Longitude"), required=False, widget=forms.TextInput(attrs={"dir": "ltr"}))
    dead = count_field(_("How many were found dead?"))
    missing = count_field(_("How many are missing?"))
    survivors = count_field(_("How many survived?"))
    women = count_field(_("Women"), _("Of the dead and missing. Leave empty what nobody knows."))
    men = count_field(_("Men"))
    children = count_field(_("Children"))
    cause = choice_field(_("What happened?"), Cause.choices)
    quality = forms.TypedChoiceField(
        label=_("How sure is it?"), choices=[NOT_TOLD, *QUALITIES], coerce=int, empty_value=None, required=False
    )
    sources = line_field(_("Who says so?"), _("A newspaper, an office, survivors. Never the name of one who told us."))
    url = line_field(_("Address on the web"), dir="ltr")

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Where and when; how many; who says so."""
        return [(legend, [self[name] for name in names]) for legend, names in GROUPS]


GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Where and when"), ("day", "route", "region", "country", "place", "latitude", "longitude")),
    (_("How many"), ("dead", "missing", "survivors", "women", "men", "children")),
    (_("What is known of it"), ("cause", "quality", "sources", "url")),
)
