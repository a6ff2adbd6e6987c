"""Forms of handovers."""

from typing import Any
from uuid import UUID

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from waystation.casework import road
from waystation.casework.cases.models import Case
from waystation.casework.handover.codes import BackFor, Refusal, Told
from waystation.casework.handover.enclosures import choosing, words
from waystation.casework.handover.enclosures.codes import MOST_BYTES
from waystation.casework.handover.giving import ALONE, TOGETHER, Draft
from waystation.casework.referrals.codes import NODE_OF, Service
from waystation.casework.referrals.forms import AgreeForm as ReferralAgreeForm
from waystation.kernel.actors import Actor
from waystation.people.forms.fields import choice_field, note_field, offer, ticks
from waystation.web.fields import DayField

USUAL = (Told.NAME, Told.BORN, Told.LANGUAGES, Told.REASON)


class BeginForm(forms.Form):
    """To whom, until when, what is asked, what would be told."""

    peer = choice_field(_("Which organisation?"), hint=_("Organisations whose node a coordinator here trusts."))
    recipient_kind = choice_field(_("What are they?"), [("", "—"), *NODE_OF])
    household = choice_field(
        _("Others travel with this person. How do they go?"),
        [
            (TOGETHER, _("Together: each gets a handover of their own, with their own yes")),
            (ALONE, _("This person goes alone, and all know it")),
        ],
        radios=True,
    )
    until = DayField(label=_("Until when does the offer stand?"))
    asked = forms.MultipleChoiceField(
        label=_("What is asked of them?"),
        choices=Service.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fields_told = forms.MultipleChoiceField(
        label=_("What may they be told, once they have accepted?"),
        help_text=_("Only what they need to help. You will read it out to the person before anything leaves."),
        choices=[(code.value, code.label) for code in Told if code != Told.FILES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=[code.value for code in USUAL],
    )
    along = ticks(_("Which papers and pictures go along?"))

    def __init__(self, *args: Any, case: Case, by: Actor, travels_with_others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_enclosures(case, by)
        peers, others = road.whom("handover.offer")
        offer(self, "peer", [("", _("Choose who")), *peers])
        self.fields["peer"].help_text = others or self.fields["peer"].help_text
        if not travels_with_others:
            del self.fields["household"]

    def _offer_enclosures(self, case: Case, by: Actor) -> None:
        enclosures, others = choosing.of_case(case, case.person, by=by)
        offer(self, "along", [(str(one.row.pk), words.line(one.said())) for one in enclosures])
        most = _("At most %(size)s together.") % {"size": filesizeformat(MOST_BYTES)}
        kept = _("Some may be opened only by colleagues who do not work on this case; they stay here.")
        self.fields["along"].help_text = f"{most} {kept}" if others else most
        if not enclosures:
            del self.fields["along"]

    def draft(self) -> Draft:
        """What the action takes."""
        told = self.cleaned_data
        files = tuple(map(UUID, told.get("along", ())))
        return Draft(
            peer_id=UUID(told["peer"]),
            recipient_kind=told["recipient_kind"],
            until=told["until"],
            asked=tuple(told["asked"]),
            fields=(*told["fields_told"], *((Told.FILES,) if files else ())),
            files=files,
            household=told.get("household", ""),
        )


class AgreeForm(ReferralAgreeForm):
    """How the person agreed, and whether news of them may come back."""

    tell_back = forms.BooleanField(
        label=_("They may tell us that the person has arrived, was met, and when their help ends."), required=False
    )


class WordsForm(forms.Form):
    """A question or an answer, before anybody knows who it is about."""

    words = note_field(_("In words"), _("No name, no telephone number, nothing that says who it is."))


class RefuseForm(forms.Form):
    """Why we do not take it over."""

    reason = choice_field(_("Why?"), Refusal.choices, radios=True)


class BackForm(forms.Form):
    """Why we give it back."""

    reason = choice_field(_("Why?"), BackFor.choices, radios=True)
