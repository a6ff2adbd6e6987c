"""What referrals show on a person's page and on a case's page, and what other rooms show on a referral's page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases.models import Case
from waystation.casework.cases.panels import CasePanel, register_case_panel
from waystation.casework.referrals import queries
from waystation.casework.referrals.models import Referral
from waystation.kernel import policies
from waystation.kernel.actors import Actor
from waystation.kernel.errors import Text
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralPanel:
    """One part of a referral's page that another room fills. `context` gives None where it has nothing to show."""

    key: str
    title: Text
    order: int
    template: str
    context: Callable[[HttpRequest, Referral], Context | None]


_panels: dict[str, ReferralPanel] = {}


def register_referral_panel(panel: ReferralPanel) -> None:
    """Add a part to every referral's page. A key registered again replaces the part."""
    _panels[panel.key] = panel


def shown_on(request: HttpRequest, referral: Referral) -> list[tuple[ReferralPanel, Context]]:
    """The parts that have something to show, in order."""
    filled = ((panel, panel.context(request, referral)) for panel in sorted(_panels.values(), key=lambda p: p.order))
    return [(panel, context) for panel, context in filled if context is not None]


Suggest = Callable[[Actor, Person, str], Context]
_suggesting: dict[str, Suggest] = {}


def suggest(key: str, suggestion: Suggest) -> None:
    """What another room knows that a new referral for a service may begin with, by the names of the form's fields."""
    _suggesting[key] = suggestion


def suggested(by: Actor, person: Person, service: str) -> dict[str, Any]:
    """All that the other rooms suggest; whoever writes the referral sees it and may change it."""
    return {name: said for one in _suggesting.values() for name, said in one(by, person, service).items()}


def of_person(request: HttpRequest, person: Person) -> Context:
    """A person's referrals."""
    return {"referrals": queries.of_person(person, by=request.actor), "person": person}  # type: ignore[attr-defined]


def of_case(request: HttpRequest, case: Case) -> Context | None:
    """A case's referrals."""
    actor = request.actor  # type: ignore[attr-defined]
    if not policies.permits(actor, "referrals.view"):
        return None
    rows = queries.visible_to(actor).filter(case=case).select_related("partner", "to_post", "peer").order_by("-made_at")
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
