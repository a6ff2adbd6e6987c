"""Forms of the front desk: nothing is required but what the next step truly needs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework.actions import HelpDraft, NeedDraft
from waystation.casework.codes import FIRST_NEEDS, NEED_CHOICES, NEEDS, EncounterKind, Service, Severity, Threat
from waystation.kernel.errors import Invalid
from waystation.people.codes import AgeBand, Relation, Sex
from waystation.people.documents import IdentityDocument
from waystation.people.drafts import MemberDraft, RegistrationDraft
from waystation.people.places import country_choices
from waystation.people.tongues import common_choices

LONGEST_TYPED = 4000
MOST_MEMBERS = 20
NAME = {"dir": "auto", "autocomplete": "off", "spellcheck": "false"}


def name_field(label: Any, hint: Any = "") -> forms.CharField:
    """A name in any script; length is judged by the action, which keeps what was typed."""
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST_TYPED, widget=forms.TextInput(attrs=NAME)
    )


class WhoForm(forms.Form):
    """Who someone is, as far as they wish to say."""

    given_name = name_field(_("Given name"))
    family_name = name_field(_("Family name"))
    alias = name_field(_("Or: a name to be called by"), _("Enough by itself."))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect, initial=Sex.NOT_KNOWN)
    age_band = forms.ChoiceField(
        label=_("Age"), choices=AgeBand.choices, widget=forms.RadioSelect, initial=AgeBand.NOT_KNOWN
    )


class MoreForm(forms.Form):
    """What else helps to find and to help someone; all of it may stay empty."""

    origin = forms.ChoiceField(label=_("Comes from"), required=False)
    language = forms.ChoiceField(label=_("Speaks best"), required=False)
    interpreter_needed = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    birth_year = forms.IntegerField(
        label=_("Year of birth"), required=False, widget=forms.NumberInput(attrs={"min": 1900})
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "tel", "dir": "ltr", "autocomplete": "off"}),
    )
    other_name = name_field(_("Another spelling or name"))
    know_now = forms.CharField(
        label=_("To know now"),
        help_text=_("Read by everyone who helps them: an allergy, a fear, a wish."),
        required=False,
        max_length=LONGEST_TYPED,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    kept_to_post = forms.BooleanField(label=_("Only this post may see this person"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"].choices = [("", _("Not told")), *country_choices()]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("Not told")), *common_choices()]  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Someone who travels with the first person; name, origin and language are taken over where left empty."""

    given_name = name_field(_("Given name"))
    family_name = name_field(_("Family name, if another"))
    relation = forms.ChoiceField(label=_("Is to the first person"), choices=Relation.choices, initial=Relation.CHILD)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect, initial=Sex.NOT_KNOWN)
    age_band = forms.ChoiceField(
        label=_("Age"), choices=AgeBand.choices, widget=forms.RadioSelect, initial=AgeBand.NOT_KNOWN
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relations = [choice for choice in Relation.choices if choice[0] != Relation.FIRST]
        self.fields["relation"].choices = relations  # type: ignore[attr-defined]


class HelpForm(forms.Form):
    """What is needed and what was given, ticked."""

    needs = forms.MultipleChoiceField(
        label=_("What is needed?"), choices=FIRST_NEEDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    given = forms.MultipleChoiceField(
        label=_("What was given?"), choices=Service.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    threats = forms.MultipleChoiceField(
        label=_("Is something threatened right now?"),
        choices=Threat.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    severity = forms.ChoiceField(
        label=_("How bad is it?"), choices=Severity.choices, widget=forms.RadioSelect, initial=Severity.MEDIUM
    )

    def draft(self, kind: str) -> HelpDraft:
        """What the action takes. A threat without a need stands for a need of health care or of shelter."""
        answers = self.cleaned_data
        codes = list(answers["needs"])
        threats = frozenset(answers["threats"])
        if threats and not codes:
            codes = ["health" if threats & {Threat.PHYSICAL_HEALTH, Threat.MENTAL_HEALTH} else "shelter"]
        note = answers.get("note", "")
        needs = [
            NeedDraft(code=code, severity=answers["severity"], threats=threats, note=note if place == 0 else "")
            for place, code in enumerate(codes)
        ]
        return HelpDraft(needs=needs, given=answers["given"], kind=kind)


class TickedForm(HelpForm):
    """Help by itself: something must be ticked, or there is nothing to record."""

    def clean(self) -> dict[str, Any]:
        """One thing is enough."""
        answers = super().clean() or {}
        if not (answers.get("needs") or answers.get("given") or answers.get("threats")):
            self.add_error("needs", _("Tick at least one thing: a threat, a need, or what was given."))
        return answers


class PersonHelpForm(TickedForm):
    """Help for a person who is registered: every need, and a note."""

    note = forms.CharField(
        label=_("Note"),
        help_text=_("Belongs to the first need ticked; only those who may read about such needs can open it."),
        required=False,
        max_length=LONGEST_TYPED,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, seen: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = [(code, NEEDS[code].label) for code in seen if NEEDS[code].chosen]  # type: ignore[attr-defined]


class UrgentForm(TickedForm):
    """Urgent help before any registration."""

    needs = forms.MultipleChoiceField(
        label=_("What is needed?"), choices=NEED_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect, initial=Sex.NOT_KNOWN)
    age_band = forms.ChoiceField(
        label=_("Age"), choices=AgeBand.choices, widget=forms.RadioSelect, initial=AgeBand.NOT_KNOWN
    )


class RegistrationForms:
    """The whole registration page: the first person, those who travel along, and what happens now.

    Blocks of those who travel along keep their numbers when one between them is taken out; `added` is the number of
    the one just added, which begins with its defaults and has nothing to mend yet.
    """

    def __init__(self, data: Mapping[str, Any] | None, *, initial: Mapping[str, Any] | None = None) -> None:
        told = dict(initial or {})
        self.who = WhoForm(data, initial=told)
        self.more = MoreForm(data, initial=told)
        self.help = HelpForm(data)
        self.places, self.added = _places(data)
        self.members = [
            MemberForm(None if place == self.added else data, prefix=f"member-{place}") for place in self.places
        ]

    @property
    def blocks(self) -> list[tuple[int, MemberForm]]:
        """Those who travel along, each with the number of its block."""
        return list(zip(self.places, self.members, strict=True))

    @property
    def next_place(self) -> int:
        """The number the next block would have."""
        return max(self.places, default=-1) + 1

    def __iter__(self) -> Iterator[forms.Form]:
        yield from (self.who, self.more, self.help, *self.members)

    def is_valid(self) -> bool:
        """Whether every part can be read and something was told; each part keeps its own errors."""
        valid = [form.is_valid() for form in self]
        if all(valid) and not self._tells_something():
            self.who.add_error(None, _("Nothing is told yet: a name to be called by, a sex or an age band is enough."))
            return False
        return all(valid)

    def _tells_something(self) -> bool:
        who, more, help_now = self.who.cleaned_data, self.more.cleaned_data, self.help.cleaned_data
        known = {**who, "sex": who["sex"] != Sex.NOT_KNOWN, "age_band": who["age_band"] != AgeBand.NOT_KNOWN}
        ticked = (help_now["needs"], help_now["given"], help_now["threats"])
        return bool(self.members) or any([*known.values(), *more.values(), *ticked])

    def has_errors(self) -> bool:
        """Whether something needs mending."""
        return any(form.is_bound and form.errors for form in self)

    def drafts(self, person_id: Any) -> list[MemberDraft]:
        """What the action takes, the first person first."""
        first = self._first_identity()
        who = self._draft(first, self.who.cleaned_data, person_id)
        return [
            MemberDraft(person=who, relation=Relation.FIRST),
            *(self._member(form.cleaned_data, first) for form in self.members),
        ]

    def first_draft(self) -> RegistrationDraft | None:
        """The first person alone, while others are still being typed; None when it cannot be read yet."""
        if not (self.who.is_valid() and self.more.is_valid()):
            return None
        return self._draft(self._first_identity(), self.who.cleaned_data)

    def _first_identity(self) -> IdentityDocument:
        who, more = self.who.cleaned_data, self.more.cleaned_data
        return IdentityDocument(
            given_name=who["given_name"],
            family_name=who["family_name"],
            alias=who["alias"],
            names_as_written=(more["other_name"],) if more["other_name"] else (),
            birth_year=more["birth_year"],
            origin=more["origin"],
            languages=(more["language"],) if more["language"] else (),
            phone=more["phone"],
            know_now=more["know_now"],
        )

    def help_draft(self) -> HelpDraft:
        """What happened in this meeting."""
        return self.help.draft(EncounterKind.REGISTRATION)

    def mend(self, problem: Invalid) -> None:
        """Put what the action refused where it belongs: `0.given_name` is the first person, `2.sex` the third."""
        for name, says in problem.fields.items():
            place, _dot, field = name.rpartition(".")
            number = int(place) if place.isdigit() else 0
            candidates = [self.who, self.more, self.help] if number == 0 else [self.members[number - 1]]
            form = next((form for form in candidates if field in form.fields), candidates[0])
            form.add_error(field if field in form.fields else None, str(says))

    def _draft(
        self, identity: IdentityDocument, answers: Mapping[str, Any], person_id: Any = None
    ) -> RegistrationDraft:
        more = self.more.cleaned_data
        return RegistrationDraft(
            identity=identity,
            sex=answers["sex"],
            age_band=answers["age_band"],
            interpreter_needed=more["interpreter_needed"],
            kept_to_post=more["kept_to_post"],
            person_id=person_id,
        )

    def _member(self, answers: Mapping[str, Any], first: IdentityDocument) -> MemberDraft:
        identity = IdentityDocument(
            given_name=answers["given_name"],
            family_name=answers["family_name"] or first.family_name,
            origin=first.origin,
            languages=first.languages,
        )
        return MemberDraft(person=self._draft(identity, answers), relation=answers["relation"])


def _places(data: Mapping[str, Any] | None) -> tuple[list[int], int | None]:
    """The numbers of the blocks the page holds, less one taken out, and one more when another was asked for."""
    if data is None:
        return [], None
    held = [int(word) for word in str(data.get("members", "")).split(",") if word.isdigit() and len(word) < 4]
    places = [place for place in dict.fromkeys(held) if str(place) != data.get("without")][:MOST_MEMBERS]
    if "another" not in data or len(places) == MOST_MEMBERS:
        return places, None
    added = max(held, default=-1) + 1
    return [*places, added], added
