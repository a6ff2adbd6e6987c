"""Forms of the directory: what anybody asks, and what its keepers write."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.referrals.codes import Service as Kind
from waystation.directory.codes import WHICH, Freq, PlaceType, SafeCheck, Safety, Status, Weekday
from waystation.directory.near import Point, read_point
from waystation.people.forms.fields import LanguageField, LinesField, choice_field, line_field, note_field, offer
from waystation.people.tongues import language_choices, language_name, own_name
from waystation.web.components.cldr import country_choices
from waystation.web.fields import DayField

ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("name", "pk"),
    "assured": ("assured_on", "name", "pk"),
    "changed": ("-changed_at", "pk"),
}


class AskForm(forms.Form):
    """What anybody asks. `where` are two numbers, for who is not near a place of the list."""

    kind = choice_field(_("What help do you look for?"), [("", _("Any help")), *Kind.choices], required=False)
    near = choice_field(_("Near which place?"), required=False)
    where = line_field(
        _("Or where are you?"),
        _("Two numbers from the map of your telephone, like 45.07, 7.68. Only roughly used, and kept nowhere."),
        inputmode="text",
    )
    open = forms.BooleanField(label=_("Open now"), required=False)
    language = choice_field(_("Where they speak"), required=False)
    step_free = forms.BooleanField(label=_("Without steps, for a wheelchair or a pram"), required=False)

    def __init__(self, *args: Any, places: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "near", [("", _("Anywhere")), *((place.code, place.name) for place in places)])
        spoken = [(code, _spoken(code)) for code in languages]
        offer(self, "language", [("", _("Any language")), *sorted(spoken, key=lambda pair: pair[1].casefold())])

    def clean_where(self) -> Point | None:
        """A point, to about a kilometre. Raises ValidationError."""
        if not self.cleaned_data["where"].strip():
            return None
        try:
            return read_point(self.cleaned_data["where"]).coarse
        except ValueError as problem:
            raise forms.ValidationError(_("Write two numbers as maps show them, like 45.07, 7.68.")) from problem


def _spoken(code: str) -> str:
    own, name = own_name(code), language_name(code)
    return own if own == name else f"{own} – {name}"


class ListForm(forms.Form):
    """Filter and order of the keepers' list."""

    kind = choice_field(_("Kind of help"), [("", _("Any")), *Kind.choices], required=False)
    status = choice_field(_("State"), [("", _("All that have not ended")), *Status.choices], required=False)
    safety = choice_field(_("Safe to approach?"), [("", _("Any")), *Safety.choices], required=False)
    city = choice_field(_("Town"), required=False)
    stale = forms.BooleanField(label=_("Only what nobody has confirmed for half a year"), required=False)
    order = choice_field(
        _("Order"),
        [("name", _("By name")), ("assured", _("Longest not confirmed first")), ("changed", _("Changed last first"))],
        required=False,
    )

    def __init__(self, *args: Any, cities: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "city", [("", _("Any")), *((city, city) for city in cities)])


class TextsForm(forms.Form):
    """What is written about a service in one language."""

    language = LanguageField(label=_("Written in which language?"))
    name = line_field(_("What is it called?"))
    description = note_field(_("What do people get there?"))
    application = note_field(_("How does one come in?"), _("Walk in, call first, take a number …"), rows=2)
    bring = note_field(
        _("What should people bring?"), _("Only what is truly needed: the child's health card, say."), rows=2
    )
    fees = line_field(_("What does it cost?"))
    wait_time = line_field(_("How long does one wait?"))
    alert = note_field(_("What must everybody know at present?"), rows=2)


class ServiceForm(TextsForm):
    """A service."""

    kind = choice_field(_("Kind of help"), Kind.choices)
    provider = choice_field(_("Who helps?"), required=False)
    provider_name = line_field(_("Or somebody who is not in the list"))
    languages = LinesField(
        label=_("Languages spoken there"),
        help_text=_("One a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    phones = LinesField(
        label=_("Telephone"),
        help_text=_("One a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr"}),
    )
    asks_nothing = forms.BooleanField(label=_("They ask nobody to show who they are"), required=False)
    referral_needed = forms.BooleanField(label=_("Somebody must send people there"), required=False)
    minimum_age = forms.IntegerField(label=_("From which age?"), required=False, min_value=0)
    maximum_age = forms.IntegerField(label=_("Up to which age?"), required=False, min_value=0)
    area = line_field(_("For people of which area?"), _("Empty: for everybody who comes."))
    website = line_field(_("Page on the internet"))
    email = line_field(_("E-mail"))

    def __init__(self, *args: Any, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "provider", [("", "—"), *providers])

    def clean_languages(self) -> tuple[str, ...]:
        """Names of languages as codes. Raises ValidationError for a name nobody knows."""
        known = {name.casefold(): code for code, name in language_choices()}
        own = {own_name(code).casefold(): code for code in known.values()}
        typed = [line.casefold() for line in self.cleaned_data["languages"]]
        codes = [line if line in known.values() else known.get(line) or own.get(line) for line in typed]
        if unknown := [line for line, code in zip(self.cleaned_data["languages"], codes, strict=True) if not code]:
            raise forms.ValidationError(_("Nobody knows this language: %(name)s") % {"name": unknown[0]})
        return tuple(code for code in codes if code)

    @property
    def first_part(self) -> list[forms.BoundField]:
        """What nearly every entry needs."""
        return [self[name] for name in FIRST]

    @property
    def second_part(self) -> list[forms.BoundField]:
        """What some entries need."""
        return [field for field in self if field.name not in FIRST]

    @property
    def more_is_open(self) -> bool:
        """Whether something of the second part is told or needs mending."""
        return any(field.errors or field.value() for field in self.second_part)


FIRST = ("kind", "provider", "provider_name", "language", "name", "description", "languages", "phones", "asks_nothing")


class PlaceForm(forms.Form):
    """Where a service is."""

    kind = choice_field(_("How do people come to it?"), PlaceType.choices, radios=True)
    name = line_field(_("Name of the place"))
    address = line_field(_("Street and number"))
    postal_code = line_field(_("Postal code"))
    city = line_field(_("Town"))
    province = line_field(_("Province"))
    country = choice_field(_("Country"), required=False)
    point = line_field(_("Where on the map?"), _("Two numbers, like 45.07, 7.68: then people find it by distance."))
    transport = line_field(_("How to get there"))
    step_free = forms.BooleanField(label=_("Without steps, for a wheelchair or a pram"), required=False)
    access = line_field(_("What else helps people who see, hear or move with difficulty"))
    zone = line_field(_("Time zone"), _("Like Europe/Rome."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "country", [("", "—"), *country_choices()])


class UseForm(forms.Form):
    """A place that stands in the directory already."""

    location = choice_field(_("Place"))

    def __init__(self, *args: Any, locations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "location", locations)


class HoursForm(forms.Form):
    """One rule of opening times."""

    freq = choice_field(_("How often?"), Freq.choices, radios=True, required=False)
    days = forms.MultipleChoiceField(
        label=_("On which days?"), choices=Weekday.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    which = choice_field(
        _("Which of them in the month?"), [(str(n), label) for n, label in WHICH.items()], required=False
    )
    opens_at = forms.TimeField(label=_("Opens"), widget=forms.TimeInput(attrs={"type": "time"}), initial=time(9))
    closes_at = forms.TimeField(
        label=_("Closes"),
        help_text=_("After midnight it is the next day; twice the same time means day and night."),
        widget=forms.TimeInput(attrs={"type": "time"}),
        initial=time(17),
    )
    interval = forms.IntegerField(label=_("Every how many weeks or months?"), required=False, min_value=1)
    dtstart = DayField(label=_("From which day on?"), required=False)
    until = DayField(label=_("Until which day?"), required=False)
    note = line_field(_("Note"))


class DaysOffForm(forms.Form):
    """Closed on these days."""

    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False)
    note = line_field(_("Note"))


class SafeForm(forms.Form):
    """What was looked at."""

    checks = forms.MultipleChoiceField(
        label=_("What did you see or hear there yourself?"),
        choices=SafeCheck.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ImportForm(forms.Form):
    """A directory of others."""

    file = forms.FileField(
        label=_("File"), help_text=_("HSDS 3.0: JSON, or a ZIP with its tables (CSV). 20 MB at most.")
    )
    language = LanguageField(label=_("Written in which language?"))
    show = forms.BooleanField(
        label=_("Show everything to the public at once"),
        help_text=_("Otherwise each new entry waits until one of you has looked at it."),
        required=False,
    )


class NearForm(forms.Form):
    """How far is still near, on the page of gaps."""

    km = choice_field(_("Near means within"), [(str(km), f"{km} km") for km in (2, 5, 10, 25, 50)], required=False)
