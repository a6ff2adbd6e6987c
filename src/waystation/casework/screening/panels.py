"""What screening shows on a person's page and on a case's page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
from waystation.kernel import policies
from waystation.kernel.actors import Compartment
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]


def of_person(request: HttpRequest, person: Person) -> Context:
    """The ways to talk about it and to pass signs on; what was found stands on a page of its own."""
    return {"person": person, "may_talk": _may_talk(request)}


def of_case(request: HttpRequest, case: Case) -> Context | None:
    """The same beside a case, for who may know."""
    return {"person": case.person, "may_talk": True} if _may_talk(request) else None


def _may_talk(request: HttpRequest) -> bool:
    actor = request.actor  # type: ignore[attr-defined]
    return policies.permits(actor, "screening.work") and actor.opens(Compartment.PROTECTION)


def declare() -> None:
    """Register both."""
    register_panel(
        Panel(
            key="screening",
            title=_("Danger and protection"),
            order=47,
            permission="screening.signs",
            template="screening/panel.html",
            context=of_person,
        )
    )
    register_case_panel(
        CasePanel(
            key="screening",
            title=_("Danger and protection"),
            order=30,
            template="screening/panel.html",
            context=of_case,
        )
    )
