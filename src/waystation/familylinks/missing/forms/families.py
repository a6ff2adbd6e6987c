"""Forms about hypotheses, about keeping families told, and about the telling of a death."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from waystation.familylinks.missing.actions.families import PlanDraft
from waystation.familylinks.missing.actions.tellings import TellingDraft
from waystation.familylinks.missing.codes import MOST_MONTHS, NEED_GROUPS, SOONER, Act
from waystation.familylinks.missing.documents import PlanDocument, TellingDocument
from waystation.familylinks.tracing.codes import How
from waystation.people.forms.fields import LanguageField, choice_field, line_field, note_field, offer, ticks
from waystation.web.fields import DayField

NEVER_TOLD = _("Not told to the family. It may be wrong.")


class SeekForm(forms.Form):
    """Which incidents to choose from."""

    since = DayField(label=_("From which day?"), required=False)
    until = DayField(label=_("Until which day?"), required=False)
    words = line_field(_("Place, country or route"))


class RaiseForm(forms.Form):
    """An incident, or somebody found dead, and why."""

    incident_id = choice_field(_("Which incident?"), required=False)
    body_id = choice_field(_("Which of those found dead?"), required=False)
    why = note_field(_("Why do you think so?"), NEVER_TOLD)

    def __init__(self, *args: Any, incidents: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "incident_id", [("", _("None of these")), *incidents])
        offer(self, "body_id", [("", _("Nobody of these")), *bodies])


class MoveForm(forms.Form):
    """What goes with an act."""

    words = note_field(_("In words"), NEVER_TOLD)
    authority = line_field(_("Which authority confirmed it?"))
    reference = line_field(_("Their reference"), dir="ltr")

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = WORDS.get(act, _("In words"))
        if act != Act.CONFIRM:
            del self.fields["authority"], self.fields["reference"]


WORDS: Mapping[str, Any] = {
    Act.EXAMINE: _("What will be compared, and with whose help?"),
    Act.REJECT: _("What speaks against it?"),
    Act.SUPPORT: _("What was compared, and what agrees?"),
    Act.CONFIRM: _("By what did they confirm it?"),
    Act.DOUBT: _("What is in doubt, and who says so?"),
}


class PlanForm(forms.Form):
    """How a family is kept told, agreed with them."""

    who_tells = line_field(_("Who tells the family?"), _("Somebody whom they know; and who stands in."))
    language = LanguageField(label=_("In which language?"), required=False)
    agreed = note_field(_("How they wish to be told"), _("In their words: where, by whom first, at which hour."))
    beside = note_field(_("Whom they want beside them"), rows=2)
    never = note_field(_("Who must not hear of it"), rows=2)
    every_months = forms.TypedChoiceField(
        label=_("How often at least, also when there is nothing new?"),
        coerce=int,
        initial=MOST_MONTHS,
    )
    next_on = DayField(
        label=_("By which day next?"),
        help_text=_("Leave it empty for the last day that the rule allows."),
        required=False,
    )
    legal = ticks(NEED_GROUPS["legal"][0])
    economic = ticks(NEED_GROUPS["economic"][0])
    psychosocial = ticks(NEED_GROUPS["psychosocial"][0])
    needs_words = note_field(_("What else they need, in their words"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (_legend, codes) in NEED_GROUPS.items():
            offer(self, name, [(code.value, code.label) for code in codes])
        every = (1, 2, 3, MOST_MONTHS)
        offer(self, "every_months", [(n, ngettext("Every %d month", "Every %d months", n) % n) for n in every])

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """How they are told; what they need."""
        return [(legend, [self[name] for name in names]) for legend, names in PLAN_GROUPS]

    def draft(self) -> PlanDraft:
        """What the action takes."""
        answers = dict(self.cleaned_data)
        needs = tuple(code for name in NEED_GROUPS for code in answers.pop(name))
        when = {name: answers.pop(name) for name in ("every_months", "next_on")}
        return PlanDraft(document=PlanDocument(needs=needs, **answers), **when)


PLAN_GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("How they are told"), ("who_tells", "language", "agreed", "beside", "never", "every_months", "next_on")),
    (_("What they need while they wait"), ("legal", "economic", "psychosocial", "needs_words")),
)


def plan_initial(row: Any, document: PlanDocument) -> dict[str, Any]:
    """A plan as its form shows it."""
    told = {name: getattr(document, name) for name in ("who_tells", "language", "agreed", "beside", "never")}
    needs = {
        name: [code.value for code in codes if code in document.needs] for name, (_legend, codes) in NEED_GROUPS.items()
    }
    return {**told, **needs, "needs_words": document.needs_words, "every_months": row.every_months}


class AsksForm(forms.Form):
    """The family wishes to hear sooner."""

    days = forms.TypedChoiceField(
        label=_("Within how many days?"),
        coerce=int,
        initial=SOONER[1],
    )
    words = note_field(_("What they asked"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "days", [(days, ngettext("%d day", "%d days", days) % days) for days in SOONER])


class UpdateForm(forms.Form):
    """The family was told where things stand."""

    on = DayField(label=_("On which day?"))
    how = choice_field(_("How?"), How.choices, radios=True)
    words = note_field(_("What was said"), _("Also that there is nothing new. Only what is certain."))
    answer = note_field(_("What they said"), rows=2)


class TellingForm(forms.Form):
    """How a family is to be told of a death."""

    on = DayField(label=_("On which day?"))
    second = line_field(_("Who is with you?"), _("The second person, by name. Nobody tells it alone."))
    place = line_field(_("Where?"), _("Where they can sit, cry and stay. Never by telephone if it can be helped."))
    language = LanguageField(label=_("In which language?"), required=False)
    support = note_field(
        _("Which support is there?"), _("Somebody who stays, a doctor, the imam or priest, a number."), rows=2
    )

    def draft(self) -> TellingDraft:
        """What the actions take."""
        answers = dict(self.cleaned_data)
        return TellingDraft(on=answers.pop("on"), document=TellingDocument(**answers))


class ToldForm(TellingForm):
    """How a family was told."""

    told_to = line_field(_("Who of the family was told?"))
    said = note_field(_("What they said, and what they ask for"), rows=2)


class OwedForm(forms.Form):
    """Which families are listed."""

    which = choice_field(
        _("Which?"),
        [("", _("All who wait")), ("over", _("Those who should have heard already")), ("sooner", _("Those who asked"))],
        required=False,
    )
    order = choice_field(_("Sort"), [("", _("Owed first")), ("last", _("Owed last"))], required=False)


class WhyForm(forms.Form):
    """Why it is called off."""

    words = note_field(_("Why?"), rows=2)
