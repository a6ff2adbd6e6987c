"""What procedures show on a person's page, on a case's page, and on the page of a referral to a lawyer.

On a person's and a case's page it is the way there only, so that these pages stay quick; days that come near stand
under To do.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import CaseKind
from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
from waystation.casework.procedures import queries
from waystation.casework.procedures.codes import DayKind
from waystation.casework.procedures.documents import DayDocument
from waystation.casework.referrals.codes import Service
from waystation.casework.referrals.models import Referral
from waystation.casework.referrals.panels import ReferralPanel, register_referral_panel, suggest
from waystation.kernel import policies
from waystation.kernel.actors import Actor, Compartment
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]
PERMISSION = "procedures.work"


def of_person(_request: HttpRequest, person: Person) -> Context:
    """The way to a person's procedures."""
    return {"person": person}


def of_case(request: HttpRequest, case: Case) -> Context | None:
    """The way to the procedures of whom a legal case is about, for who works on them."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return {"person": case.person, "case": case} if case.kind == CaseKind.LEGAL and may_see(by) else None


def of_referral(request: HttpRequest, referral: Referral) -> Context | None:
    """The days that the lawyer who is asked must know of, for who works on procedures."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    if referral.service != Service.LEGAL or not may_see(by):
        return None
    told = queries.opened(queries.of_person(referral.person, by=by), by=by)
    days = sorted(((one.row, text) for one in told for _day, text in one.to_come), key=lambda pair: _when(pair[1]))
    return {"days": [(row, text, DayKind(text.kind).label) for row, text in days], "person": referral.person}


def for_lawyer(by: Actor, person: Person, service: str) -> Context:
    """The day with which a referral to a lawyer begins: the last day to appeal, else the soonest."""
    if service != Service.LEGAL or not may_see(by):
        return {}
    told = queries.opened(queries.of_person(person, by=by), by=by)
    days = sorted((text for one in told for _day, text in one.to_come), key=_when)
    first = next((text for text in days if text.kind == DayKind.APPEAL), days[0] if days else None)
    return {"deadline": first.day, "deadline_of": str(DayKind(first.kind).label)} if first else {}


def _when(text: DayDocument) -> tuple[date, str]:
    return text.day or date.max, text.at


def may_see(by: Actor) -> bool:
    """Whether this actor works on procedures and opens them."""
    return policies.permits(by, PERMISSION) and by.opens(Compartment.LEGAL)


def declare() -> None:
    """Register the panels."""
    register_panel(
        Panel(
            key="procedures",
            title=_("Procedures and their days"),
            order=42,
            permission=PERMISSION,
            template="procedures/panel.html",
            context=of_person,
            compartment=Compartment.LEGAL,
        )
    )
    register_case_panel(
        CasePanel(
            key="procedures",
            title=_("Procedures and their days"),
            order=20,
            template="procedures/panel.html",
            context=of_case,
        )
    )
    register_referral_panel(
        ReferralPanel(
            key="procedures",
            title=_("Days that must not be missed"),
            order=10,
            template="procedures/on_referral.html",
            context=of_referral,
        )
    )
    suggest("procedures", for_lawyer)
