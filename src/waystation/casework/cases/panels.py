"""What cases show on a person's page, and what other rooms show on a case's page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from waystation.casework.cases import queries
from waystation.casework.cases.models import Case
from waystation.kernel.errors import Text
from waystation.people.models import Person
from waystation.people.panels import Panel, register_panel

Context = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class CasePanel:
    """One part of a case's page that another room fills. `context` gives None where it has nothing to show."""

    key: str
    title: Text
    order: int
    template: str
    context: Callable[[HttpRequest, Case], Context | None]


_panels: dict[str, CasePanel] = {}


def register_case_panel(panel: CasePanel) -> None:
    """Add a part to every case's page. A key registered again replaces the part."""
    _panels[panel.key] = panel


def shown_on(request: HttpRequest, case: Case) -> list[tuple[CasePanel, Context]]:
    """The parts that have something to show, in order."""
    filled = ((panel, panel.context(request, case)) for panel in sorted(_panels.values(), key=lambda p: p.order))
    return [(panel, context) for panel, context in filled if context is not None]


def cases_context(request: HttpRequest, person: Person) -> Context:
    """A person's cases, as far as this reader may know of them."""
    return {"cases": queries.of_person(person, by=request.actor), "person": person}  # type: ignore[attr-defined]


def declare() -> None:
    """Register the panel on a person's page."""
    register_panel(
        Panel(
            key="cases",
            title=_("Cases"),
            order=40,
            permission="cases.view",
            template="cases/panel.html",
            context=cases_context,
        )
    )
