"""Forms of a person's pages. Rules live in the actions; forms carry text there and back, filled."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.people.codes import (
    AgeBand,
    ConsentState,
    DisclosureKind,
    ErasureReason,
    GivenBy,
    InterviewerSex,
    NoticeVia,
    Purpose,
    RecipientKind,
    Relation,
    Sex,
    Stage,
)
from waystation.people.documents import ConsentDocument, DisclosureDocument, IdentityDocument, StopDocument
from waystation.people.models import Person
from waystation.people.places import country_choices
from waystation.people.tongues import language_choices

LONGEST_TYPED = 4000


def line(label: Any, hint: Any = "") -> forms.CharField:
    """One line in any script; its length is judged by the action, which keeps what was typed."""
    attrs = {"dir": "auto", "autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST_TYPED, widget=forms.TextInput(attrs=attrs)
    )


def lines(label: Any, hint: Any = "") -> forms.CharField:
    """Several lines in any script."""
    widget = forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=LONGEST_TYPED, widget=widget)


def choice(label: Any, choices: Any, *, empty: Any = None, chips: bool = False) -> forms.ChoiceField:
    """One of a list; with `empty`, none of it is an answer too."""
    offered = [*([("", empty)] if empty else []), *choices]
    return forms.ChoiceField(
        label=label, choices=offered, required=not empty, widget=forms.RadioSelect if chips else forms.Select
    )


class CorrectForm(forms.Form):
    """Everything in an identity, and the plain facts beside it."""

    given_name = line(_("Given name"))
    family_name = line(_("Family name"))
    alias = line(_("A name to be called by"))
    names_as_written = lines(_("Other spellings and names"), _("One a line."))
    sex = choice(_("Sex"), Sex.choices, chips=True)
    age_band = choice(_("Age"), AgeBand.choices, chips=True)
    birth_year = forms.IntegerField(label=_("Year of birth"), required=False)
    birth_date = forms.DateField(
        label=_("Date of birth"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    origin = choice(_("Comes from"), (), empty=_("Not told"))
    languages = forms.MultipleChoiceField(
        label=_("Speaks"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    interpreter_needed = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    prefers_interviewer_sex = choice(_("Would rather speak with"), InterviewerSex.choices, empty=_("Anyone"))
    phone = line(_("Telephone"))
    contact_note = lines(_("How to reach them"), _("Safe hours, someone who passes a message on."))
    know_now = lines(_("To know now"), _("What whoever meets them next must know: an allergy, a fear, a wish."))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"].choices = [("", _("Not told")), *country_choices()]  # type: ignore[attr-defined]
        self.fields["languages"].choices = language_choices()  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(person: Person, identity: IdentityDocument) -> dict[str, Any]:
        """What stands there now."""
        names = [name for name in CorrectForm.base_fields if hasattr(identity, name)]
        return {
            **{name: getattr(identity, name) for name in names},
            "names_as_written": "\n".join(identity.names_as_written),
            "languages": list(identity.languages),
            "sex": person.sex,
            "age_band": person.age_band,
            "interpreter_needed": person.interpreter_needed,
            "revision": person.revision,
        }

    def identity(self) -> IdentityDocument:
        """What the action takes."""
        answers = self.cleaned_data
        plain = {name: value for name, value in answers.items() if name in IdentityDocument.__dataclass_fields__}
        plain["names_as_written"] = tuple(answers["names_as_written"].splitlines())
        plain["languages"] = tuple(answers["languages"])
        return replace(IdentityDocument(), **plain)


class StopForm(forms.Form):
    """One stop of the road."""

    stage = choice(_("Which part of the road"), Stage.choices)
    country = choice(_("Country"), (), empty=_("Not told"))
    place = line(_("Place"))
    when = line(_("When"), _("A year, or year and month like 2026-03; may stay empty."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Not told")), *country_choices()]  # type: ignore[attr-defined]

    def stop(self) -> StopDocument:
        """What the action takes."""
        return StopDocument(**{name: self.cleaned_data[name] for name in ("country", "place", "when")})


class ConsentForm(forms.Form):
    """What the person allows or refuses."""

    state = choice(_("The person says"), [(ConsentState.GIVEN, _("Yes")), (ConsentState.REFUSED, _("No"))], chips=True)
    purpose = choice(_("For what"), Purpose.choices)
    recipient_kind = choice(_("To whom"), RecipientKind.choices)
    recipients = line(_("Named ones only"), _("With commas between. Empty: any of this kind."))
    withheld = line(_("Never to these"), _("With commas between."))
    given_by = choice(_("Who decides"), GivenBy.choices, chips=True)
    expires_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = lines(_("In their words"))

    def document(self, explained_by: str) -> ConsentDocument:
        """What the action takes."""
        answers = self.cleaned_data
        return ConsentDocument(
            recipients=_names(answers["recipients"]),
            withheld=_names(answers["withheld"]),
            given_by=answers["given_by"],
            explained_by=explained_by,
            note=answers["note"],
        )


class DisclosureForm(forms.Form):
    """What leaves, to whom, under which consent."""

    purpose = choice(_("For what"), Purpose.choices)
    recipient_kind = choice(_("To whom"), RecipientKind.choices)
    recipient = line(_("Who exactly"))
    kind = choice(_("By which way"), DisclosureKind.choices)
    fields_told = lines(_("What was told"), _("One a line: name, age, what is needed."))

    def document(self) -> DisclosureDocument:
        """What the action takes."""
        told = tuple(part.strip() for part in self.cleaned_data["fields_told"].splitlines() if part.strip())
        return DisclosureDocument(recipient=self.cleaned_data["recipient"], fields=told)


class NoticeForm(forms.Form):
    """Read-back: how the notice was given, and whether the person could say it in their own words."""

    via = choice(_("How was it given?"), NoticeVia.choices, chips=True)
    understood = choice(
        _("Could they say in their own words who reads this, and who never does?"),
        [("yes", _("Yes")), ("no", _("Not yet; explain again"))],
        chips=True,
    )


class RelationForm(forms.Form):
    """What someone is to the first person of a household."""

    relation = choice(_("Is to the first person"), [pair for pair in Relation.choices if pair[0] != Relation.FIRST])


class EraseForm(forms.Form):
    """Why, and that it is meant."""

    reason = choice(_("Why"), ErasureReason.choices, chips=True)
    sure = forms.BooleanField(label=_("I know that nobody can bring it back"))


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("،", ",").split(",") if part.strip())
