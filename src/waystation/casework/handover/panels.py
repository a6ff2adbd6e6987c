"""What handovers show on a case's page and on a person's page: who is responsible now."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.codes import CaseState
from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
from waystation.casework.handover import queries
from waystation.casework.handover.codes import STANDING
from waystation.kernel import policies
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]


def of_case(request: HttpRequest, case: Case) -> Context | None:
    """A case's handovers, and whence it came."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policies.permits(actor, "handover.view"):
        return None
    lines = queries.of_case(case, by=actor)
    stands = any(line.ours and line.state in STANDING for line in lines)
    return {"lines": lines, "begin": case if case.state != CaseState.CLOSED and not stands else None}


def of_person(request: HttpRequest, person: Person) -> Context:
    """A person's handovers."""
    return {"lines": queries.of_person(person, by=request.actor), "person": person}  # type: ignore[attr-defined]


def declare() -> None:
    """Register both."""
    register_panel(
        Panel(
            key="handover",
            title=_("Handing over"),
            order=46,
            permission="handover.view",
            template="handover/panel.html",
            context=of_person,
        )
    )
    register_case_panel(
        CasePanel(key="handover", title=_("Handing over"), order=45, template="handover/panel.html", context=of_case)
    )
