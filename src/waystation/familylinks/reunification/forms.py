"""Forms of bringing a family together."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.familylinks.reunification.actions import ReunificationDraft
from waystation.familylinks.reunification.applying import StepDraft
from waystation.familylinks.reunification.codes import BY_HAND, Act, ProofKind, Refusal, Side, State, Submitter
from waystation.familylinks.reunification.documents import AgreementDocument, ReunificationDocument, Travel
from waystation.familylinks.tracing.codes import Relation
from waystation.kernel.errors import Text
from waystation.people.forms.fields import choice_field, line_field, note_field, offer
from waystation.web.fields import DayField


def _day(label: Any, hint: Any = "") -> DayField:
    return DayField(label=label, help_text=hint, required=False)


def _happened() -> DayField:
    return _day(_("On which day?"), _("Leave it empty for today."))


class KnownForm(forms.Form):
    """Who the other is, and what both wish."""

    other_name = line_field(_("Name of the other"), _("Leave it empty for somebody chosen from the book."))
    other_place = line_field(_("Where they are now"))
    other_reach = line_field(_("How to reach them safely"))
    other_child = forms.BooleanField(label=_("The other is a child, under eighteen"), required=False)
    wishes = note_field(_("What they wish"), _("Who wants to live where, with whom, and what they fear."))

    def document(self) -> ReunificationDocument:
        """What the action takes."""
        return ReunificationDocument(**{name: self.cleaned_data[name] for name in KnownForm.base_fields})


class BeginForm(KnownForm):
    """Who wants to live with whom."""

    relation = choice_field(_("The other is this person's …"), [("", _("Choose one")), *Relation.choices])
    request = choice_field(_("Found through"), required=False)
    other_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("relation", "other_id", "other_name", "other_place", "other_reach", "other_child", "wishes")

    def __init__(self, *args: Any, requests: Iterable[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(requests)
        offer(self, "request", [("", _("Another way")), *offered])
        if not offered:
            del self.fields["request"]

    def draft(self) -> ReunificationDraft:
        """What the action takes."""
        said = self.cleaned_data
        return ReunificationDraft(
            relation=said["relation"],
            other_id=said["other_id"],
            request_id=UUID(said["request"]) if said.get("request") else None,
            document=self.document(),
        )


class ProofForm(forms.Form):
    """One thing by which it is shown."""

    kind = choice_field(_("By what is it shown that they are family?"), ProofKind.choices, radios=True)
    words = note_field(_("What is it, and where does it lie?"), rows=3)


class YesForm(forms.Form):
    """One side says yes."""

    words = note_field(
        _("What did they say, in their words?"), _("Ask alone, without the other near, and in a language they speak.")
    )
    asked_by = line_field(_("Who asked them?"), _("You, or a colleague in the other country."))
    on = _happened()

    def document(self) -> AgreementDocument:
        """What the action takes."""
        return AgreementDocument(words=self.cleaned_data["words"], asked_by=self.cleaned_data["asked_by"])


class StepForm(forms.Form):
    """One step: the day it happened and a few words; what else belongs to the act stands before."""

    on = _happened()
    words = note_field(_("In words"), rows=3)
    act = ""

    def draft(self) -> StepDraft:
        """What the action takes."""
        return StepDraft(act=self.act, **self.cleaned_data)


class WeighForm(StepForm):
    """What is best for the child."""

    words = note_field(_("Who decided, and what?"), _("The child's own wish first."), rows=4)


class SubmitForm(StepForm):
    """Before the authority."""

    authority = line_field(_("Which authority?"))
    submitter = choice_field(_("Who brings it there?"), Submitter.choices, radios=True)
    words = note_field(_("In words"), rows=3)
    field_order = ("authority", "submitter", "on", "words")


class RefuseForm(StepForm):
    """The authority said no."""

    refusal = choice_field(_("Why did it say no?"), Refusal.choices, radios=True)
    appeal_by = _day(_("Until when can it be asked again?"), _("Look at the letter. A lawyer must know of it today."))
    words = note_field(_("What does the letter say, and what do they want to do now?"), rows=3)
    field_order = ("refusal", "appeal_by", "on", "words")


class ArrangeForm(StepForm):
    """The journey."""

    travel_on = _day(_("On which day do they travel?"))
    route = note_field(_("Which way?"), rows=2)
    escort = line_field(_("Who travels along?"))
    tickets = line_field(_("Tickets"), _("Who pays, and where they lie."))
    met_by = line_field(_("Who waits for them when they arrive?"))
    on = _day(_("When was it arranged?"), _("Leave it empty for today."))
    field_order = ("travel_on", "route", "escort", "tickets", "met_by", "on", "words")

    def draft(self) -> StepDraft:
        """What the action takes."""
        said = dict(self.cleaned_data)
        travel = Travel(on=said.pop("travel_on"), **{name: said.pop(name) for name in TRAVEL})
        return StepDraft(act=self.act, travel=travel, **said)


TRAVEL = ("route", "escort", "tickets", "met_by")


class FollowForm(StepForm):
    """How it goes since they are together."""

    words = note_field(_("How does it go, and what do they need?"), _("Ask each of them alone."), rows=4)


class WithdrawForm(StepForm):
    """One of them wants it no more."""

    side = choice_field(_("Who wants it no more?"), Side.choices, radios=True)
    words = note_field(_("In words"), _("Nobody has to say why. The other is told only what this side allows."), rows=2)
    field_order = ("side", "on", "words")


class CloseForm(StepForm):
    """Why it is closed."""

    ending = choice_field(_("Why is it closed?"), [(one.value, one.label) for one in BY_HAND], radios=True)
    field_order = ("ending", "on", "words")


FORMS: dict[str, type[StepForm]] = {
    Act.PROVE: StepForm,
    Act.WEIGH: WeighForm,
    Act.SUBMIT: SubmitForm,
    Act.APPEAL: SubmitForm,
    Act.GRANT: StepForm,
    Act.REFUSE: RefuseForm,
    Act.ARRANGE: ArrangeForm,
    Act.MEET: StepForm,
    Act.FOLLOW: FollowForm,
    Act.WITHDRAW: WithdrawForm,
    Act.CLOSE: CloseForm,
}


class ListForm(forms.Form):
    """Which ones."""

    state = choice_field(_("Where it stands"), [("", _("All that are open")), *State.choices], required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)
