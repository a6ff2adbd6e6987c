"""One tap to write it down: on a person's page, and on the page of a referral that was declined or came to nothing."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.barriers.codes import BY_PARTNER, KIND_OF_DECLINED, Denied
from waystation.casework.referrals.codes import State
from waystation.casework.referrals.models import Referral
from waystation.casework.referrals.panels import ReferralPanel, register_referral_panel
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]


def of_person(_request: HttpRequest, person: Person) -> Context:
    """The way there only, so that the person's page stays quick."""
    return {"person": person}


def of_referral(_request: HttpRequest, referral: Referral) -> Context | None:
    """The way there, with what the referral tells already."""
    if not (referral.declined or referral.state == State.FAILED):
        return None
    partner = referral.partner.kind if referral.partner else ""
    told = {
        "denied": referral.service if referral.service in Denied.values else "",
        "kind": KIND_OF_DECLINED.get(referral.declined, ""),
        "by": BY_PARTNER.get(partner, ""),
    }
    return {"person": referral.person, "query": urlencode({name: code for name, code in told.items() if code})}


def declare() -> None:
    """Register both."""
    register_panel(
        Panel(
            key="barriers",
            title=_("Turned away elsewhere?"),
            order=47,
            permission="barriers.record",
            template="barriers/panel.html",
            context=of_person,
        )
    )
    register_referral_panel(
        ReferralPanel(
            key="barriers",
            title=_("Turned away elsewhere?"),
            order=20,
            template="barriers/panel.html",
            context=of_referral,
        )
    )
