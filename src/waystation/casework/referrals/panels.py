"""What referrals show on a person's page and on a case's page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
from waystation.casework.referrals import queries
from waystation.kernel import policies
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]


def of_person(request: HttpRequest, person: Person) -> Context:
    """A person's referrals."""
    return {"referrals": queries.of_person(person, by=request.actor), "person": person}  # type: ignore[attr-defined]


def of_case(request: HttpRequest, case: Case) -> Context | None:
    """A case's referrals."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policies.permits(actor, "referrals.view"):
        return None
    rows = queries.visible_to(actor).filter(case=case).select_related("partner", "to_post").order_by("-made_at")
    return {"referrals": rows, "person": case.person, "case": case}


def declare() -> None:
    """Register both."""
    register_panel(
        Panel(
            key="referrals",
            title=_("Referrals"),
            order=45,
            permission="referrals.view",
            template="referrals/panel.html",
            context=of_person,
        )
    )
    register_case_panel(
        CasePanel(key="referrals", title=_("Referrals"), order=40, template="referrals/panel.html", context=of_case)
    )
