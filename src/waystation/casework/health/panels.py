"""What health shows on a person's page and on a case's page."""

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
    """The way to call health staff, for everyone; for health staff, the way to the health page."""
    return {"person": person, "may_work": _may_work(request)}


def of_case(request: HttpRequest, case: Case) -> Context | None:
    """The same beside a case."""
    if not policies.permits(request.actor, "health.call"):  # type: ignore[attr-defined]
        return None
    return of_person(request, case.person)


def _may_work(request: HttpRequest) -> bool:
    actor = request.actor  # type: ignore[attr-defined]
    return policies.permits(actor, "health.work") and actor.opens(Compartment.HEALTH)


def declare() -> None:
    """Register both."""
    register_panel(
        Panel(
            key="health",
            title=_("Health and support"),
            order=46,
            permission="health.call",
            template="health/panel.html",
            context=of_person,
        )
    )
    register_case_panel(
        CasePanel(key="health", title=_("Health and support"), order=35, template="health/panel.html", context=of_case)
    )
