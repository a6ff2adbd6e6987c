"""What procedures show on a person's page, on a case's page, and on the page of a referral to a lawyer.

On a person's and a case's page it is the way there only, so that these pages stay quick; days that come near stand
under To do.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import CaseKind
from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
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
