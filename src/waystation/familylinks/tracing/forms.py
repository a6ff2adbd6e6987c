"""Forms of tracing requests."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.tracing.actions import RequestDraft
from waystation.familylinks.tracing.codes import (
    BY_OFFICER,
    Ask,
    Cause,
    Ending,
    How,
    NameKind,
    Refusal,
    Relation,
    State,
)
from waystation.familylinks.tracing.documents import NamePart, Relative, RequestDocument
from waystation.familylinks.tracing.models import TracingRequest
from waystation.people.codes import AgeBand, Sex
from waystation.people.forms.fields import (
    NOT_TOLD,
    LanguageField,
    LinesField,
    choice_field,
    line_field,
    note_field,
    offer,
    ticks,
)
from waystation.people.places import country_choices
from waystation.web.fields import DayField

WHEN = _("A year, a month like 2024-05, or a day like 2024-05-17.")
LANGUAGES, RELATIVES = 2, 4
ONE_LINE = (NameKind.GIVEN, NameKind.FATHER, NameKind.GRANDFATHER, NameKind.FAMILY, NameKind.MOTHER)
MANY_LINES = (NameKind.NICKNAME, NameKind.VARIANT)
SAME_NAME = (
    "birth_year", "birth_place", "country", "work", "looks", "cause", "lost_on", "lost_at", "lost_how", "last_on",
    "last_country", "last_place", "last_phone", "last_how", "together", "asked_already", "wishes",
)  # fmt: skip


def _lines(label: Any, hint: Any) -> LinesField:
    widget = forms.Textarea(attrs={"rows": 2, "dir": "auto", "spellcheck": "false"})
    return LinesField(label=label, help_text=hint, required=False, widget=widget)


class RequestForm(forms.Form):
    """Who is sought, and how they lost each other. One name is enough to begin; "not known" is always an answer."""

    relation = choice_field(_("Who is sought? They are the enquirer's …"), [("", _("Choose one")), *Relation.choices])
    given = line_field(_("Given name"), _("As the enquirer writes it, in their own script."))
    father = line_field(_("Father's name"))
    grandfather = line_field(_("Grandfather's name"))
    family = line_field(_("Family name"))
    mother = line_field(_("Mother's name"))
    nickname = _lines(_("Nicknames"), _("One a line: what family and friends call them."))
    variant = _lines(_("Also written"), _("One a line: other spellings, other scripts, the name in a passport."))
    sex = choice_field(_("Sex"), Sex.choices, radios=True)
    age_band = choice_field(_("Age today"), AgeBand.choices, radios=True)
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        help_text=_("About is enough."),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    birth_place = line_field(_("Born in (town, village)"))
    country = choice_field(_("Comes from"), required=False)
    work = line_field(_("Work"), _("A trade often finds people sooner than a name."))
    looks = note_field(
        _("How one would know them"), _("Height, a scar, a limp, what they wore. Only what helps."), rows=2
    )
    cause = choice_field(_("How did they lose each other?"), [NOT_TOLD, *Cause.choices], required=False)
    lost_on = line_field(_("When"), WHEN, dir="ltr")
    lost_at = line_field(_("Where"))
    lost_how = note_field(_("What happened"), _("In the enquirer's words, as much as they wish to tell."))
    last_on = line_field(_("Last heard of when"), WHEN, dir="ltr")
    last_country = choice_field(_("In which country"), required=False)
    last_place = line_field(_("In which place"))
    last_phone = line_field(_("Last telephone number"), dir="ltr")
    last_how = note_field(_("How they last heard of each other"), rows=2)
    together = note_field(_("Who was on the way with them"), _("Names, a guide, a boat, a bus, a shelter."), rows=2)
    asked_already = note_field(
        _("Who was asked already"), _("Other organisations, with their number; and what they said."), rows=2
    )
    wishes = note_field(_("What the enquirer wishes, and fears"), _("Who must never hear that they ask."), rows=2)
    may_ask = ticks(_("Whom may we ask?"), Ask.choices, _("Read each one out. Authorities are never asked."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("country", "last_country"):
            offer(self, name, [NOT_TOLD, *country_choices()])
        for place in range(LANGUAGES):
            label = _("Speaks best") if place == 0 else _("Also speaks")
            self.fields[f"language_{place}"] = LanguageField(label=label, required=False)
        for place in range(RELATIVES):
            self.fields[f"relative_is_{place}"] = choice_field(
                _("Relative of the person sought"), [NOT_TOLD, *Relation.choices], required=False
            )
            self.fields[f"relative_{place}"] = line_field(_("Name"))

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Who; the family; how they lost each other; the last news; what was done and may be done."""
        family = [f"{name}_{place}" for place in range(RELATIVES) for name in ("relative_is", "relative")]
        spoken = [f"language_{place}" for place in range(LANGUAGES)]
        named = {"who": (*WHO, *spoken, "work", "looks"), "family": family, **GROUPS}
        return [(LEGENDS[key], [self[name] for name in names]) for key, names in named.items()]

    def draft(self) -> RequestDraft:
        """What the actions take."""
        answers = self.cleaned_data
        names = [NamePart(kind=kind, text=answers[kind]) for kind in ONE_LINE]
        names += [NamePart(kind=kind, text=text) for kind in MANY_LINES for text in answers[kind]]
        relatives = [
            Relative(relation=answers[f"relative_is_{place}"] or Relation.OTHER, name=answers[f"relative_{place}"])
            for place in range(RELATIVES)
        ]
        document = RequestDocument(
            names=tuple(names),
            relatives=tuple(relatives),
            languages=tuple(filter(None, (answers[f"language_{place}"] for place in range(LANGUAGES)))),
            may_ask=tuple(answers["may_ask"]),
            **{name: answers[name] for name in SAME_NAME},
        )
        coarse = {name: answers[name] for name in ("relation", "sex", "age_band")}
        return RequestDraft(document=document, **coarse)


WHO = (
    "relation", "given", "father", "grandfather", "family", "mother", "nickname", "variant", "sex", "age_band",
    "birth_year", "birth_place", "country",
)  # fmt: skip
GROUPS: dict[str, tuple[str, ...]] = {
    "lost": ("cause", "lost_on", "lost_at", "lost_how"),
    "last": ("last_on", "last_country", "last_place", "last_phone", "last_how", "together"),
    "asking": ("asked_already", "wishes", "may_ask"),
}
LEGENDS: dict[str, Any] = {
    "who": _("The person sought"),
    "family": _("Their family"),
    "lost": _("How they lost each other"),
    "last": _("The last news"),
    "asking": _("Whom we may ask"),
}


def initial_of(row: TracingRequest, said: RequestDocument) -> dict[str, Any]:
    """What stands in the form of a request that is there."""
    names: dict[str, Any] = {kind.value: next(iter(said.of(kind)), "") for kind in ONE_LINE}
    names |= {kind.value: said.of(kind) for kind in MANY_LINES}
    spoken = {f"language_{place}": code for place, code in enumerate(said.languages)}
    family = {f"relative_{place}": one.name for place, one in enumerate(said.relatives)}
    family |= {f"relative_is_{place}": one.relation for place, one in enumerate(said.relatives)}
    coarse = {name: getattr(row, name) for name in ("relation", "sex", "age_band")}
    same = {name: getattr(said, name) for name in (*SAME_NAME, "may_ask")}
    return {**names, **spoken, **family, **coarse, **same}


class MoveForm(forms.Form):
    """What goes with an act; which questions stand depends on it."""

    refusal = choice_field(_("Why is it not taken up?"), Refusal.choices, radios=True)
    ending = choice_field(_("How does it end?"), Ending.choices, radios=True)
    words = note_field(_("In words"))

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, asked_by in (("refusal", ("refuse",)), ("ending", ("close",)), ("words", ("refuse", "send"))):
            if act not in asked_by:
                del self.fields[name]
        if act == "refuse":
            self.fields["words"].label = _("Who else can help?")
        if act == "send":
            self.fields["words"].label = _("To which society, and how?")


class TellForm(forms.Form):
    """How the enquirer was told, and what they said."""

    how = choice_field(_("How?"), How.choices, radios=True)
    on = DayField(label=_("On which day?"))
    answer = note_field(_("What did they say?"), _("New facts, a wish, how they are."), rows=2)


class NewsForm(TellForm):
    """What the enquirer was told."""

    news = choice_field(_("What were they told?"), [(one.value, one.label) for one in BY_OFFICER], radios=True)
    words = note_field(_("In words"), rows=2)
    field_order = ("news", "how", "on", "words", "answer")


class ListForm(forms.Form):
    """Coarse facts only."""

    state = choice_field(_("State"), [("", _("All that are not closed")), *State.choices], required=False)
    relation = choice_field(_("Who is sought"), [("", _("Any")), *Relation.choices], required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)
    order = choice_field(_("Order"), [("newest", _("Newest first")), ("oldest", _("Oldest first"))], required=False)
