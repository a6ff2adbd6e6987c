"""Forms of referrals."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework import road
from waystation.casework.referrals.codes import (
    NODE_OF,
    Declined,
    Passed,
    Priority,
    Service,
    State,
    Verdict,
    Way,
)
from waystation.casework.referrals.models import ReferralDocument
from waystation.kernel.actors import Actor
from waystation.organisations import queries as organisations
from waystation.people.codes import GivenBy
from waystation.people.documents import ConsentDocument
from waystation.people.forms.fields import LanguageField, choice_field, line_field, note_field, offer
from waystation.web.fields import DayField

USUAL = (Passed.NAME, Passed.SEX, Passed.LANGUAGES, Passed.REASON)


TO = {"partner": "partner_id", "post": "to_post_id", "node": "peer_id"}


class DraftForm(forms.Form):
    """Whom we ask for what, how soon, and what we would tell them."""

    service = choice_field(_("What help is asked for?"))
    to = choice_field(_("Who is asked?"))
    node_kind = choice_field(
        _("What are they?"), NODE_OF, _("Only where you chose one of the other nodes."), required=False
    )
    priority = choice_field(_("How soon must an answer come?"), Priority.choices, _("By need alone."), radios=True)
    reason = note_field(_("Why help is asked for"))
    given = note_field(_("What was done already"), rows=2)
    special = note_field(_("What to take care of"), _("A fear, an allergy, the sex of who talks with them."), rows=2)
    caregiver = line_field(_("Who cares for the child"), _("For a child: who, and do they know of this?"))
    deadline = DayField(
        label=_("A day that must not be missed"), help_text=_("An appeal, an appointment."), required=False
    )
    deadline_of = line_field(_("What happens on that day?"))
    fields_told = forms.MultipleChoiceField(
        label=_("What may they be told?"),
        help_text=_("Only what they need to help. You will read it out to the person before anything leaves."),
        choices=Passed.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=[code.value for code in USUAL],
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "service", Service.choices)
        partners = organisations.partners_for(by).filter(is_active=True)
        posts = organisations.visible_to(by).filter(is_open=True)
        nodes, others = road.whom("referral.offer")
        self.fields["to"].help_text = others
        groups = [
            (_("Partners"), [(f"partner:{one.pk}", one.name) for one in partners]),
            (_("Our own posts"), [(f"post:{one.pk}", one.name) for one in posts]),
            (_("Other nodes, by a sealed message"), [(f"node:{number}", name) for number, name in nodes]),
        ]
        if not groups[-1][1]:
            del self.fields["node_kind"]
        offer(self, "to", [("", _("Choose who")), *((title, choices) for title, choices in groups if choices)])

    def to_ids(self) -> dict[str, UUID]:
        """The partner, the post or the node chosen."""
        kind, _colon, number = self.cleaned_data["to"].partition(":")
        return {TO[kind]: UUID(number)}

    def document(self) -> ReferralDocument:
        """What the action takes."""
        names = ("reason", "given", "special", "caregiver", "deadline", "deadline_of")
        told = {name: self.cleaned_data[name] for name in names}
        return ReferralDocument(fields=tuple(self.cleaned_data["fields_told"]), **told)


class AgreeForm(forms.Form):
    """How the person agreed."""

    given_by = choice_field(_("Who decided?"), GivenBy.choices, radios=True)
    language = LanguageField(label=_("In which language was it explained?"), required=False)
    explained_by = line_field(_("Who explained it?"), _("You, an interpreter, a relative."))
    expires_on = DayField(label=_("Until"), help_text=_("It can be taken back on any day."))
    agreed = forms.BooleanField(
        label=_("I read out what would leave and to whom; the person said it back and said yes.")
    )

    def document(self) -> ConsentDocument:
        """What the action takes."""
        names = ("given_by", "language", "explained_by")
        return ConsentDocument(**{name: self.cleaned_data[name] for name in names}, read_back=True)


class NodeAgreeForm(AgreeForm):
    """How the person agreed, and whether words about how it went may come back."""

    tell_back = forms.BooleanField(
        label=_("They may tell us in words how it went, and what the person says of it."), required=False
    )


class SendForm(forms.Form):
    """The way it goes; by a sealed message only where a trusted node is theirs."""

    way = choice_field(_("By which way?"), Way.choices, radios=True)

    def __init__(self, *args: Any, node: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(way.value, way.label) for way in Way if way != Way.NODE]
        offer(self, "way", [(Way.NODE.value, Way.NODE.label), *ways] if node else ways)


class ReplyForm(forms.Form):
    """An answer to a question, before anybody there may know who it is."""

    words = note_field(_("In words"), _("No name, no telephone number, nothing that says who it is."))


class AnswerForm(forms.Form):
    """What became known; which questions stand depends on the act."""

    declined = choice_field(_("Why do they decline?"), Declined.choices, radios=True, required=False)
    verdict = choice_field(_("How was it for the person?"), Verdict.choices, radios=True, required=False)
    words = note_field(_("In words"))

    def __init__(self, *args: Any, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, asked_by in (("declined", "decline"), ("verdict", "feedback")):
            if act != asked_by:
                del self.fields[name]


class ListForm(forms.Form):
    """Coarse facts only."""

    state = choice_field(_("State"), [("", _("All that are not closed")), *State.choices], required=False)
    priority = choice_field(_("Priority"), [("", _("Any")), *Priority.choices], required=False)
    service = choice_field(_("Help asked for"), [("", _("Any")), *Service.choices], required=False)
    order = choice_field(_("Order"), [("newest", _("Newest first")), ("oldest", _("Oldest first"))], required=False)
