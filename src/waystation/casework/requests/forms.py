"""Forms of requests."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation.casework import road
from waystation.casework.cases.codes import KINDS, CaseKind
from waystation.casework.handover.codes import Told
from waystation.casework.referrals.codes import NODE_OF
from waystation.casework.requests.answering import Under
from waystation.casework.requests.asking import Draft
from waystation.casework.requests.codes import FIND_CHOICES, MET, PARTS, Refusal, Why
from waystation.casework.requests.moving import ASK
from waystation.kernel.actors import Actor
from waystation.people.forms.fields import choice_field, line_field, note_field, offer, ticks
from waystation.web.fields import DayField

USUAL_FIND = (Told.NAME, Told.BORN)
USUAL_PARTS = (Told.REASON, Told.ASSESSMENT, Told.PLAN, MET)


class BeginForm(forms.Form):
    """Whom we ask, why, what is asked, by what they may find the person."""

    peer = choice_field(_("Which organisation?"), hint=_("Organisations whose node a coordinator here trusts."))
    recipient_kind = choice_field(_("What are they?"), [("", "—"), *NODE_OF])
    why = choice_field(_("Why is it asked?"), Why.choices, radios=True)
    case_kind = choice_field(_("What was the help about?"), hint=_("Only who works in this field sees what comes."))
    when = line_field(_("About when were they helped there?"), _("A year, or a month like 2024-05. May stay empty."))
    place = line_field(_("Where were they helped there?"), _("A post, a town. Told only if it is ticked below."))
    parts = ticks(_("What is asked?"), PARTS, _("Only what is needed now. They may tell less."))
    find_by = ticks(
        _("By what may they find the person, once they will look?"),
        FIND_CHOICES,
        _("You will read it out to the person before anything leaves."),
    )
    until = DayField(label=_("Until when should they answer?"))

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        peers, others = road.whom(ASK)
        offer(self, "peer", [("", _("Choose who")), *peers])
        self.fields["peer"].help_text = others or self.fields["peer"].help_text
        opened = [kind for kind in CaseKind if by.opens(KINDS[kind].compartment)]
        offer(self, "case_kind", [(kind.value, kind.label) for kind in opened])
        self.fields["parts"].initial = [str(code) for code in USUAL_PARTS]
        self.fields["find_by"].initial = [str(code) for code in USUAL_FIND]

    def draft(self) -> Draft:
        """What the action takes."""
        told = self.cleaned_data
        same = ("recipient_kind", "why", "case_kind", "until", "parts", "find_by", "when", "place")
        return Draft(peer_id=UUID(told["peer"]), **{name: told[name] for name in same})


class WordsForm(forms.Form):
    """A question or an answer, before anybody is named."""

    words = note_field(_("In words"), _("No name, no telephone number, nothing that says who it is."))


class RefuseForm(forms.Form):
    """Why we do not look."""

    reason = choice_field(_("Why?"), Refusal.choices, radios=True)


class TellForm(forms.Form):
    """What is told, under which consent."""

    parts = ticks(_("What is told?"), hint=_("Nothing leaves that is not ticked."))
    under = choice_field(_("Under which consent?"), Under.choices, radios=True)
    recipient_kind = choice_field(_("What are they?"), [("", "—"), *NODE_OF])

    def __init__(self, *args: Any, parts: Sequence[tuple[str, Any]], stands: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parts", parts)
        if not stands:
            offer(self, "under", [(Under.STATED.value, Under.STATED.label)])
        self.fields["under"].initial = Under.OURS if stands else Under.STATED
